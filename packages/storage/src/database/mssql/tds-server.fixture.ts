import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { MssqlOptions } from './open.ts';

/** A question by its kind in the protocol (MS-TDS 2.2.3.1.1): a login, a statement, or one about a transaction. */
export type Question = 'login' | 'statement' | 'transaction';

/** An error of the server, by its number and words. */
export interface Refusal {
  readonly number: number;
  readonly message: string;
}

const kinds: Readonly<Record<number, Question>> = { 1: 'statement', 3: 'statement', 14: 'transaction', 16: 'login' };
const begins = 5;
const prelogin = 18;
/** Says that nothing is encrypted. */
const preloginAnswer = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 255, 16, 0, 0, 0, 0, 0, 2]);
const transactionBegan = Buffer.from([0xe3, 11, 0, 8, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * A server that speaks as much of TDS as a login and statements without rows take.
 *
 * @param refusals what it answers to a question on one of its connections, from 1 on; undefined: that it is done
 * @returns how to reach it
 */
export async function tdsServer(
  refusals: (question: Question, connection: number) => readonly Refusal[] | undefined,
): Promise<MssqlOptions> {
  let connections = 0;
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (packet) => {
      const kind = packet.readUInt8(0);
      if (kind === prelogin) return void socket.write(packetOf(preloginAnswer));
      const question = kinds[kind];
      if (question === undefined) return void socket.destroy();
      const errors = isOfDriver(packet) ? undefined : refusals(question, connection);
      if (errors !== undefined) return void socket.write(packetOf(Buffer.concat([...errors.map(errorOf), done(2)])));
      const begun = question === 'transaction' && packet.readUInt16LE(8 + packet.readUInt32LE(8)) === begins;
      const said = question === 'login' ? [loginAccepted()] : begun ? [transactionBegan] : [];
      socket.write(packetOf(Buffer.concat([...said, done(0)])));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    engine: 'mssql',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    database: 'daytrade',
    authentication: { kind: 'password', user: 'daytrade', password: 'a-password' },
    tls: { kind: 'off' },
    pool: 1,
    connectSeconds: 30,
  };
}

/** What the driver sets after a login, and with what the pool looks at a connection. */
function isOfDriver(packet: Buffer): boolean {
  return ['set xact_abort', 'select 1'].some((text) => packet.includes(Buffer.from(text, 'utf16le')));
}

function packetOf(body: Buffer): Buffer {
  const header = Buffer.from([4, 1, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(header.length + body.length, 2);
  return Buffer.concat([header, body]);
}

function loginAccepted(): Buffer {
  const version = [0x74, 0, 0, 4];
  return sized(0xad, Buffer.concat([Buffer.from([1, ...version]), text('Server', 1), Buffer.from([16, 0, 0, 0])]));
}

function errorOf({ number, message }: Refusal): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number);
  head.set([1, 16], 4);
  return sized(0xaa, Buffer.concat([head, text(message, 2), text('', 1), text('', 1), Buffer.alloc(4)]));
}

function done(status: number): Buffer {
  return Buffer.concat([Buffer.from([0xfd, status]), Buffer.alloc(11)]);
}

function sized(token: number, body: Buffer): Buffer {
  const head = Buffer.from([token, 0, 0]);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function text(words: string, lengthBytes: 1 | 2): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntLE(words.length, 0, lengthBytes);
  return Buffer.concat([length, Buffer.from(words, 'utf16le')]);
}
