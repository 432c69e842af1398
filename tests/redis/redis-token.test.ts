import { BullMqQueue, type RedisToken } from '@daytrade/jobs/redis';
import { clockAt, jobOf, MemoryRunLedger, requestOf } from '@daytrade/jobs/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.ts';

// A user whose password is a token that ends, as an identity of Entra has it for a Redis in Azure.

let server: RedisServer;
let admin: Redis;
beforeAll(async () => {
  server = await RedisServer.start();
  const { host, port, password, tls } = server.address;
  admin = new Redis({ host, port, password: String(password), tls: { ...tls } as object });
});
afterAll(async () => {
  admin.disconnect();
  await server[Symbol.asyncDispose]();
});

const queues: BullMqQueue[] = [];
afterEach(() => Promise.all(queues.splice(0).map((queue) => queue.stop(0))));

const give = (password: string) =>
  admin.call('ACL', 'SETUSER', 'identity', 'on', 'resetpass', `>${password}`, '~*', '&*', '+@all');
const authentications = async () => Number(/cmdstat_auth:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1] ?? 0);
const connections = async () =>
  String(await admin.call('CLIENT', 'LIST'))
    .split('\n')
    .flatMap((line) => /^id=(\d+) .* user=identity/.exec(line)?.[1] ?? []);

async function open(token: () => Promise<RedisToken>) {
  const { host, port, tls } = server.address;
  const problems: string[] = [];
  const queue = new BullMqQueue({
    ledger: new MemoryRunLedger(),
    jobs: [],
    redis: { host, port, tls, username: 'identity', token },
    prefix: `token-${queues.length}-${Date.now()}`,
    works: true,
    clock: clockAt(),
    random: Math.random,
    lockSeconds: 2,
    sweepSeconds: 0.5,
    onError: () => undefined,
    onConnection: (problem) => problems.push(problem?.message ?? 'reached'),
  });
  queues.push(queue);
  queue.register(jobOf('training', async () => ({})));
  await queue.start();
  const finishesARun = async () => {
    const { id } = await queue.enqueue(requestOf('training'));
    expect(await queue.finished(id)).toMatchObject({ status: 'succeeded' });
  };
  await vi.waitFor(() => expect(problems).toContain('reached'), 20_000);
  return { problems, finishesARun };
}

it('lets the queue in, again after Redis closes a connection whose token has ended', async () => {
  let password = 'first-token';
  await give(password);
  const { problems, finishesARun } = await open(async () => ({ password, livesMs: 3_600_000 }));
  await finishesARun();
  password = 'second-token';
  await give(password);
  problems.length = 0;
  await admin.call('CLIENT', 'KILL', 'USER', 'identity');
  await vi.waitFor(() => expect(problems).toContain('reached'), 20_000);
  await finishesARun();
});

it('is shown anew on open connections before it ends', async () => {
  await give('a-token');
  const { finishesARun } = await open(async () => ({ password: 'a-token', livesMs: 182_000 }));
  await finishesARun();
  const [shown, before] = [await authentications(), await connections()];
  expect(before.length).toBeGreaterThan(1);
  await vi.waitFor(async () => expect(await authentications()).toBeGreaterThan(shown), 20_000);
  expect(new Set(await connections()).intersection(new Set(before)).size).toBe(before.length);
  await finishesARun();
});

it('is waited for, and what is wrong is reported', async () => {
  await give('a-token');
  let asked = 0;
  const { problems, finishesARun } = await open(async () => {
    asked++;
    if (asked <= 2) throw new Error('nobody gives a token');
    return { password: 'a-token', livesMs: 3_600_000 };
  });
  expect(problems.join()).toContain('nobody gives a token');
  await finishesARun();
});
