import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import { MessageReader, messageType, packetsOf } from './packets.ts';

/** The first byte of a TLS record with data of the application, not of the handshake. */
const applicationData = 0x17;

/**
 * TLS as TDS 7.4 has it: the handshake travels in messages of the protocol, a message for what one side says before it
 * waits for the other, and all that follows in TLS alone.
 */
export function secured(socket: Socket, secureContext: SecureContext): TLSSocket {
  const reader = new MessageReader();
  let agreed = false;
  let wrapped: Buffer[] = [];
  const flush = () => {
    if (wrapped.length > 0) socket.write(packetsOf({ type: messageType.prelogin, body: Buffer.concat(wrapped) }));
    wrapped = [];
  };
  const carrier = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      agreed ||= bytes[0] === applicationData;
      if (agreed) {
        flush();
        socket.write(bytes, () => done());
        return;
      }
      if (wrapped.length === 0) setImmediate(flush);
      wrapped.push(bytes);
      done();
    },
    final: (done) => {
      socket.end(() => done());
    },
  });
  let handshaking = true;
  socket.on('data', (bytes) => {
    handshaking &&= bytes[0] === messageType.prelogin;
    if (!handshaking) carrier.push(bytes);
    else for (const { body } of reader.read(bytes)) carrier.push(body);
  });
  socket.once('close', () => carrier.push(null));
  return new TLSSocket(carrier, { isServer: true, secureContext });
}
