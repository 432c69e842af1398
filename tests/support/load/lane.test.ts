import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

/** For whoever is to be answered, however busy the machine is; and for whoever waits in vain. */
const [patient, impatient] = [60, 0.3];
const request = Buffer.from('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
let server: Server | SocketServer;
let connections = 0;

afterEach(() => {
  if ('closeAllConnections' in server) server.closeAllConnections();
  server.close();
});

async function opened(opening: Server | SocketServer): Promise<number> {
  server = opening;
  connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Usual {
  readonly connectionSeconds?: number;
  readonly reconnectPausesMs?: readonly number[];
  readonly timeoutSeconds?: number;
}

async function laneTo(listener: RequestListener, options: Usual = {}): Promise<Lane> {
  return lane(await opened(createServer(listener)), options);
}

function lane(port: number, options: Usual = {}): Lane {
  const { connectionSeconds = 600, reconnectPausesMs = [], timeoutSeconds = patient } = options;
  const ages = { firstSeconds: connectionSeconds, connectionSeconds };
  return new Lane({ host: '127.0.0.1', port, request, timeoutSeconds, reconnectPausesMs, ...ages });
}

/** To a server that writes these pieces, each in a packet of its own, for each request, and then does something. */
async function laneToPieces(pieces: readonly string[], then: (socket: Socket) => void): Promise<Lane> {
  const answer = async (socket: Socket) => {
    for (const piece of pieces) {
      socket.write(piece);
      await pause(10);
    }
    then(socket);
  };
  const port = await opened(
    createSocketServer({ noDelay: true }, (socket) => {
      socket.on('error', () => undefined).on('data', () => void answer(socket));
    }),
  );
  return lane(port);
}

function outcome(of: Lane): Promise<string | null> {
  return new Promise((resolve) => of.send(resolve));
}

describe('a lane of the load generator', () => {
  it('sends one request after the other over one connection', async () => {
    const to = await laneTo((_, response) => response.end('predictions'));
    for (let count = 0; count < 5; count += 1) expect(await outcome(to)).toBeNull();
    expect(connections).toBe(1);
  });

  it('has at most four connections, on which the rest wait', async () => {
    const to = await laneTo((_, response) => setTimeout(() => response.end('predictions'), 20));
    expect(await Promise.all(Array.from({ length: 12 }, () => outcome(to)))).toEqual(Array(12).fill(null));
    expect(connections).toBe(4);
  });

  it('takes a new connection where the server ends one with its answer', async () => {
    const to = await laneTo((_, response) => response.setHeader('connection', 'close').end('predictions'));
    for (let count = 0; count < 3; count += 1) expect(await outcome(to)).toBeNull();
    expect(connections).toBe(3);
  });

  it('replaces a connection at its age', async () => {
    const to = await laneTo((_, response) => response.end('predictions'), { connectionSeconds: 0.05 });
    expect(await outcome(to)).toBeNull();
    await pause(60);
    expect(await outcome(to)).toBeNull();
    expect(connections).toBe(2);
  });

  it('puts an answer together from its pieces', async () => {
    const to = await laneToPieces(['HTTP/1.1 200 O', 'K\r\nContent-Length: 4\r\n', '\r\nab', 'cd'], () => undefined);
    expect(await outcome(to)).toBeNull();
    expect(await outcome(to)).toBeNull();
    expect(connections).toBe(1);
  });

  it('counts every other status as a failure', async () => {
    const to = await laneTo((_, response) => response.writeHead(503, { 'content-length': 8 }).end('draining'));
    expect(await outcome(to)).toBe('status 503');
  });

  it('counts an answer that is cut off as a failure, ended or reset', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab';
    expect(await outcome(await laneToPieces([head], (socket) => socket.end()))).toBe('cut off: connection closed');
    server.close();
    expect(await outcome(await laneToPieces([head], (socket) => socket.resetAndDestroy()))).toBe('cut off: ECONNRESET');
  });

  it('counts an answer without a length as a failure', async () => {
    const to = await laneToPieces(['HTTP/1.1 200 OK\r\n\r\n'], () => undefined);
    expect(await outcome(to)).toContain('no answer with a length');
  });

  it('waits no longer than its limit, neither for an answer nor for a connection', async () => {
    const to = await laneTo(() => undefined, { timeoutSeconds: impatient });
    const started = performance.now();
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => outcome(to)));
    expect(outcomes).toEqual(Array(9).fill('no answer in 0.3 s'));
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
  });

  it('tries a refused connection again where it is told to, and says how often', async () => {
    const port = await opened(createServer());
    server.close();
    const to = lane(port, { reconnectPausesMs: [10, 300] });
    const first = outcome(to);
    server = createServer((_, response) => response.end('predictions'));
    while (to.reconnected < 2) await pause(5);
    server.listen(port, '127.0.0.1');
    expect(await first).toBeNull();
    expect(to.reconnected).toBe(2);
  });

  it('tries what was not answered in time never again', async () => {
    const port = await opened(createSocketServer(() => undefined));
    const to = lane(port, { reconnectPausesMs: [10, 100], timeoutSeconds: impatient });
    expect(await outcome(to)).toBe('no answer in 0.3 s');
    expect(to.reconnected).toBe(0);
  });

  it('tries again where a connection ends before its answer, and never where the answer had begun', async () => {
    let answers = 0;
    const port = await opened(
      createSocketServer({ noDelay: true }, (socket) => {
        const answer = () => {
          answers += 1;
          if (answers > 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab');
          setTimeout(() => socket.resetAndDestroy(), answers > 1 ? 20 : 0);
        };
        socket.on('error', () => undefined).on('data', answer);
      }),
    );
    const to = lane(port, { reconnectPausesMs: [10, 10] });
    expect(await outcome(to)).toBe('cut off: ECONNRESET');
    expect([to.reconnected, answers]).toEqual([1, 2]);
  });

  it('names the reason why there is no connection, and goes on when there is one again', async () => {
    const to = await laneTo((_, response) => response.end('predictions'));
    const { port } = server.address() as AddressInfo;
    server.close();
    expect(await outcome(to)).toBe('ECONNREFUSED');
    server = createServer((_, response) => response.end('predictions'));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await outcome(to)).toBeNull();
  });
});
