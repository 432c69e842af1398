import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listen } from '../server/lifecycle.ts';
import { createLogger } from '../server/logging.ts';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';

const lines: Record<string, unknown>[] = [];
const logger = createLogger({
  level: 'debug',
  destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
});
const orderSchema = z.object({ name: z.string().max(10), count: z.number().int().min(1).default(1) });

let service: Service;
afterEach(async () => {
  lines.length = 0;
  await service.close();
});

async function start(): Promise<Service> {
  service = await testService({ logger, bodyLimit: 1_000 });
  service.post(
    '/v1/orders',
    { schema: { body: orderSchema, response: { 200: orderSchema } } },
    async (request) => request.body,
  );
  service.post('/v1/cancellation', async (_request, reply) => reply.code(202).send({}));
  service.get('/v1/orders/:id', async () => ({ id: 1 }));
  service.delete('/v1/orders/:id', async () => ({ id: 1 }));
  service.get('/v1/missing', async () => {
    throw new DayTradeError('data.symbol-unknown', 'symbol 9999 is not known', { details: { symbol: '9999' } });
  });
  service.get('/v1/broken', async () => {
    throw new TypeError('secret internals of /home/user/file');
  });
  service.get('/v1/unavailable', async () => {
    throw new DayTradeError('service.unavailable', 'the database is away');
  });
  service.get('/v1/busy', async () => {
    throw new DayTradeError('service.overloaded', 'busy', { details: { retryAfterSeconds: 7 } });
  });
  service.get('/v1/text', async () => {
    // biome-ignore lint/style/useThrowOnlyError: what a library may throw
    throw 'a text';
  });
  service.get('/v1/without-code', async () => {
    throw Object.assign(new Error('of nobody'), { statusCode: 400 });
  });
  service.get<{ Params: { status: string } }>('/v1/framework/:status', async ({ params }) => {
    throw Object.assign(new Error('of the framework'), { code: 'FST_ERR', statusCode: Number(params.status) });
  });
  const wrong = async () => ({ name: 'far too long a name', count: 1 });
  service.get('/v1/wrong-answer', { schema: { response: { 200: orderSchema } } }, wrong);
  await service.ready();
  return service;
}

async function problemFor(request: string | InjectOptions) {
  const answer = await (await start()).inject(request);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(answer.json());
  expect(problem.status).toBe(answer.statusCode);
  expect(problem.requestId).toBe(answer.headers['x-request-id']);
  return { ...problem, headers: answer.headers };
}

const json = { 'content-type': 'application/json' };

describe('an error', () => {
  it('of the platform keeps its code, message and details', async () => {
    expect(await problemFor('/v1/missing')).toMatchObject({
      type: 'docs/errors.md#data.symbol-unknown',
      status: 404,
      code: 'data.symbol-unknown',
      detail: 'symbol 9999 is not known',
      details: { symbol: '9999' },
      retryable: false,
    });
  });

  it('that nobody expected says nothing of the inside but its request id, and is logged with its stack', async () => {
    const problem = await problemFor('/v1/broken');
    expect(problem).toMatchObject({ status: 500, code: 'internal.bug', details: {} });
    expect(JSON.stringify(problem)).not.toContain('secret internals');
    expect(problem.detail).toContain(problem.requestId);
    const logged = lines.find((line) => line.level === 50) as { requestId: string; err: { stack: string } };
    expect(logged.requestId).toBe(problem.requestId);
    expect(logged.err.stack).toContain('errors.test.ts');
  });

  it.each([
    ['/v1/broken', 50],
    ['/v1/unavailable', 40],
    ['/v1/missing', 20],
  ])('at %s is logged at the level %i', async (path, level) => {
    await problemFor(path);
    expect(lines.filter((line) => line.method === undefined).map((line) => line.level)).toEqual([level]);
  });

  it('that passes with time says after how many seconds to come back, another one does not', async () => {
    expect((await problemFor('/v1/busy')).headers['retry-after']).toBe('7');
    await service.close();
    expect((await problemFor('/v1/unavailable')).headers['retry-after']).toBeUndefined();
  });

  it('of the framework is the fault of the caller for a status 4xx alone', async () => {
    const codes: unknown[] = [];
    for (const status of [399, 400, 499, 500]) {
      const { code, detail } = await problemFor(`/v1/framework/${status}`);
      codes.push([status, code, detail.startsWith('an unexpected error')]);
      await service.close();
    }
    expect(codes).toEqual([
      [399, 'internal.bug', true],
      [400, 'input.invalid', false],
      [499, 'input.invalid', false],
      [500, 'internal.bug', true],
    ]);
    await start();
  });

  it.each(['/v1/text', '/v1/without-code'])('of no known kind, at %s, is a bug', async (path) => {
    expect(await problemFor(path)).toMatchObject({ status: 500, code: 'internal.bug', details: {} });
    expect(lines.filter((line) => line.method === undefined).map((line) => line.level)).toEqual([50]);
  });

  it('of an answer that breaks its own schema is a bug, not an answer', async () => {
    expect(await problemFor('/v1/wrong-answer')).toMatchObject({ status: 500, code: 'internal.bug' });
  });
});

describe('a body', () => {
  const post = (payload: string, headers: Record<string, string> = json) =>
    problemFor({ method: 'POST', url: '/v1/orders', payload, headers });

  it.each([
    ['{"name": tea}', /^body: expected JSON: Unexpected token/],
    [' ', /^body: expected JSON: Unexpected end/],
    ['{"name": "tea", "__proto__": {"count": 2}}', /__proto__/],
  ])('that is not JSON, or would poison a prototype, is refused: %s', async (text, detail) => {
    expect(await post(text)).toMatchObject({
      status: 400,
      code: 'input.not-json',
      detail: expect.stringMatching(detail),
    });
  });

  it.each([
    ['arrays', `${'['.repeat(400)}${']'.repeat(400)}`],
    ['objects', `${'{"a":'.repeat(150)}1${'}'.repeat(150)}`],
  ])('of many %s within one another is refused, whatever its schema', async (_what, text) => {
    expect(await post(text)).toMatchObject({
      status: 400,
      code: 'input.invalid',
      detail: 'body: expected at most 32 levels of objects and arrays',
    });
  });

  it.each([
    ['arrays', (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`],
    ['objects', (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
    ['objects beside arrays', (levels: number) => `[[],${'{"a":'.repeat(levels - 1)}null${'}'.repeat(levels - 1)}]`],
  ])('of 32 levels of %s is read, and of 33 refused', async (_what, text) => {
    expect((await post(text(32))).detail).not.toContain('levels');
    await service.close();
    expect((await post(text(33))).detail).toBe('body: expected at most 32 levels of objects and arrays');
  });

  it('that is left out counts as one without fields', async () => {
    expect(await problemFor({ method: 'POST', url: '/v1/orders' })).toMatchObject({
      status: 400,
      detail: 'name: expected a string, but it is missing',
    });
  });

  it('of a route that takes none is refused, and may be left out with its content type', async () => {
    await start();
    const put = (payload: string) =>
      service.inject({ method: 'POST', url: '/v1/cancellation', payload, headers: json });
    expect((await put('{"reason": "late"}')).json()).toMatchObject({
      status: 400,
      detail: 'reason: it is not known',
    });
    for (const nothing of ['', '{}']) expect((await put(nothing)).statusCode).toBe(202);
    expect((await service.inject('/v1/orders/7?token=secret')).json()).toMatchObject({
      detail: 'token: it is not known',
    });
  });

  it('of another content type is refused', async () => {
    expect(await post('name=tea', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      code: 'input.media-type',
      detail: 'content-type: expected application/json, got "application/x-www-form-urlencoded"',
    });
    expect(await post('tea', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  });
});

describe('a 10 MB body over a real connection', () => {
  it('gets its 413, whether its length is announced or not', async () => {
    await start();
    const { url } = await listen(service, { host: '127.0.0.1', port: 0 });
    const body = new Uint8Array(10_000_000).fill(0x20);
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < body.length; at += 100_000) controller.enqueue(body.subarray(at, at + 100_000));
        controller.close();
      },
    });
    for (const payload of [{ body }, { body: chunks, duplex: 'half' as const }]) {
      const answer = await fetch(`${url}/v1/orders`, { method: 'POST', headers: json, ...payload });
      expect(answer.status).toBe(413);
      expect(problemSchema.parse(await answer.json())).toMatchObject({
        code: 'input.too-large',
        detail: expect.stringMatching(/^body: expected at most 1000 bytes, (?:it has 10000000|more came)$/) as string,
      });
    }
  });
});

describe('a body whose announced length is beyond the limit', () => {
  it.each([
    [1_001, undefined],
    [67_108_864, undefined],
    [67_108_865, 'close'],
  ])('of %i bytes leaves the connection as it is up to 64 MiB', async (length, connection) => {
    const request = { method: 'POST', url: '/v1/orders', payload: '{}' } as const;
    const { headers, code } = await problemFor({ ...request, headers: { ...json, 'content-length': String(length) } });
    expect([code, headers.connection]).toEqual(['input.too-large', connection]);
  });
});

describe('a request without a route', () => {
  it('says where the page and the description of the API are, to whoever opens the address', async () => {
    const { detail } = await problemFor('/');
    expect(detail).toContain('/openapi.json');
    expect(detail).toContain('the page has a port of its own');
  });

  it('names method and path, whatever its body', async () => {
    const request = { method: 'POST', url: '/v1/nothing?x=1', payload: '{', headers: json } as const;
    expect(await problemFor(request)).toMatchObject({
      status: 404,
      code: 'http.not-found',
      detail: 'there is no route POST /v1/nothing',
    });
  });

  it('says so as well where the path is not a URL path', async () => {
    expect(await problemFor('/v1/%zz')).toMatchObject({ status: 400, code: 'input.invalid' });
  });
});

describe('a caller that leaves in the middle of a body', () => {
  it('is not a bug of the service', async () => {
    await start();
    const { port } = await listen(service, { host: '127.0.0.1', port: 0 });
    const socket = connect(port, '127.0.0.1');
    const head =
      'POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{';
    await new Promise((resolve) => socket.write(head, resolve));
    await pause(50);
    socket.destroy();
    await pause(50);
    expect(lines.filter((line) => Number(line.level) >= 50)).toEqual([]);
    expect((await service.inject('/metrics')).body).toContain('requests_in_flight{service="test-service"} 1');
  });
});
