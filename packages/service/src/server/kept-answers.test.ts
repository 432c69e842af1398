import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
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

  it('keeps no more than a bound, and lets those go first that were read longest ago', { tags: ['long'] }, async () => {
    const body = 'x'.repeat(30 * 1_048_576);
    let read = 0;
    service.get('/v1/large/:name', { config: { kept: { readsFrom: ['evaluations'] } } }, async () => {
      read += 1;
      return { body };
    });
    for (const name of ['a', 'b', 'c']) await service.inject(`/v1/large/${name}`);
    for (const name of ['c', 'b', 'a']) await service.inject(`/v1/large/${name}`);
    expect(read).toBe(4);
  });
});
