import { setTimeout as pause } from 'node:timers/promises';
import { type JobsOptions, Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.ts';

// What BullMQ alone does not do, which is why packages/jobs has parts of its own beside it. Each test
// runs BullMQ without them in the setting of our queue: one queue per group, one entry at a time. A test that fails
// after an upgrade says that BullMQ does it now: then the part that the test is about can go.

const lockMs = 600;
/** Several times what BullMQ needs to notice that a lock has ended: one check marks the entry, the next moves it. */
const longMs = 3_000;

interface Begin {
  readonly worker: string;
  readonly id: string | undefined;
  readonly attemptsMade: number;
}

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const closing: (() => unknown)[] = [];
let prefix: string;
let prefixes = 0;
let begins: Begin[];
beforeEach(() => {
  prefix = `alone-${prefixes++}`;
  begins = [];
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const name = 'group-training';
const eventually = <Value>(check: () => Value | Promise<Value>) => vi.waitFor(check, { timeout: 40_000, interval: 50 });
const begunIds = () => begins.map(({ id }) => id);

function connection() {
  const { host, port, password, tls } = server.address;
  const address = { host, port, password: String(password), tls: { ...tls } as object };
  return { ...address, maxRetriesPerRequest: null, retryStrategy: () => 100 };
}

function openRedis(): Redis {
  const redis = new Redis(connection());
  closing.push(() => redis.disconnect());
  return redis;
}

async function openQueue(): Promise<Queue> {
  const queue = new Queue(name, { connection: connection(), prefix });
  queue.on('error', () => undefined);
  closing.push(() => queue.close());
  await queue.setGlobalConcurrency(1);
  return queue;
}

async function add(queue: Queue, id: string, options: JobsOptions = {}) {
  return await queue.add('training', {}, { jobId: id, ...options });
}

/** A worker that does `work` with every job. Its `close(true)` leaves what a kill leaves: nobody renews its locks. */
function openWorker(work: (signal: AbortSignal) => Promise<unknown>): Worker {
  const worker = new Worker(
    name,
    async (job, _token, signal) => {
      begins.push({ worker: worker.id, id: job.id, attemptsMade: job.attemptsMade });
      return await work(signal as AbortSignal);
    },
    {
      connection: connection(),
      prefix,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: 1_000_000,
      runRetryDelay: 200,
      drainDelay: 1,
    },
  );
  worker.on('error', () => undefined);
  closing.push(() => worker.close(true));
  return worker;
}

const withoutEnd = () => new Promise<never>(() => undefined);

async function beginsWithTwoWorkers(queue: Queue): Promise<void> {
  openWorker(withoutEnd);
  openWorker(withoutEnd);
  await add(queue, 'r-1');
  await eventually(() => expect(begins).toHaveLength(1));
}

async function isBegunBesideItself(): Promise<void> {
  await eventually(() => expect(begunIds()).toEqual(['r-1', 'r-1']));
  expect(begins[0]?.worker).not.toBe(begins[1]?.worker);
}

describe('the lease of a group is ours, since BullMQ', () => {
  it('cannot renew a lock that ended while Redis was away, and gives the job to a second worker', async () => {
    await beginsWithTwoWorkers(await openQueue());
    await server.kill();
    await pause(2 * lockMs);
    await server.start();
    await isBegunBesideItself();
  });

  it('knows neither the limit of a queue nor who works when Redis has lost its memory', async () => {
    const queue = await openQueue();
    await beginsWithTwoWorkers(queue);
    await openRedis().flushall();
    expect(await queue.getGlobalConcurrency()).toBeNull();
    await add(queue, 'r-1');
    await isBegunBesideItself();
  });
});

describe('the reconciler is ours, since BullMQ', () => {
  it('never brings what waited when Redis lost its memory', async () => {
    const queue = await openQueue();
    const first = Promise.withResolvers<void>();
    openWorker(() => first.promise);
    await add(queue, 'r-1');
    await eventually(() => expect(begins).toHaveLength(1));
    await add(queue, 'r-2');
    await openRedis().flushall();
    first.resolve();
    await add(queue, 'r-3');
    await eventually(() => expect(begunIds()).toEqual(['r-1', 'r-3']));
    await pause(longMs);
    expect(begunIds()).toEqual(['r-1', 'r-3']);
  });

  it('lets one entry that it cannot read keep a queue from working', async () => {
    const queue = await openQueue();
    openWorker(async () => undefined);
    const redis = openRedis();
    const key = (part: string) => `${prefix}:${name}:${part}`;
    await redis.hset(key('evil'), { name: 'training', data: '{bad json', opts: '{}', timestamp: '1' });
    await redis.lpush(key('wait'), 'evil');
    await add(queue, 'r-1');
    await pause(longMs);
    expect(begins).toEqual([]);
    await redis
      .multi()
      .lrem(key('wait'), 0, 'evil')
      .lrem(key('active'), 0, 'evil')
      .del(key('evil'), key('evil:lock'))
      .exec();
    await eventually(() => expect(begunIds()).toEqual(['r-1']));
  });
});

describe('attempts are counted in the ledger, since BullMQ', () => {
  it('counts one that died with its worker apart from those that failed', async () => {
    const queue = await openQueue();
    const killed = openWorker(withoutEnd);
    await add(queue, 'r-1', { attempts: 2 });
    await eventually(() => expect(begins).toHaveLength(1));
    await killed.close(true);
    openWorker(async () => {
      throw new Error('answered 503');
    });
    await eventually(async () => expect(await queue.getJobState('r-1')).toBe('failed'));
    expect(begins.map(({ attemptsMade }) => attemptsMade)).toEqual([0, 0, 1]);
  });

  it('counts from the beginning when Redis has lost its memory', async () => {
    const queue = await openQueue();
    openWorker(async () => {
      throw new Error('answered 503');
    });
    const options = { attempts: 2, backoff: 60_000 };
    await add(queue, 'r-1', options);
    await eventually(async () => expect(await queue.getJobState('r-1')).toBe('delayed'));
    await openRedis().flushall();
    await add(queue, 'r-1', options);
    await eventually(() => expect(begins.map(({ attemptsMade }) => attemptsMade)).toEqual([0, 0]));
  });
});

describe('a cancellation goes through a key of ours, since BullMQ', () => {
  it('stops a job only from within the process that works on it', async () => {
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal) => {
      signals.push(signal);
      return withoutEnd();
    };
    const queue = await openQueue();
    const workers = [openWorker(work), openWorker(work)];
    await add(queue, 'r-1');
    await eventually(() => expect(begins).toHaveLength(1));
    const [own, other] = workers.toSorted((one) => (one.id === begins[0]?.worker ? -1 : 1));
    expect(other?.cancelJob('r-1')).toBe(false);
    expect(await queue.remove('r-1')).toBe(0);
    await pause(longMs);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    expect(own?.cancelJob('r-1')).toBe(true);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe('the end of a run is looked up in the ledger, since BullMQ', () => {
  it('reports no end of a job that Redis has forgotten', async () => {
    const queue = await openQueue();
    const end = Promise.withResolvers<void>();
    openWorker(() => end.promise);
    const events = new QueueEvents(name, { connection: connection(), prefix });
    events.on('error', () => undefined);
    closing.push(() => events.close());
    await events.waitUntilReady();
    const job = await add(queue, 'r-1');
    await eventually(() => expect(begins).toHaveLength(1));
    const reported = expect(job.waitUntilFinished(events, longMs)).rejects.toThrow('timed out');
    await pause(200);
    await openRedis().flushall();
    end.resolve();
    await reported;
  });
});
