import { setTimeout as pause } from 'node:timers/promises';
import type { JobContext } from '@daytrade/jobs';
import { BullMqQueue, type RedisAddress } from '@daytrade/jobs/redis';
import { clockAt, controlledHandler, jobOf, MemoryRunLedger, requestOf } from '@daytrade/jobs/testing';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { RedisServer } from '../support/redis-server.ts';

/** Report of a worker about a job. */
interface WorkerEvent {
  readonly event: 'begin' | 'end';
  readonly run: string;
  readonly attempt: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

let prefixes = 0;
let prefix: string;
let ledger: MemoryRunLedger;
let events: WorkerEvent[];
beforeEach(() => {
  prefix = `failures-${prefixes++}`;
  ledger = new MemoryRunLedger();
  events = [];
});

function openQueue(works: boolean, redis: RedisAddress = server.address, sweepSeconds = 0.5) {
  const problems: string[] = [];
  const errors: unknown[] = [];
  const queue = new BullMqQueue({
    ledger,
    jobs: [jobOf('training', async () => ({}))],
    redis,
    prefix,
    works,
    clock: clockAt(),
    random: Math.random,
    lockSeconds: 2,
    sweepSeconds,
    onError: (error) => errors.push(error),
    onConnection: (problem) => problems.push(problem?.message ?? 'reached'),
  });
  closing.push(() => queue.stop(0));
  return { queue, problems, errors };
}

/** A plain client, as something else that writes into Redis has it. */
function openRedis(): Redis {
  const { host, port, password, tls } = server.address;
  const redis = new Redis({ host, port, password: String(password), tls: { ...tls } as object });
  closing.push(async () => redis.disconnect());
  return redis;
}

/** Starts a worker, with connections of its own, whose jobs take so long. */
async function startWorker(jobSeconds: number): Promise<void> {
  const { queue } = openQueue(true);
  const work = async ({ run, signal }: JobContext) => {
    const tell = (event: WorkerEvent['event']) =>
      events.push({ event, run: run.id, attempt: run.attempt, at: Date.now() });
    tell('begin');
    await pause(jobSeconds * 1_000, undefined, { signal });
    tell('end');
    return { attempt: run.attempt };
  };
  queue.register(jobOf('training', work));
  await queue.start();
}

const eventually = <Value>(check: () => Value | Promise<Value>, timeout = 40_000) =>
  vi.waitFor(check, { timeout, interval: 50 });
const eventsOf = (event: WorkerEvent['event']) => events.filter((each) => each.event === event);

/** Pairs of jobs that were worked on at the same time. */
function overlaps(): number {
  const spans = eventsOf('begin').map((begin) => ({
    from: begin.at,
    to: eventsOf('end').find(({ run, attempt }) => run === begin.run && attempt === begin.attempt)?.at ?? Infinity,
  }));
  return spans.filter((one, index) =>
    spans.some((other, place) => place > index && one.from < other.to && other.from < one.to),
  ).length;
}

describe('two workers and one group', () => {
  it('never overlap, whoever takes the next run', async () => {
    const { queue } = openQueue(false);
    await startWorker(0.2);
    await startWorker(0.2);
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, number) => queue.enqueue(requestOf('training', `training/${number}`))),
    );
    const ended = await Promise.all(runs.map(({ id }) => queue.finished(id)));
    expect(ended.every(({ status, attempt }) => status === 'succeeded' && attempt === 1)).toBe(true);
    expect(eventsOf('begin')).toHaveLength(20);
    expect(overlaps()).toBe(0);
  });
});

/** Far less than any wait for Redis, and room for what else the machine does. */
const atOnceMs = 1_000;

describe('Redis that is killed and comes back', () => {
  it('costs nothing: what runs goes on, what is asked for meanwhile is accepted at once and runs later', async () => {
    const { queue, problems } = openQueue(false);
    await startWorker(4);
    await eventually(() => queue.reachable());
    const running = await queue.enqueue(requestOf('training', 'training/1'));
    await eventually(() => expect(eventsOf('begin')).toHaveLength(1));
    await server.kill();
    await pause(2_000);
    const asked = performance.now();
    const waiting = await queue.enqueue(requestOf('training', 'training/2'));
    expect(performance.now() - asked).toBeLessThan(atOnceMs);
    await expect(queue.reachable()).rejects.toMatchObject({ code: 'service.unavailable' });
    await pause(8_000);
    expect(await ledger.find(running.id)).toMatchObject({ status: 'succeeded' });
    await server.start();
    expect(await queue.finished(running.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(await queue.finished(waiting.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    await eventually(() => queue.reachable());
    expect(eventsOf('begin')).toHaveLength(2);
    expect(overlaps()).toBe(0);
    expect(problems.filter((problem) => problem === 'reached')).toHaveLength(2);
    // A reason is said once, however often a connection was tried meanwhile.
    expect(problems.filter((problem, index) => problem === problems[index - 1])).toEqual([]);
  });

  it('is not needed to ask for a run, before it was ever there', async () => {
    const nowhere = { ...server.address, port: 1 };
    const { queue, problems } = openQueue(false, nowhere);
    const asked = performance.now();
    const run = await queue.enqueue(requestOf('training'));
    expect(performance.now() - asked).toBeLessThan(atOnceMs);
    await startWorker(0.1);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    await eventually(() => expect(problems[0]).toMatch(/does not answer: ECONNREFUSED/));
  });
});

describe('Redis that forgets everything', () => {
  it('gets what is unfinished again; what runs is not run beside itself', async () => {
    const { queue } = openQueue(false);
    await startWorker(5);
    await startWorker(5);
    const running = await queue.enqueue(requestOf('training', 'training/1'));
    const waiting = await queue.enqueue(requestOf('training', 'training/2'));
    await eventually(() => expect(eventsOf('begin')).toHaveLength(1));
    const redis = openRedis();
    await redis.flushall();
    expect(await queue.finished(running.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(await queue.finished(waiting.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
    await pause(3_000);
    expect(eventsOf('begin')).toHaveLength(2);
    expect(overlaps()).toBe(0);
  });
});

describe('what Redis holds', () => {
  it('is nothing of a run that has ended, nor of one that the ledger does not know', async () => {
    const redis = openRedis();
    const entries = new Queue('group-training', { connection: redis, prefix });
    await entries.add('training', {}, { jobId: 'of-nobody' });
    const { queue, errors } = openQueue(true);
    queue.register(jobOf('training', async () => ({})));
    await queue.start();
    const { id } = await queue.enqueue(requestOf('training'));
    expect(await queue.finished(id)).toMatchObject({ status: 'succeeded' });
    await eventually(async () => {
      const counts = await entries.getJobCounts('wait', 'active', 'delayed', 'completed', 'failed');
      expect(new Set(Object.values(counts))).toEqual(new Set([0]));
      expect(await Promise.all(['of-nobody', id].map((entry) => entries.getJob(entry)))).toEqual([
        undefined,
        undefined,
      ]);
    }, 3_000);
    expect(errors).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('reaches the process that runs it', async () => {
    const { queue } = openQueue(false);
    await startWorker(60);
    const run = await queue.enqueue(requestOf('training'));
    await eventually(() => expect(eventsOf('begin')).toHaveLength(1));
    const asked = performance.now();
    await queue.cancel(run.id);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'cancelled', error: { code: 'run.cancelled' } });
    expect(performance.now() - asked).toBeLessThan(3_000);
  });

  it('says that it cannot reach a run while Redis is away', async () => {
    const { queue } = openQueue(false, { ...server.address, port: 1 });
    const run = await queue.enqueue(requestOf('training'));
    await ledger.update(run, { status: 'running', attempt: 1 });
    await expect(queue.cancel(run.id)).rejects.toMatchObject({ code: 'service.unavailable' });
  });
});

describe('what cannot be right', () => {
  const refused = async (redis: RedisAddress, message: RegExp) => {
    const { queue } = openQueue(false, redis);
    await eventually(async () => {
      const error = await queue.reachable().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'dependency.refused', message: expect.stringMatching(message) });
      expect(String(error)).not.toContain('wrong');
    }, 10_000);
  };

  it.each([
    ['wrong', 'a-wrong-one', /refuses the password.*DAYTRADE_REDIS_PASSWORD/],
    ['missing', undefined, /asks for a password/],
  ])('is said of a %s password', (_, password, message) => refused({ ...server.address, password }, message));

  it('is said of a certificate that another authority signed', async () => {
    const { ca } = makeCertificates(server.folder, 'another-authority');
    await refused({ ...server.address, tls: { ca } }, /authority that is not trusted.*DAYTRADE_REDIS_URL/);
  });
});

describe('a run that its worker does not end', () => {
  /** A worker that finds nothing by a sweep: it has what Redis delivers alone. */
  async function openWorker() {
    const { queue } = openQueue(true, server.address, 600);
    await eventually(() => queue.reachable());
    return queue;
  }

  it('goes to another worker when its own stops, which does not count the attempt', async () => {
    const { calls, handler } = controlledHandler();
    const [stopping, other] = [await openWorker(), await openWorker()];
    stopping.register(jobOf('training', handler));
    other.register(jobOf('training', async () => ({})));
    await stopping.start();
    const run = await stopping.enqueue(requestOf('training'));
    await eventually(() => expect(calls).toHaveLength(1));
    await other.start();
    await stopping.stop(0.2);
    const { queue: asking } = openQueue(false);
    expect(await asking.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('waits for a worker that knows its job', async () => {
    const [ignorant, other] = [await openWorker(), await openWorker()];
    ignorant.register(jobOf('audit', async () => ({}), { concurrencyGroup: 'training' }));
    other.register(jobOf('training', async () => ({})));
    const run = await other.enqueue(requestOf('training'));
    await ignorant.start();
    await pause(1_000);
    await other.start();
    const { queue: asking } = openQueue(false);
    expect(await asking.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });
});

it('the end of a run is written once the database is back', async () => {
  let refusals = 2;
  ledger = new (class extends MemoryRunLedger {
    override async update(...input: Parameters<MemoryRunLedger['update']>) {
      if (input[1].status === 'succeeded' && refusals-- > 0) throw new Error('the database is away');
      return await super.update(...input);
    }
  })();
  const { queue, errors } = openQueue(true);
  queue.register(jobOf('training', async () => ({ rows: 7 })));
  await queue.start();
  const { id } = await queue.enqueue(requestOf('training'));
  expect(await queue.finished(id)).toMatchObject({ status: 'succeeded', attempt: 1, result: { rows: 7 } });
  expect(errors.map(String)).toEqual(['Error: the database is away', 'Error: the database is away']);
});
