/** A value of a parameter, as it came over the wire. */
export type ParameterValue = string | number | bigint | boolean | Buffer | null;

export interface StatementRequest {
  readonly text: string;
  readonly values: readonly ParameterValue[];
}

/** What a login says (MS-TDS 2.2.6.4). */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Of Entra; undefined where a user has a password. */
  readonly token: string | undefined;
}

/** Reads little-endian values one after another. */
class Reader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }
  take(length: number): Buffer {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    if (part.length < length) throw new RangeError('the message ends within a value');
    this.#at += length;
    return part;
  }
  byte(): number {
    return this.take(1).readUInt8();
  }
  short(): number {
    return this.take(2).readUInt16LE();
  }
  int(): number {
    return this.take(4).readUInt32LE();
  }
  /** A text with its length before it, in characters. */
  shortText(): string {
    return this.take(2 * this.byte()).toString('utf16le');
  }
  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at);
  }
}

function afterHeaders(body: Buffer): Reader {
  return new Reader(body, body.readUInt32LE());
}

export function readBatch(body: Buffer): StatementRequest {
  return { text: afterHeaders(body).rest().toString('utf16le'), values: [] };
}

/** What a transaction is asked for: 5 begins one, 7 commits it, 8 rolls it back. */
export function readTransactionRequest(body: Buffer): number {
  return afterHeaders(body).short();
}

const byNumber = 0xffff;
const executeSql = 10;

/** A call of sp_executesql, the only procedure that the driver calls here. */
export function readProcedure(body: Buffer): StatementRequest {
  const reader = afterHeaders(body);
  const name = reader.short();
  const procedure = name === byNumber ? reader.short() : reader.take(2 * name).toString('utf16le');
  if (procedure !== executeSql && procedure !== 'sp_executesql') throw new TypeError(`no procedure ${procedure}`);
  reader.short();
  const values: ParameterValue[] = [];
  while (!reader.ended) {
    reader.shortText();
    reader.byte();
    values.push(readValue(reader));
  }
  // The statement and the list of the parameters' types come first.
  const [text, , ...rest] = values;
  return { text: String(text), values: text !== undefined && values.length > 1 ? rest : [] };
}

const unlimited = 0xffff;

/** A value behind its type (MS-TDS 2.2.5.4 and 2.2.5.6). */
function readValue(reader: Reader): ParameterValue {
  const type = reader.byte();
  switch (type) {
    case 0x26:
    case 0x68:
    case 0x6d: {
      reader.byte();
      const bytes = reader.take(reader.byte());
      return bytes.length === 0 ? null : readNumber(type, bytes);
    }
    case 0xe7: {
      const most = reader.short();
      reader.take(5);
      return readBytes(reader, most)?.toString('utf16le') ?? null;
    }
    case 0xa5:
      return readBytes(reader, reader.short());
    default:
      throw new TypeError(`no type 0x${type.toString(16)}`);
  }
}

function readNumber(type: number, bytes: Buffer): ParameterValue {
  if (type === 0x68) return bytes.readUInt8() === 1;
  if (type === 0x6d) return bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE();
  return bytes.length === 8 ? bytes.readBigInt64LE() : bytes.readIntLE(0, bytes.length);
}

function readBytes(reader: Reader, most: number): Buffer | null {
  if (most !== unlimited) {
    const length = reader.short();
    return length === unlimited ? null : Buffer.from(reader.take(length));
  }
  if (reader.take(8).readBigUInt64LE() === 0xffff_ffff_ffff_ffffn) return null;
  const parts: Buffer[] = [];
  for (let length = reader.int(); length > 0; length = reader.int()) parts.push(reader.take(length));
  return Buffer.concat(parts);
}

/** Whether the client means to show a token of Entra. */
export function readLogin(body: Buffer): Login {
  const textAt = (place: number) => {
    const start = body.readUInt16LE(place);
    return body.subarray(start, start + 2 * body.readUInt16LE(place + 2));
  };
  return {
    user: textAt(40).toString('utf16le'),
    password: uncovered(textAt(44)).toString('utf16le'),
    database: textAt(68).toString('utf16le'),
    token: tokenOf(body),
  };
}

/** Each byte of a password has its halves swapped, then 0xA5 over it. */
function uncovered(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => (((byte ^ 0xa5) & 0x0f) << 4) | ((byte ^ 0xa5) >> 4)));
}

const hasExtension = 0x10;
const entra = 0x02;
const end = 0xff;

function tokenOf(body: Buffer): string | undefined {
  if ((body.readUInt8(27) & hasExtension) === 0) return undefined;
  const reader = new Reader(body, body.readUInt32LE(body.readUInt16LE(56)));
  for (let feature = reader.byte(); feature !== end; feature = reader.byte()) {
    const data = new Reader(reader.take(reader.int()));
    if (feature !== entra) continue;
    data.byte();
    return data.take(data.int()).toString('utf16le');
  }
  return undefined;
}
