import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it, vi } from 'vitest';
import type { JobDefinition, JobHandler } from '../../queue.ts';
import type { Run } from '../../run.ts';
import { controlledHandler, jobOf, requestOf } from '../../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../../testing/fake-time.ts';
import { MemoryRunLedger } from '../../testing/memory-run-ledger.ts';
import { InProcessQueue } from './in-process-queue.ts';

stopTimeAt('2026-11-24T00:00:00Z');

/** With times that only a clock which is moved by hand can wait for. */
const definition = (name: string, handler: JobHandler, rest: Partial<JobDefinition> = {}): JobDefinition =>
  jobOf(name, handler, { timeoutSeconds: 60, backoffSeconds: 10, ...rest });

let draws = 0;

function openQueue(definitions: readonly JobDefinition[], ledger = new MemoryRunLedger(), concurrency = 2) {
  const errors: unknown[] = [];
  const random = () => (draws++ * 0.618) % 1;
  const onError = (error: unknown) => errors.push(error);
  const queue = new InProcessQueue({ ledger, clock: fakeClock, random, concurrency, onError });
  for (const each of definitions) queue.register(each);
  return { queue, ledger, errors };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a run', () => {
  it('is queued in the ledger, runs with its payload, and ends with the result of the handler', async () => {
    const { queue, ledger } = openQueue([definition('training', async ({ payload }) => ({ seedWas: payload.seed }))]);
    const queued = await queue.enqueue(requestOf('training'));
    expect(queued).toMatchObject({
      status: 'queued',
      attempt: 0,
      maxAttempts: 3,
      queuedAt: '2026-11-24T00:00:00.000Z',
    });
    await queue.start();
    const ended = await queue.finished(queued.id);
    expect(ended).toMatchObject({ status: 'succeeded', attempt: 1, result: { seedWas: 7 }, error: null });
    expect(ended.progress).toMatchObject({ fraction: 1, remainingSeconds: 0 });
    expect(await ledger.find(queued.id)).toEqual(ended);
  });

  it('has an id that begins with the time of its queueing', async () => {
    const { queue } = openQueue([definition('training', async () => ({}))]);
    expect((await queue.enqueue(requestOf('training'))).id).toMatch(/^r20261124-000000-[0-9a-z]{8}$/);
  });

  it('is refused for a job that does not exist, naming those that do', async () => {
    const { queue } = openQueue([definition('training', async () => ({}))]);
    await expect(queue.enqueue(requestOf('trianing'))).rejects.toMatchObject({
      code: 'job.unknown',
      message: 'there is no job "trianing"; the jobs are training',
    });
  });

  it('is the same run for a second request of its key while it has not ended', async () => {
    const { calls, handler } = controlledHandler();
    const { queue } = openQueue([definition('training', handler)]);
    await queue.start();
    const first = await queue.enqueue(requestOf('training'));
    await settle();
    expect((await queue.enqueue(requestOf('training'))).id).toBe(first.id);
    calls[0]!.end.resolve({});
    await queue.finished(first.id);
    expect((await queue.enqueue(requestOf('training'))).id).not.toBe(first.id);
  });

  it('has a key of bounded length, which differs where the keys differ', async () => {
    const { queue } = openQueue([definition('fetch', async () => ({}))]);
    const folder = '/data'.repeat(1000);
    const [one, same, other] = [`${folder}/1`, `${folder}/1`, `${folder}/2`].map((key) => requestOf('fetch', key));
    const run = await queue.enqueue(one!);
    expect(run.key).toHaveLength(200);
    expect((await queue.enqueue(same!)).id).toBe(run.id);
    expect((await queue.enqueue(other!)).id).not.toBe(run.id);
  });

  it('tells its progress into the ledger about once a second', async () => {
    const { calls, handler } = controlledHandler();
    const { queue, ledger } = openQueue([definition('training', handler)]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    await settle();
    await vi.advanceTimersByTimeAsync(10_000);
    calls[0]!.context.progress({ stage: 'features', fraction: 0.1 });
    calls[0]!.context.progress({ stage: 'training', fraction: 0.5, message: 'fold 2 of 4' });
    expect((await ledger.find(run.id))?.progress).toBeNull();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await ledger.find(run.id))?.progress).toEqual({
      stage: 'training',
      fraction: 0.5,
      remainingSeconds: 10,
      message: 'fold 2 of 4',
    });
    calls[0]!.end.resolve({});
    await queue.finished(run.id);
  });
});

describe('concurrency', () => {
  it('runs jobs of one group one after another and other groups beside them, up to the number allowed', async () => {
    const { calls, handler } = controlledHandler();
    const writing = { concurrencyGroup: 'bars' };
    const { queue } = openQueue([
      definition('fetch', handler, writing),
      definition('import', handler, writing),
      definition('training', handler),
      definition('evaluation', handler),
    ]);
    await queue.start();
    for (const job of ['fetch', 'import', 'training', 'evaluation']) await queue.enqueue(requestOf(job));
    await settle();
    expect(calls.map(({ context }) => context.run.job)).toEqual(['fetch', 'training']);
    calls[1]!.end.resolve({});
    await settle();
    expect(calls.map(({ context }) => context.run.job)).toEqual(['fetch', 'training', 'evaluation']);
    calls[0]!.end.resolve({});
    await settle();
    expect(calls.map(({ context }) => context.run.job)).toEqual(['fetch', 'training', 'evaluation', 'import']);
  });
});

describe('retries', () => {
  it('come after a growing pause, until one succeeds', async () => {
    const startedAt: number[] = [];
    const { queue } = openQueue([
      definition('fetch', async () => {
        startedAt.push(Date.now() - Date.parse('2026-11-24T00:00:00Z'));
        if (startedAt.length < 3) throw new DayTradeError('data.provider-failed', 'answered 503');
        return { bars: 60 };
      }),
    ]);
    await queue.start();
    const run = await queue.enqueue(requestOf('fetch'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 3, error: null });
    const [first, second, third] = startedAt as [number, number, number];
    expect(first).toBe(0);
    expect(second - first).toBeGreaterThanOrEqual(5000);
    expect(second - first).toBeLessThanOrEqual(10_000);
    expect(third - second).toBeGreaterThanOrEqual(10_000);
    expect(third - second).toBeLessThanOrEqual(20_000);
  });

  it('show why the last attempt failed while the run waits for the next', async () => {
    const { queue, ledger } = openQueue([
      definition('fetch', async () => {
        throw new DayTradeError('data.provider-failed', 'answered 503');
      }),
    ]);
    await queue.start();
    const run = await queue.enqueue(requestOf('fetch'));
    await settle();
    expect(await ledger.find(run.id)).toMatchObject({
      status: 'queued',
      attempt: 1,
      error: { message: 'answered 503' },
    });
  });

  it('end with the error and the payload kept when no attempt is left', async () => {
    const { queue } = openQueue([
      definition('fetch', async () => {
        throw new TypeError('undefined is not a function');
      }),
    ]);
    await queue.start();
    const run = await queue.enqueue(requestOf('fetch'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await queue.finished(run.id)).toMatchObject({
      status: 'failed',
      attempt: 3,
      payload: { seed: 7 },
      error: { code: 'internal.bug', message: 'undefined is not a function' },
    });
  });

  it('are not made for what the person who asked has to correct', async () => {
    const { queue } = openQueue([
      definition('training', async () => {
        throw new DayTradeError('training.too-little-data', '3 sessions', { details: { sessions: 3 } });
      }),
    ]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    await settle();
    expect(await queue.finished(run.id)).toMatchObject({
      status: 'failed',
      attempt: 1,
      error: { code: 'training.too-little-data', details: { sessions: 3 } },
    });
  });
});

describe('a timeout', () => {
  it('aborts the handler and ends the run as timed out, without another attempt', async () => {
    const { calls, handler } = controlledHandler();
    const { queue } = openQueue([definition('training', handler, { timeoutSeconds: 90 })]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    await vi.advanceTimersByTimeAsync(90_000);
    const ended = await queue.finished(run.id);
    expect(ended).toMatchObject({ status: 'timed-out', attempt: 1, error: { code: 'run.timed-out' } });
    expect(ended.error?.message).toBe('job training was stopped after 90 s, its timeout');
    expect(calls).toHaveLength(1);
  });
});

describe('cancellation', () => {
  it('ends a waiting run at once', async () => {
    const { calls, handler } = controlledHandler();
    const { queue } = openQueue([definition('training', handler)]);
    const run = await queue.enqueue(requestOf('training'));
    expect(await queue.cancel(run.id)).toMatchObject({ status: 'cancelled', error: { code: 'run.cancelled' } });
    await queue.start();
    await settle();
    expect(calls).toEqual([]);
  });

  it('aborts a running one, which then ends as cancelled and makes room for the next', async () => {
    const { calls, handler } = controlledHandler();
    const { queue } = openQueue([definition('training', handler)]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training', 'training/1'));
    const next = await queue.enqueue(requestOf('training', 'training/2'));
    await settle();
    await queue.cancel(run.id);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'cancelled' });
    await settle();
    expect(calls[1]?.context.run.id).toBe(next.id);
  });

  it('ends a run between two attempts', async () => {
    const { queue } = openQueue([
      definition('fetch', async () => {
        throw new DayTradeError('data.provider-failed', 'answered 503');
      }),
    ]);
    await queue.start();
    const run = await queue.enqueue(requestOf('fetch'));
    await settle();
    expect(await queue.cancel(run.id)).toMatchObject({ status: 'cancelled', attempt: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'cancelled', attempt: 1 });
  });

  it('leaves a run that has ended as it is', async () => {
    const { queue } = openQueue([definition('training', async () => ({ done: true }))]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    await queue.finished(run.id);
    expect(await queue.cancel(run.id)).toMatchObject({ status: 'succeeded', result: { done: true } });
  });

  it('is refused for a run that does not exist', async () => {
    const { queue } = openQueue([]);
    await expect(queue.cancel('r-none')).rejects.toMatchObject({ code: 'run.not-found' });
    await expect(queue.finished('r-none')).rejects.toMatchObject({ code: 'run.not-found' });
  });
});

describe('the next start after a process died', () => {
  async function leave(ledger: MemoryRunLedger, change: Partial<Run>): Promise<string> {
    const { queue } = openQueue([definition('training', async () => ({}))], ledger);
    const { id } = await queue.enqueue(requestOf('training', `training/${JSON.stringify(change)}`));
    await ledger.update(id, change);
    return id;
  }

  it('runs what was queued and what ran, and counts the attempt that was lost', async () => {
    const ledger = new MemoryRunLedger();
    const waited = await leave(ledger, { status: 'queued' });
    const ran = await leave(ledger, { status: 'running', attempt: 1, startedAt: '2026-11-23T00:00:00.000Z' });
    const { queue } = openQueue([definition('training', async () => ({ done: true }))], ledger);
    await queue.start();
    expect(await queue.finished(waited)).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(await queue.finished(ran)).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect((await queue.finished(ran)).startedAt).toBe('2026-11-24T00:00:00.000Z');
  });

  it('fails a run that has used up its attempts, and says why', async () => {
    const ledger = new MemoryRunLedger();
    const id = await leave(ledger, { status: 'running', attempt: 3 });
    const { queue } = openQueue([definition('training', async () => ({}))], ledger);
    await queue.start();
    expect(await queue.finished(id)).toMatchObject({
      status: 'failed',
      error: { code: 'run.failed', message: 'the process ended while it ran training, at attempt 3 of 3' },
    });
  });

  it('leaves a run whose job this process does not know', async () => {
    const ledger = new MemoryRunLedger();
    const id = await leave(ledger, { status: 'queued' });
    await openQueue([], ledger).queue.start();
    expect(await ledger.find(id)).toMatchObject({ status: 'queued' });
  });
});

describe('stopping', () => {
  it('waits for what runs, starts nothing more and takes no more', async () => {
    const { calls, handler } = controlledHandler();
    const { queue, ledger } = openQueue([definition('training', handler)]);
    await queue.start();
    const running = await queue.enqueue(requestOf('training', 'training/1'));
    const waiting = await queue.enqueue(requestOf('training', 'training/2'));
    await settle();
    const stopped = queue.stop(30);
    await vi.advanceTimersByTimeAsync(10_000);
    calls[0]!.end.resolve({});
    await stopped;
    expect(await ledger.find(running.id)).toMatchObject({ status: 'succeeded' });
    expect(await ledger.find(waiting.id)).toMatchObject({ status: 'queued', attempt: 0 });
    await expect(queue.enqueue(requestOf('training', 'training/3'))).rejects.toMatchObject({
      code: 'service.unavailable',
    });
  });

  it('aborts what takes longer, gives its attempt back, and lets nobody wait for its end', async () => {
    const { handler } = controlledHandler();
    const { queue, ledger } = openQueue([definition('training', handler)]);
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    const end = expect(queue.finished(run.id)).rejects.toMatchObject({ code: 'service.unavailable' });
    await settle();
    const stopped = queue.stop(5);
    await vi.advanceTimersByTimeAsync(5000);
    await stopped;
    await end;
    expect(await ledger.find(run.id)).toMatchObject({ status: 'queued', attempt: 0 });
  });
});

describe('listeners', () => {
  it('hear of every run that ends, once, until they stop listening', async () => {
    const { queue } = openQueue([definition('training', async () => ({}))]);
    const heard: string[] = [];
    const stopListening = queue.onFinished(({ job, status }) => heard.push(`${job} ${status}`));
    await queue.start();
    await queue.finished((await queue.enqueue(requestOf('training'))).id);
    expect(heard).toEqual(['training succeeded']);
    stopListening();
    await queue.finished((await queue.enqueue(requestOf('training'))).id);
    expect(heard).toHaveLength(1);
  });

  it('cannot break a run by throwing', async () => {
    const { queue, errors } = openQueue([definition('training', async () => ({}))]);
    queue.onFinished(() => {
      throw new Error('the metric has no such label');
    });
    await queue.start();
    const run = await queue.enqueue(requestOf('training'));
    expect(await queue.finished(run.id)).toMatchObject({ status: 'succeeded' });
    expect(errors).toMatchObject([{ message: 'the metric has no such label' }]);
  });
});

describe('a ledger that fails', () => {
  it('is reported and costs an attempt', async () => {
    const ledger = new MemoryRunLedger();
    const { queue, errors } = openQueue([definition('training', async () => ({}))], ledger);
    await queue.start();
    const update = vi.spyOn(ledger, 'update').mockRejectedValueOnce(new Error('disk full'));
    const run = await queue.enqueue(requestOf('training'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(errors).toMatchObject([{ message: 'disk full' }]);
    expect(await queue.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 2 });
    update.mockRestore();
  });

  it('fails those who wait when it fails to the last attempt', async () => {
    const ledger = new MemoryRunLedger();
    const { queue } = openQueue([definition('training', async () => ({}))], ledger);
    await queue.start();
    vi.spyOn(ledger, 'update').mockRejectedValue(new Error('disk full'));
    const run = await queue.enqueue(requestOf('training'));
    const end = expect(queue.finished(run.id)).rejects.toMatchObject({ message: 'disk full' });
    await vi.advanceTimersByTimeAsync(60_000);
    await end;
    await expect(queue.finished(run.id)).rejects.toMatchObject({ code: 'service.unavailable' });
  });
});
