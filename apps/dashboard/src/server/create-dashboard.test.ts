import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createLogger, createService, type Service } from '@daytrade/service';
import { httpTransport, injectTransport } from '@daytrade/service/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from './create-dashboard.ts';

const logger = createLogger({ level: 'silent' });
const token = 'a-token-of-at-least-24-characters';
let assets: string;
let data: Service;
let dashboard: Service;

const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 7) % 256));
const script = 'export const word = "word";\n'.repeat(200);
/** A real service with a route that reports what reached it, behind a dashboard; the other services do not run. */
async function start(options: { token?: string; command?: string; language?: 'ja' } = {}): Promise<void> {
  data = await createService({ name: 'data-service', description: 'Bars', version: '0', logger, ...options });
  // Whatever query and body come: a route that is not described takes any.
  const open = { schema: { hide: true } };
  data.get('/v1/echo', open, async ({ query, headers }) => ({ query, authorization: headers.authorization ?? null }));
  data.post('/v1/echo', open, async ({ body }) => ({ body }));
  data.get('/v1/file', open, async (_request, reply) =>
    reply
      .type('application/vnd.apache.parquet')
      .header('content-disposition', 'attachment; filename="a.parquet"')
      .send(bytes),
  );
  const nowhere = (name: string) =>
    httpTransport({ baseUrl: 'http://127.0.0.1:9', fetch, startWith: `daytrade ${name}`, timeoutSeconds: 5 });
  dashboard = await createDashboard({
    logger,
    version: '0',
    services: { data: injectTransport(data), ml: nowhere('up'), scheduler: nowhere('up') },
    assets,
    ...options,
  });
}

beforeEach(async () => {
  assets = mkdtempSync(join(tmpdir(), 'daytrade-page-'));
  mkdirSync(join(assets, 'assets'));
  writeFileSync(join(assets, 'index.html'), '<!doctype html><html lang="en"><title>page</title></html>');
  writeFileSync(join(assets, 'assets', 'index-abc123.js'), script);
  await start();
});

afterEach(async () => {
  await dashboard.close();
  await data.close();
  rmSync(assets, { recursive: true });
});

describe('the files of the page', () => {
  it('come with a policy that lets nothing else run', async () => {
    const answer = await dashboard.inject('/');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['cache-control']).toBe('no-cache');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('begin in the language of the settings, and know how the command line is called', async () => {
    expect((await dashboard.inject('/')).body).toContain('<html lang="en" data-command="daytrade">');
    await dashboard.close();
    await start({ language: 'ja', command: './daytrade' });
    for (const path of ['/', '/index.html']) {
      expect((await dashboard.inject(path)).body).toContain(
        '<html lang="ja" data-command="./daytrade" data-language="ja">',
      );
    }
    expect((await dashboard.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200);
  });

  it('are kept for ever when their name has their hash', async () => {
    const answer = await dashboard.inject('/assets/index-abc123.js');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    ['gzip', gunzipSync],
    ['br, gzip', brotliDecompressSync],
  ])('are compressed for a client that accepts %s', async (encoding, decompressed) => {
    const headers = { 'accept-encoding': encoding };
    const answer = await dashboard.inject({ url: '/assets/index-abc123.js', headers });
    expect(answer.headers['content-encoding']).toBe(encoding.split(',')[0]);
    expect(answer.headers.vary).toBe('accept-encoding');
    expect(decompressed(answer.rawPayload).toString()).toBe(script);
    expect((await dashboard.inject('/assets/index-abc123.js')).body).toBe(script);
  });

  it.each(['/assets/none.js', '/../package.json', '/assets/..%2f..%2fpackage.json', '/nothing'])(
    'are only the built ones, not %s',
    async (url) => {
      const answer = await dashboard.inject(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ code: 'http.not-found' });
    },
  );
});

describe('requests for data', () => {
  it('reach the service with their query or body and come back as they are', async () => {
    const answer = await dashboard.inject('/api/data/v1/echo?from=2026-11-01&reason=a%20b');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ query: { from: '2026-11-01', reason: 'a b' } });
    expect(answer.headers['cache-control']).toBe('no-store');
    const sent = await dashboard.inject({ method: 'POST', url: '/api/data/v1/echo', payload: { count: 3 } });
    expect(sent.json()).toEqual({ body: { count: 3 } });
  });

  it('reach the readiness of a service, but none of its other routes', async () => {
    expect((await dashboard.inject('/api/data/readyz')).statusCode).toBe(200);
    for (const path of [
      '/metrics',
      '/openapi.json',
      '/healthz',
      '/v1/../metrics',
      '/v1/%2e%2e/metrics',
      '/v1/..%2fmetrics',
    ]) {
      const answer = await dashboard.inject(`/api/data${path}`);
      expect(answer.statusCode, path).toBe(404);
    }
  });

  it('are not handed to services that do not exist', async () => {
    expect((await dashboard.inject('/api/trading/v1/orders')).statusCode).toBe(404);
  });

  it('bring a file byte by byte, under its name', async () => {
    const answer = await dashboard.inject('/api/data/v1/file');
    expect(answer.rawPayload).toEqual(bytes);
    expect(answer.headers['content-type']).toBe('application/vnd.apache.parquet');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="a.parquet"');
  });

  it('bring a long answer compressed, and a short one and a file as they are', async () => {
    const bring = (url: string) => dashboard.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    const reason = 'a'.repeat(2_000);
    const long = await bring(`/api/data/v1/echo?reason=${reason}`);
    expect(long.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(long.rawPayload).toString())).toMatchObject({ query: { reason } });
    for (const url of ['/api/data/v1/echo', '/api/data/v1/file']) {
      expect((await bring(url)).headers, url).not.toHaveProperty('content-encoding');
    }
  });

  it('say which service does not answer and how to start it', async () => {
    const answer = await dashboard.inject('/api/ml/v1/models');
    expect(answer.statusCode).toBe(502);
    expect(answer.json()).toMatchObject({ code: 'service.unreachable', status: 502 });
    expect(answer.json<{ detail: string }>().detail).toContain('http://127.0.0.1:9');
    expect(answer.json<{ remedy: string }>().remedy).toContain('daytrade up');
  });
});

describe('with a token', () => {
  beforeEach(async () => {
    await dashboard.close();
    await data.close();
    await start({ token });
  });

  it('the page opens, its data does not', async () => {
    expect((await dashboard.inject('/')).statusCode).toBe(200);
    expect((await dashboard.inject('/assets/index-abc123.js')).statusCode).toBe(200);
    const answer = await dashboard.inject('/api/data/v1/echo');
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'http.unauthorised' });
  });

  it('the token opens the data and is passed on', async () => {
    const answer = await dashboard.inject({ url: '/api/data/v1/echo', headers: { authorization: `Bearer ${token}` } });
    expect(answer.json()).toMatchObject({ authorization: `Bearer ${token}` });
  });
});
