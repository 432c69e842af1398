import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { KeptAnswers } from './kept-answers.ts';

let now: number;
let asked: number;
let slow: Promise<void> | undefined;
let written: number;
let service: Service;

async function start(): Promise<void> {
  now = 1_000_000;
  asked = 0;
  slow = undefined;
  written = 0;
  service = await testService();
  new KeptAnswers({
    clock: { now: () => now },
    freshness: {
      version: (tables) => (tables.includes('models') ? written : 0),
      freshForMs: 1_000,
    },
  }).addTo(service);
  service.get('/v1/models', { config: { kept: { readsFrom: ['models'] } } }, async () => {
    asked += 1;
    const answer = { asked };
    await slow;
    return answer;
  });
}

const get = async () => {
  const answer = await service.inject('/v1/models');
  return { status: answer.statusCode, age: answer.headers.age, body: answer.json<{ asked: number }>() };
};

describe('kept answers that are fresh', () => {
  beforeEach(() => start());

  it('are served without asking again, until they are not fresh any more', async () => {
    await get();
    now += 999;
    expect(await get()).toEqual({ status: 200, age: '1', body: { asked: 1 } });
    now += 1;
    expect(await get()).toMatchObject({ body: { asked: 2 } });
  });

  it('are not served once something was written to what they are read from', async () => {
    await get();
    now += 100;
    written += 1;
    now += 100;
    expect(await get()).toMatchObject({ body: { asked: 2 } });
  });

  it('are asked for once by all who want them before there are any', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slow = promise;
    const answers = Promise.all([get(), get(), get()]);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
    resolve();
    expect((await answers).map(({ body }) => body.asked)).toEqual([1, 1, 1]);
  });
});

describe('a caller that asks for a new answer', () => {
  beforeEach(() => start());
  const getNew = () => service.inject({ url: '/v1/models', headers: { 'cache-control': 'no-cache' } });

  it('gets one, and everybody after it', async () => {
    await get();
    expect((await getNew()).json()).toEqual({ asked: 2 });
    expect(await get()).toMatchObject({ body: { asked: 2 } });
  });

  it('gets one that was asked for after its request came', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    slow = promise;
    const before = get();
    await vi.waitFor(() => expect(asked).toBe(1));
    const insisting = getNew();
    resolve();
    expect([(await before).body.asked, (await insisting).json<{ asked: number }>().asked]).toEqual([1, 2]);
  });
});

describe('a kept answer as it is sent', () => {
  const rows = Array.from({ length: 200 }, (_, row) => ({ symbol: `${1000 + row}`, close: row }));
  const send = (headers: Record<string, string>) => service.inject({ url: '/v1/rows', headers });

  beforeEach(async () => {
    await start();
    service.get('/v1/rows', { config: { kept: { readsFrom: ['symbols'] } } }, async () => ({ rows }));
  });

  it('is compressed for whoever takes that, and the same when it is unpacked', async () => {
    for (const _time of ['new', 'kept']) {
      const compressed = await send({ 'accept-encoding': 'br, gzip;q=0.5' });
      expect(compressed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(JSON.parse(gunzipSync(compressed.rawPayload).toString())).toEqual({ rows });
    }
  });

  it.each([undefined, 'identity', 'gzip;q=0'])('is sent as it is to whoever takes %s', async (encoding) => {
    const plain = await send(encoding === undefined ? {} : { 'accept-encoding': encoding });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(plain.json()).toEqual({ rows });
  });

  it('is not sent again to whoever has it, until it is another one', async () => {
    const first = await service.inject('/v1/models');
    const headers = { 'if-none-match': `"other", ${first.headers.etag}` };
    const same = await service.inject({ url: '/v1/models', headers });
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', first.headers.etag]);
    written += 1;
    expect(await service.inject({ url: '/v1/models', headers })).toMatchObject({ statusCode: 200 });
  });

  it('is compressed from 1,024 bytes on', async () => {
    const answer = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
    service.get('/v1/short', { config: { kept: { readsFrom: ['symbols'] } } }, async () => answer(1_023));
    service.get('/v1/long', { config: { kept: { readsFrom: ['symbols'] } } }, async () => answer(1_024));
    const sent = async (url: string) =>
      (await service.inject({ url, headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding'];
    expect([await sent('/v1/short'), await sent('/v1/long')]).toEqual([undefined, 'gzip']);
  });

  it.each([
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip;q=1', 'gzip'],
    ['gzip; q=0.001', 'gzip'],
    ['gzip;q=0.0', undefined],
    ['deflate', undefined],
  ])('is sent to whoever accepts %s as %s', async (accepted, encoding) => {
    expect((await send({ 'accept-encoding': accepted })).headers['content-encoding']).toBe(encoding);
  });

  it.each(['*', 'W/"another", *', (etag: string) => etag, (etag: string) => ` "another" ,${etag} `])(
    'is not sent again to whoever says %s',
    async (known) => {
      const { etag } = (await send({})).headers;
      const answer = await send({ 'if-none-match': typeof known === 'string' ? known : known(String(etag)) });
      expect([answer.statusCode, answer.body]).toEqual([304, '']);
      expect((await send({ 'if-none-match': 'W/"another"' })).statusCode).toBe(200);
    },
  );
});

it('keeps no more than 64 MiB, and lets those go first that were read longest ago', { tags: ['long'] }, async () => {
  now = 1_000_000;
  service = await testService();
  const freshness = { version: () => 0, freshForMs: 1_000 };
  new KeptAnswers({ clock: { now: () => now }, freshness }).addTo(service);
  const read: string[] = [];
  service.get('/v1/large/:bytes/:name', { config: { kept: { readsFrom: ['evaluations'] } } }, async ({ params }) => {
    const { bytes, name } = params as { readonly bytes: string; readonly name: string };
    read.push(name);
    return { text: 'x'.repeat(Number(bytes) - '{"text":""}'.length) };
  });
  const ask = async (...names: readonly string[]) => {
    read.length = 0;
    for (const name of names) await service.inject(`/v1/large/${name}`);
    return read.join(' ');
  };
  const [half, beyond] = [33_554_432, 67_108_865];
  expect(await ask(`${half}/a`, `${half}/b`, `${half}/a`, `${half}/b`)).toBe('a b');
  expect(await ask('11/c', '11/c', `${half}/b`, `${half}/a`, `${half}/b`)).toBe('c a b');
  now += 1_000;
  // An answer in place of an old one takes its bytes alone.
  expect(await ask(`${half}/a`, `${half}/b`, `${half}/a`, `${half}/b`)).toBe('a b');
  expect(await ask(`${beyond}/d`, `${beyond}/d`, `${half}/b`)).toBe('d d b');
});

describe('routes', () => {
  beforeEach(() => start());

  it('that change something, or are not said to be kept, are asked each time', async () => {
    let calls = 0;
    const handler = async () => ({ calls: ++calls });
    service.get('/v1/plain', handler);
    service.post('/v1/change', { config: { kept: { readsFrom: ['models'] } } }, handler);
    for (const request of [{ url: '/v1/plain' }, { method: 'POST', url: '/v1/change' }] as const) {
      const before = calls;
      const answers = [await service.inject(request), await service.inject(request)];
      expect(answers.map((answer) => answer.json<{ calls: number }>().calls)).toEqual([before + 1, before + 2]);
      expect(answers.map(({ headers }) => headers.age)).toEqual([undefined, undefined]);
    }
  });

  it('keep an answer for each query, and no error', async () => {
    let calls = 0;
    const schema = { hide: true, querystring: z.object({ a: z.string() }) };
    service.get('/v1/rows', { schema, config: { kept: { readsFrom: ['models'] } } }, async () => {
      calls += 1;
      if (calls === 1) throw new Error('the database is gone');
      return { calls };
    });
    const statuses: unknown[] = [];
    for (const query of ['?a=1', '?a=1', '?a=2', '?a=1']) {
      const answer = await service.inject(`/v1/rows${query}`);
      statuses.push([answer.statusCode, answer.json<{ calls?: number }>().calls]);
    }
    expect(statuses).toEqual([
      [500, undefined],
      [200, 2],
      [200, 3],
      [200, 2],
    ]);
  });

  it('say the age of an answer in whole seconds, and none of a new one', async () => {
    service = await testService();
    new KeptAnswers({ clock: { now: () => now }, freshness: { version: () => 0, freshForMs: 30_000 } }).addTo(service);
    service.get('/v1/models', { config: { kept: { readsFrom: ['models'] } } }, async () => ({ asked: 1 }));
    const ages: unknown[] = [];
    for (const later of [0, 0, 499, 1, 12_000, -20_000]) {
      now += later;
      ages.push((await get()).age);
    }
    expect(ages).toEqual([undefined, '0', '0', '1', '13', '0']);
  });
});
