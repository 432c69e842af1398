import { Agent, get } from 'node:http';
import { problemSchema } from '@daytrade/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Service, ServiceOptions } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { recordedAs } from './authentication.ts';
import { listen } from './lifecycle.ts';
import { createLogger } from './logging.ts';

const token = 'a-token-of-some-32-characters-00';
const readToken = 'a-token-of-readers-of-32-signs-0';
let lines: Record<string, unknown>[] = [];
let service: Service;
afterEach(() => service.close());

async function start(options: Partial<ServiceOptions> = {}): Promise<Service> {
  lines = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const logger = createLogger({ level: 'debug', destination });
  service = await testService({ logger, ...options });
  service.get('/v1/things', async () => ({ things: [] }));
  service.post('/v1/things', async () => ({ things: [] }));
  service.get('/page.html', async (_request, reply) => reply.type('text/html').send('<p>page</p>'));
  return service;
}

describe('with a token', () => {
  it('lets in who carries it and refuses everybody else, on every path but the probes', async () => {
    await start({ token });
    const ask = async (url: string, authorization?: string) =>
      (await service.inject({ url, headers: authorization === undefined ? {} : { authorization } })).statusCode;
    expect(await ask('/v1/things', `Bearer ${token}`)).toBe(200);
    for (const wrong of [
      undefined,
      'Bearer',
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Basic ${token}`,
      token,
    ]) {
      expect(await ask('/v1/things', wrong)).toBe(401);
    }
    for (const path of ['/metrics', '/openapi.json', '/no/such/route', '/healthz/', '/healthz/../v1/things']) {
      expect(await ask(path)).toBe(401);
    }
    for (const probe of ['/healthz', '/readyz', '/readyz?verbose=1']) expect(await ask(probe)).toBe(200);
  });

  it('says what is missing, and never what came', async () => {
    await start({ token });
    const absent = await service.inject('/v1/things');
    expect(absent.headers['www-authenticate']).toBe('Bearer');
    expect(problemSchema.parse(absent.json())).toMatchObject({ code: 'http.unauthorised', status: 401 });
    const wrong = await service.inject({ url: '/v1/things', headers: { authorization: 'Bearer guess-guess-guess' } });
    expect(wrong.body).not.toContain('guess-guess');
    expect(wrong.body).not.toContain(token);
  });

  it('slows an address that guesses, says for how long, and lets the right token of that address in', async () => {
    await start({ token });
    const { url } = await listen(service, { host: '127.0.0.1', port: 0 });
    const ask = (authorization: string, path = '/v1/things') => fetch(`${url}${path}`, { headers: { authorization } });
    let wrong = 0;
    while ((await ask(`Bearer guess-${wrong}`)).status === 401) wrong += 1;
    expect(wrong).toBeGreaterThanOrEqual(10);
    const answer = await ask('Bearer guess');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toMatch(/^(?:[1-4]?\d|50)$/);
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'http.throttled', retryable: true });
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    expect((await ask('Bearer guess', '/healthz')).status).toBe(200);
    const own = { headers: { authorization: `Bearer ${token}` } };
    expect((await service.inject({ url: '/v1/things', ...own })).statusCode).toBe(200);
    const metric = 'daytrade_http_authentication_failures_total{service="test-service",reason=';
    const { body } = await service.inject({ url: '/metrics', ...own });
    expect(body).toContain(`${metric}"wrong"} ${wrong}`);
    expect(body).toContain(`${metric}"throttled"} 2`);
  });

  it('lets the token of readers read, refuses it what changes something, and names the caller in the log', async () => {
    await start({ token, readToken });
    const ask = (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE', of: string) =>
      service.inject({ method, url: '/v1/things', headers: { authorization: `Bearer ${of}` } });
    expect((await ask('GET', readToken)).statusCode).toBe(200);
    expect((await ask('HEAD', readToken)).statusCode).toBe(200);
    expect((await ask('POST', token)).statusCode).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const answer = await ask(method, readToken);
      expect(answer.statusCode).toBe(403);
      expect(problemSchema.parse(answer.json())).toMatchObject({
        code: 'http.read-only',
        detail: `${method} /v1/things changes something, and the token of the request only reads`,
      });
    }
    const requests = lines.filter(({ route }) => route !== undefined);
    expect(requests.map(({ method, status, caller }) => [method, status, caller])).toEqual([
      ['GET', 200, 'reader'],
      ['HEAD', 200, 'reader'],
      ['POST', 200, 'operator'],
      ['POST', 403, 'reader'],
      ['PUT', 403, 'reader'],
      ['DELETE', 403, 'reader'],
    ]);
  });

  it('puts the caller before the name in a record', () => {
    expect(recordedAs('operator', 'hanako')).toBe('operator: hanako');
    expect(recordedAs('operator', 'x'.repeat(200))).toHaveLength(200);
    expect(recordedAs(null, 'hanako')).toBe('hanako');
  });

  it('slows addresses that guessed while 200 tokens of all were wrong, and nobody else', async () => {
    await start({ token });
    const { port } = await listen(service, { host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true });
    const statusFrom = (place: number) =>
      new Promise<[number | undefined, number]>((resolve, reject) => {
        const headers = { authorization: 'Bearer guess' };
        const options = { port, host: '127.0.0.1', path: '/v1/things', localAddress: `127.0.0.${place}`, agent };
        get({ ...options, headers }, (answer) => {
          answer.resume().once('end', () => resolve([answer.statusCode, Number(answer.headers['retry-after'] ?? 0)]));
        }).once('error', reject);
      });
    for (let place = 10; place < 30; place += 1) {
      const statuses: unknown[] = [];
      for (let guess = 0; guess < 9; guess += 1) statuses.push((await statusFrom(place))[0]);
      expect(statuses).toEqual(Array(9).fill(401));
    }
    for (let place = 30; place < 50; place += 1) expect((await statusFrom(place))[0]).toBe(401);
    const [status, seconds] = await statusFrom(10);
    expect(status).toBe(429);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    expect(await statusFrom(60)).toEqual([401, 0]);
    agent.destroy();
  });

  it('adds no header of a limit to an answer', async () => {
    await start({ token });
    const { headers } = await service.inject({ url: '/v1/things', headers: { authorization: `Bearer ${token}` } });
    expect(Object.keys(headers).filter((name) => /limit|retry/.test(name))).toEqual([]);
  });

  it('does not count who sends no token at all as one who guesses', async () => {
    await start({ token });
    const { url } = await listen(service, { host: '127.0.0.1', port: 0 });
    for (let request = 0; request < 20; request += 1) expect((await fetch(`${url}/v1/things`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/v1/things`, { headers })).status).toBe(200);
  });

  it('leaves the files of a page open where the service says so', async () => {
    await start({ token, isPublicPath: (path) => path === '/page.html' });
    expect((await service.inject('/page.html')).statusCode).toBe(200);
    expect((await service.inject('/v1/things')).statusCode).toBe(401);
  });

  it('does not look at Host or Origin, since a browser never sends the token by itself', async () => {
    await start({ token });
    const headers = { authorization: `Bearer ${token}`, host: 'day-trade.internal', origin: 'https://other.example' };
    expect((await service.inject({ url: '/v1/things', headers })).statusCode).toBe(200);
  });
});

describe('without a token', () => {
  const ask = async (headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
    (await service.inject({ method, url: '/v1/things', headers })).statusCode;

  it('serves names of this machine only, so that no foreign name can be bound to 127.0.0.1', async () => {
    await start();
    for (const host of ['localhost', 'localhost:8001', '127.0.0.1:8001', '127.0.0.2', '[::1]:8001', 'LOCALHOST:1']) {
      expect(await ask({ host })).toBe(200);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example:80',
      '192.168.0.5:8001',
      '[::2]',
    ]) {
      expect(await ask({ host })).toBe(403);
    }
  });

  it.each(['GET', 'POST'] as const)('refuses a %s from a foreign page', async (method) => {
    await start();
    const host = 'localhost:8001';
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'https://localhost:8001', 'null']) {
      expect(await ask({ host, origin }, method)).toBe(403);
    }
    expect(await ask({ host, origin: 'http://localhost:8001' }, method)).toBe(200);
    expect(await ask({ host }, method)).toBe(200);
  });

  it('refuses what a foreign page makes the browser fetch, which sends no Origin with a GET', async () => {
    await start();
    const fetched = (site: string, more: Record<string, string> = {}) =>
      ask({ host: 'localhost:8001', 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', ...more });
    for (const site of ['cross-site', 'same-site']) {
      expect(await fetched(site)).toBe(403);
      expect(await fetched(site, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(403);
    }
    for (const site of ['same-origin', 'none']) expect(await fetched(site)).toBe(200);
  });

  it('lets a link lead to the page, but nothing else take it', async () => {
    await start({ isPublicPath: (path) => path === '/page.html' });
    const open = async (mode: string, destination: string) => {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': destination };
      return (await service.inject({ url: '/page.html', headers })).statusCode;
    };
    expect(await open('navigate', 'document')).toBe(200);
    expect(await open('navigate', 'iframe')).toBe(403);
    expect(await open('no-cors', 'script')).toBe(403);
  });
});

describe('the security headers', () => {
  it('keep answers out of caches, frames and other sites, unless the route says otherwise', async () => {
    await start();
    service.get('/cached.js', async (_request, reply) => reply.header('cache-control', 'max-age=60').send('1'));
    for (const url of ['/v1/things', '/no/such/route', '/v1/%zz']) {
      const { headers } = await service.inject(url);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect((await service.inject('/cached.js')).headers['cache-control']).toBe('max-age=60');
  });
});
