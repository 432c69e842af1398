import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { KabuMessage } from './kabu-stream.ts';

/** Stands in for kabu STATION on loopback: token, boards of known symbols, and the stream. */
export async function kabuStationStandIn({ password, port = 0 }: { password: string; port?: number }) {
  const boards = new Map<string, KabuMessage>();
  const requests: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((request, response) => {
    const path = request.url!.replace('/kabusapi', '');
    requests.push(`${request.method} ${path}`);
    response.sendDate = false;
    void text(request).then((sent) => {
      const known = path.startsWith('/board/') ? boards.get(path.slice(7, -2)) : { Token: 'a-token' };
      const isWrong = path === '/token' && !sent.includes(`"${password}"`);
      const refusal = isWrong ? { Code: 4001013, Message: 'トークン取得失敗' } : undefined;
      const reply = refusal ?? known ?? { Code: 4002001, Message: '銘柄が見つからない' };
      response.writeHead('Code' in reply ? 400 : 200).end(JSON.stringify(reply));
    });
  });
  server.on('upgrade', ({ headers }, socket) => {
    // RFC 6455: the answer to the client's key, then frames of text.
    const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`;
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${accept}\r\n\r\n`);
    sockets.add(socket);
    for (const end of ['data', 'error', 'close']) socket.on(end, () => sockets.delete(socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kabusapi`,
    requests,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    /** Sets the board of a symbol, and sends it over the stream. */
    push: (message: KabuMessage): void => {
      boards.set(message.Symbol, message);
      const bytes = Buffer.from(JSON.stringify(message).padEnd(126));
      const frame = Buffer.concat([Buffer.from([0x81, 126, bytes.length >> 8, bytes.length & 0xff]), bytes]);
      for (const socket of sockets) socket.write(frame);
    },
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      if (server.listening) await server[Symbol.asyncDispose]();
    },
  };
}
