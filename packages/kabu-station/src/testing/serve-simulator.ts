import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { KabuSimulator } from './kabu-simulator.ts';

/** A simulator behind sockets. */
export interface ServedSimulator {
  /** Base address of the API. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a simulator over HTTP and a websocket; a request without an answer has its connection closed. */
export async function serveSimulator(simulator: KabuSimulator): Promise<ServedSimulator> {
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const reply = simulator.handle({
        method: request.method as 'GET' | 'POST' | 'PUT',
        path: (request.url ?? '').replace(/^\/kabusapi/, ''),
        token: request.headers['x-api-key'] as string | undefined,
        body: text === '' ? undefined : JSON.parse(text),
      });
      if (reply === undefined) return void request.socket.destroy();
      response.writeHead(reply.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply.body));
    });
  });
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    upgrade(simulator, request, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/kabusapi`, close: () => closed(server, sockets) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

/** RFC 6455, 4.2.2: what a key becomes in the answer. */
const handshake = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function upgrade(simulator: KabuSimulator, { headers }: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${handshake}`).digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
  const stop = simulator.listen({
    message: (text) => socket.write(frameOf(text)),
    closed: () => socket.destroy(),
  });
  socket.on('error', stop).on('close', stop).resume();
}

/** RFC 6455, 5.2: a text in one frame, not masked, since it comes from the server. */
function frameOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = bytes.length < 126 ? Buffer.from([0x81, bytes.length]) : Buffer.alloc(4);
  if (bytes.length >= 126) {
    head.set([0x81, 126]);
    head.writeUInt16BE(bytes.length, 2);
  }
  return Buffer.concat([head, bytes]);
}

function closed(server: Server, sockets: ReadonlySet<Duplex>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
