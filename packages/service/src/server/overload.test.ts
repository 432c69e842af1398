import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseSettings, problemSchema } from '@daytrade/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { defaultLimits, edgeOf, type ServerLimits } from './edge-options.ts';
import { listen } from './lifecycle.ts';

let service: Service;
let url: string;
let port: number;
/** Answers that are under way, and how many there ever were at once and in all. */
let running: { now: number; most: number; all: number };
let release: () => void;
const sockets: Socket[] = [];
afterEach(async () => {
  release();
  for (const socket of sockets.splice(0)) socket.destroy();
  await service.close();
});

async function start(limits: Partial<ServerLimits> = {}): Promise<void> {
  running = { now: 0, most: 0, all: 0 };
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  service = await testService({ limits: { ...defaultLimits, ...limits } });
  service.get('/v1/numbers/:number', async ({ params }) => params);
  service.get('/v1/held', async () => {
    await counted(() => released);
    return {};
  });
  ({ url, port } = await listen(service, { host: '127.0.0.1', port: 0 }));
}

async function counted(work: () => Promise<void>): Promise<void> {
  running.now += 1;
  running.all += 1;
  running.most = Math.max(running.most, running.now);
  await work();
  running.now -= 1;
}

async function open(): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const requestOf = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe('more requests than are answered at once', () => {
  it('wait their turn, 32 times as many, and the others get 503 with Retry-After', async () => {
    await start({ requestsInFlight: 2, waitSeconds: 60 });
    const answers = Array.from({ length: 80 }, () => fetch(`${url}/v1/held`));
    // While none is released, only what is refused is answered.
    const refused: Response[] = [];
    for (const answer of answers) void answer.then((response) => refused.push(response));
    await vi.waitFor(() => expect(refused).toHaveLength(80 - 2 - 64), 30_000);
    await pause(100);
    expect(refused).toHaveLength(80 - 2 - 64);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'service.overloaded', retryable: true });
    }
    for (const probe of ['healthz', 'readyz', 'metrics']) expect((await fetch(`${url}/${probe}`)).status).toBe(200);
    release();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(66);
    expect(running.most).toBe(2);
    expect((await fetch(`${url}/v1/numbers/1`)).status).toBe(200);
  });

  it('do not wait for ever, and leave no trace when their caller goes', async () => {
    await start({ requestsInFlight: 1, waitSeconds: 0.5 });
    const held = fetch(`${url}/v1/held`);
    await pause(50);
    const gone = fetch(`${url}/v1/held`, { signal: AbortSignal.timeout(200) });
    const late = fetch(`${url}/v1/held`);
    await expect(gone).rejects.toThrow();
    expect((await late).status).toBe(503);
    release();
    expect((await held).status).toBe(200);
    expect((await fetch(`${url}/v1/numbers/1`)).status).toBe(200);
    expect(running.all).toBe(1);
  });
});

describe('a server', () => {
  it('has a limit for the headers, the whole request, an idle and a silent connection', async () => {
    await start({ headersSeconds: 7 });
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = service.server;
    const { connectionsCheckingInterval } = service.server as unknown as Record<string, number>;
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout, connectionsCheckingInterval }).toEqual({
      headersTimeout: 7_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 72_000,
      timeout: 120_000,
      connectionsCheckingInterval: 2_000,
    });
    expect(defaultLimits).toEqual({ connections: 1_000, requestsInFlight: 16, waitSeconds: 5, headersSeconds: 10 });
  });

  it('answers no more at once after others have ended', async () => {
    await start({ requestsInFlight: 2, waitSeconds: 60 });
    for (let ended = 0; ended < 5; ended += 1) await (await fetch(`${url}/v1/numbers/1`)).text();
    const answers = Array.from({ length: 4 }, () => fetch(`${url}/v1/held`));
    await vi.waitFor(() => expect(running.now).toBe(2));
    await pause(50);
    release();
    for (const answer of await Promise.all(answers)) await answer.text();
    expect([running.most, running.all]).toEqual([2, 4]);
  });

  it('takes its limits, its tokens and its certificate from the settings', () => {
    const settings = { DAYTRADE_TOKEN: 'a-token-of-some-32-characters-00', DAYTRADE_MAX_CONNECTIONS: '50' };
    const files = { DAYTRADE_TLS_CERTIFICATE_FILE: '/tls.crt', DAYTRADE_TLS_KEY_FILE: '/tls.key' };
    expect(edgeOf(parseSettings({ ...settings, DAYTRADE_MAX_IN_FLIGHT: '3' }))).toEqual({
      tls: undefined,
      token: settings.DAYTRADE_TOKEN,
      readToken: undefined,
      limits: { ...defaultLimits, connections: 50, requestsInFlight: 3 },
    });
    expect(edgeOf(parseSettings(files)).tls).toEqual({ certificateFile: '/tls.crt', keyFile: '/tls.key' });
  });
});

describe('connections', () => {
  it('beyond the limit take the place of the oldest without a request, and of none with one', async () => {
    await start({ connections: 2 });
    const held = await open();
    held.write(requestOf('/v1/held'));
    await vi.waitFor(() => expect(running.now).toBe(1));
    const silent = await open();
    const next = await open();
    await once(silent.resume(), 'close');
    next.write(requestOf('/v1/numbers/2'));
    expect(String(await once(next, 'data'))).toContain('200 OK');
    expect(held.destroyed).toBe(false);
  });

  it('are closed when every other one has a request', async () => {
    await start({ connections: 1 });
    const held = await open();
    held.write(requestOf('/v1/held'));
    await vi.waitFor(() => expect(running.now).toBe(1));
    await once((await open()).resume(), 'close');
    release();
    expect(String(await once(held, 'data'))).toContain('200 OK');
  });

  it('of 3,000 half requests leave /healthz answering', { tags: ['long'] }, async () => {
    await start();
    for (let connection = 0; connection < 3_000; connection += 1) {
      (await open()).write('GET /healthz HTTP/1.1\r\nHost: loc');
      if (connection % 100 > 0) continue;
      const probe = await open();
      probe.write(requestOf('/healthz'));
      expect(String(await once(probe, 'data'))).toContain('200 OK');
    }
    expect(await new Promise((resolve) => service.server.getConnections((_error, count) => resolve(count)))).toBe(
      defaultLimits.connections,
    );
  });

  it.each([
    ['say nothing', ''],
    ['stop in the middle of a header', 'GET /healthz HTTP/1.1\r\nHost: loc'],
  ])('that %s are closed when their time is over', { tags: ['long'] }, async (_what, text) => {
    await start({ headersSeconds: 1 });
    const socket = await open();
    socket.write(text);
    socket.resume();
    await once(socket, 'close');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
