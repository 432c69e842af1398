/** Kinds of messages of the protocol (MS-TDS 2.2.3.1.1). */
export const messageType = {
  batch: 0x01,
  procedure: 0x03,
  answer: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login: 0x10,
  prelogin: 0x12,
} as const;

export interface Message {
  readonly type: number;
  readonly body: Buffer;
}

const headerBytes = 8;
const lastPacket = 0x01;
const packetBytes = 4096;

/** Puts the packets of a connection together to messages. */
export class MessageReader {
  #pending = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /** The messages that are complete with these bytes. */
  read(bytes: Uint8Array): readonly Message[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const messages: Message[] = [];
    while (this.#pending.length >= headerBytes && this.#pending.length >= this.#pending.readUInt16BE(2)) {
      const packet = this.#pending.subarray(0, this.#pending.readUInt16BE(2));
      this.#pending = this.#pending.subarray(packet.length);
      this.#parts.push(packet.subarray(headerBytes));
      if ((packet.readUInt8(1) & lastPacket) === 0) continue;
      messages.push({ type: packet.readUInt8(0), body: Buffer.concat(this.#parts) });
      this.#parts = [];
    }
    return messages;
  }
}

/** A message in as many packets as it needs. */
export function packetsOf({ type, body }: Message): Buffer {
  const most = packetBytes - headerBytes;
  const packets: Buffer[] = [];
  for (let start = 0; start === 0 || start < body.length; start += most) {
    const part = body.subarray(start, start + most);
    const header = Buffer.alloc(headerBytes);
    header.writeUInt8(type, 0);
    header.writeUInt8(start + most >= body.length ? lastPacket : 0, 1);
    header.writeUInt16BE(headerBytes + part.length, 2);
    header.writeUInt8((packets.length + 1) % 256, 6);
    packets.push(header, part);
  }
  return Buffer.concat(packets);
}
