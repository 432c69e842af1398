import { DayTradeError } from '@daytrade/errors';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptAnswers } from './kept-answers.ts';
import { createLogger } from './logger.ts';
import { createService, type Service } from './service.ts';

let now: number;
let asked: number;
let away: boolean;
let slow: Promise<void> | undefined;
let service: Service;

async function start(freshForMs?: number, staleWhileRevalidateMs?: number): Promise<void> {
  now = 1_000_000;
  asked = 0;
  away = false;
  slow = undefined;
  service = await createService({
    name: 'ml-service',
    description: 'Models',
    version: '0',
    logger: createLogger({ level: 'silent' }),
  });
  const kept = new KeptAnswers({
    routes: ['/v1/models'],
    clock: { now: () => now },
    longestAgeSeconds: 900,
    freshForMs,
    staleWhileRevalidateMs,
  });
  kept.addTo(service);
  service.get('/v1/models', async () => {
    if (away) throw new DayTradeError('service.unavailable', 'the database does not answer');
    asked += 1;
    const answer = { asked };
    await slow;
    return answer;
  });
  service.post('/v1/models', async () => ({}));
}

const get = async () => {
  const answer = await service.inject('/v1/models');
  return { status: answer.statusCode, age: answer.headers.age, body: answer.json<{ asked: number }>() };
};

describe('kept answers', () => {
  beforeEach(() => start());

  it('are not served while a new one can be had', async () => {
    await get();
    expect(await get()).toEqual({ status: 200, age: undefined, body: { asked: 2 } });
  });

  it('are served with their age while none can be had, and no longer than they may', async () => {
    await get();
    away = true;
    now += 60_000;
    expect(await get()).toEqual({ status: 200, age: '60', body: { asked: 1 } });
    now += 900_000;
    expect((await get()).status).toBe(503);
  });

  it('give way to new ones when those can be had again', async () => {
    await get();
    away = true;
    await get();
    away = false;
    now += 10_000;
    expect(await get()).toMatchObject({ age: undefined, body: { asked: 2 } });
  });
});

describe('kept answers that are fresh', () => {
  beforeEach(() => start(1_000));

  it('are served without asking again, until they are not fresh any more', async () => {
    await get();
    now += 999;
    expect(await get()).toEqual({ status: 200, age: '1', body: { asked: 1 } });
    now += 1;
    expect(await get()).toMatchObject({ body: { asked: 2 } });
  });

  it('are not served to whoever has just changed something', async () => {
    await get();
    now += 100;
    await service.inject({ method: 'POST', url: '/v1/models', payload: {} });
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

describe('kept answers that are stale', () => {
  beforeEach(() => start(1_000, 2_000));

  it('are served while a new one is asked for, once, however long that takes', async () => {
    await get();
    now += 2_000;
    const { promise, resolve } = Promise.withResolvers<void>();
    slow = promise;
    expect(await get()).toEqual({ status: 200, age: '2', body: { asked: 1 } });
    expect(await get()).toMatchObject({ body: { asked: 1 } });
    expect(asked).toBe(2);
    resolve();
    await vi.waitFor(async () => expect(await get()).toMatchObject({ body: { asked: 2 } }));
  });

  it('are not served when they are older than that', async () => {
    await get();
    now += 3_000;
    expect(await get()).toEqual({ status: 200, age: undefined, body: { asked: 2 } });
  });

  it('are not served to whoever has just changed something', async () => {
    await get();
    now += 100;
    await service.inject({ method: 'POST', url: '/v1/models', payload: {} });
    now += 1_500;
    expect(await get()).toMatchObject({ age: undefined, body: { asked: 2 } });
  });

  it('stay when a new one cannot be had', async () => {
    await get();
    now += 2_000;
    away = true;
    for (let more = 0; more < 3; more += 1) expect(await get()).toMatchObject({ status: 200, body: { asked: 1 } });
  });
});
