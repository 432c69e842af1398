import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '@daytrade/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { assertMayListen } from '../client/loopback.ts';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { drain, listen } from './lifecycle.ts';
import { createLogger } from './logging.ts';

let services: Service[] = [];
afterEach(async () => {
  await Promise.all(services.map((service) => service.close()));
  services = [];
  logged.length = 0;
});

const logged: string[] = [];

async function start(options: { token?: string } = {}): Promise<Service> {
  const logger = createLogger({ level: 'warn', destination: { write: (line) => void logged.push(line) } });
  const service = await testService({ logger, ...options });
  service.get('/slow', async () => {
    await pause(300);
    return { done: true };
  });
  service.get('/endless', () => pause(60_000, undefined, { ref: false }));
  services.push(service);
  return service;
}

const anywhere = { host: '127.0.0.1', port: 0 };

describe('listen', () => {
  it('gives the address that answers', async () => {
    const service = await start();
    const address = await listen(service, anywhere);
    expect(address.url).toBe(`http://127.0.0.1:${address.port}`);
    expect((await fetch(`${address.url}/healthz`)).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('names port and setting when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(listen(await start(), { ...anywhere, port })).rejects.toMatchObject({
      code: 'service.port-in-use',
      message: expect.stringMatching(new RegExp(`port ${port} .*DAYTRADE_PORT`)) as string,
    });
    other.close();
  });

  it('names the host setting when the address is not one of this machine', async () => {
    const service = await start({ token: 'a-token-of-some-32-characters-00' });
    await expect(listen(service, { ...anywhere, host: '203.0.113.7' })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('DAYTRADE_HOST="203.0.113.7"') as string,
    });
    expect(logged.join('')).toContain('beyond this machine without TLS');
  });

  it('refuses to go beyond loopback without a token', async () => {
    await expect(listen(await start(), { ...anywhere, host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringMatching(/DAYTRADE_HOST="0\.0\.0\.0".*DAYTRADE_TOKEN/) as string,
    });
    for (const host of ['localhost', '127.0.0.1', '::1']) expect(() => assertMayListen(host, undefined)).not.toThrow();
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'day-trade.example']) {
      expect(() => assertMayListen(host, undefined)).toThrow('DAYTRADE_TOKEN');
      expect(() => assertMayListen(host, 'a-token-of-some-32-characters-00')).not.toThrow();
    }
  });
});

describe('drain', () => {
  it('fails readiness at once, serves during the pause, finishes open requests, then refuses connections', {
    tags: ['long'],
  }, async () => {
    const service = await start();
    const { url } = await listen(service, anywhere);
    const ended = drain(service, { pauseSeconds: 1, drainSeconds: 5 });
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(problemSchema.parse(await ready.json()).detail).toContain('draining');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await pause(150);
    const slow = fetch(`${url}/slow`);
    const before = performance.now();
    await ended;
    // As long as the request takes, not until drainSeconds are over.
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(await (await slow).json()).toEqual({ done: true });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('cuts off what takes longer than drainSeconds', async () => {
    const service = await start();
    const { url } = await listen(service, anywhere);
    const cut = expect(fetch(`${url}/endless`)).rejects.toThrow();
    await pause(50);
    const before = performance.now();
    await drain(service, { drainSeconds: 0.2 });
    expect(performance.now() - before).toBeLessThan(2_000);
    await cut;
  });
});
