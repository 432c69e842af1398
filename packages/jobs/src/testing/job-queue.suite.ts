import { noPayloadSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JobQueue } from '../queue/ledger-queue.ts';
import { mostUnfinished } from '../queue/queue-errors.ts';
import type { JobDefinition } from '../queue.ts';
import type { Run } from '../run.ts';
import { controlledHandler, jobOf, requestOf } from './controlled-handler.ts';
import { MemoryRunLedger } from './memory-run-ledger.ts';
import { PausedLedger } from './paused-ledger.ts';

/** Makes a queue that works on what is in the ledger; the suite registers its jobs, and starts and stops it. */
export type MakeQueue = (ledger: MemoryRunLedger) => JobQueue;

/** What every queue does. In real time, so that it holds with a server behind the queue as well. */
export function describeJobQueue(name: string, makeQueue: MakeQueue): void {
  const opened: JobQueue[] = [];
  const open = (definitions: readonly JobDefinition[], ledger = new MemoryRunLedger()) => {
    const queue = makeQueue(ledger);
    opened.push(queue);
    for (const definition of definitions) queue.register(definition);
    return { queue, ledger };
  };
  const start = async (...definitionsAndLedger: Parameters<typeof open>) => {
    const opened = open(...definitionsAndLedger);
    await opened.queue.start();
    return opened;
  };
  const eventually = <Value>(check: () => Value) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.stop(0)));
  });

  describe(`${name}: a run`, () => {
    it('is queued in the ledger, runs with its payload, and ends with the result of the handler', async () => {
      const { queue, ledger } = open([jobOf('training', async ({ payload }) => ({ seedWas: payload.seed }))]);
      const queued = await queue.enqueue(requestOf('training'));
      expect(queued).toMatchObject({ status: 'queued', attempt: 0, maxAttempts: 3 });
      await queue.start();
      const ended = await queue.finished(queued.id);
      expect(ended).toMatchObject({ status: 'succeeded', attempt: 1, result: { seedWas: 7 }, error: null });
      expect(ended.progress).toMatchObject({ fraction: 1, remainingSeconds: 0 });
      expect(await ledger.find(queued.id)).toEqual(ended);
    });

    it('is refused for a job that does not exist, naming those that do', async () => {
      const { queue } = open([jobOf('training', async () => ({}))]);
      await expect(queue.enqueue(requestOf('trianing'))).rejects.toMatchObject({
        code: 'job.unknown',
        message: 'there is no job "trianing"; the jobs are training',
      });
    });

    it('is refused where its payload is not what the job takes, and leaves no trace', async () => {
      const { queue, ledger } = open([jobOf('training', async () => ({}), { payload: noPayloadSchema })]);
      await expect(queue.enqueue(requestOf('training'))).rejects.toMatchObject({
        code: 'input.invalid',
        message: expect.stringMatching(/^payload: .*seed/),
      });
      expect(await ledger.list({ limit: 1 })).toEqual([]);
    });

    it('is refused where too many wait, until one has ended; the same work as one that waits is not', async () => {
      const { queue } = open([jobOf('training', async () => ({})), jobOf('fetch', async () => ({}))]);
      const runs: Run[] = [];
      for (let number = 0; number < mostUnfinished.ofJob; number += 1) {
        runs.push(await queue.enqueue(requestOf('training', `training/${number}`)));
      }
      await expect(queue.enqueue(requestOf('training', 'training/more'))).rejects.toMatchObject({
        code: 'queue.full',
        details: { retryAfterSeconds: 60 },
      });
      expect((await queue.enqueue(requestOf('training', 'training/7'))).id).toBe(runs[7]!.id);
      expect((await queue.enqueue(requestOf('fetch'))).status).toBe('queued');
      await queue.cancel(runs[0]!.id);
      expect((await queue.enqueue(requestOf('training', 'training/more'))).status).toBe('queued');
    });

    it('is one run for two requests of its key, and runs once', async () => {
      const { calls, handler } = controlledHandler();
      const { queue } = await start([jobOf('training', handler)]);
      const [first, same] = await Promise.all([
        queue.enqueue(requestOf('training')),
        queue.enqueue(requestOf('training')),
      ]);
      expect(same.id).toBe(first.id);
      await eventually(() => expect(calls).toHaveLength(1));
      expect((await queue.enqueue(requestOf('training'))).id).toBe(first.id);
      calls[0]!.end.resolve({});
      await queue.finished(first.id);
      expect(calls).toHaveLength(1);
      expect((await queue.enqueue(requestOf('training'))).id).not.toBe(first.id);
    });

    it('writes its progress to the ledger', async () => {
      const { calls, handler } = controlledHandler();
      const { queue, ledger } = await start([jobOf('training', handler)]);
      const { id } = await queue.enqueue(requestOf('training'));
      await eventually(() => expect(calls).toHaveLength(1));
      calls[0]!.context.progress({ stage: 'training', fraction: 0.5, message: 'fold 2 of 4' });
      await vi.waitFor(
        async () => expect((await ledger.find(id))?.progress).toMatchObject({ fraction: 0.5, message: 'fold 2 of 4' }),
        { timeout: 5_000 },
      );
      calls[0]!.end.resolve({});
      await queue.finished(id);
    });

    it('is heard of by listeners once, until they stop listening', async () => {
      const { queue } = await start([jobOf('training', async () => ({}))]);
      const heard: string[] = [];
      const stopListening = queue.onFinished(({ job, status }) => heard.push(`${job} ${status}`));
      await queue.finished((await queue.enqueue(requestOf('training'))).id);
      await eventually(() => expect(heard).toEqual(['training succeeded']));
      stopListening();
      await queue.finished((await queue.enqueue(requestOf('training'))).id);
      expect(heard).toHaveLength(1);
    });
  });

  describe(`${name}: concurrency`, () => {
    it('runs jobs of one group one after another, in their order, and other groups beside them', async () => {
      const { calls, handler } = controlledHandler();
      const writing = { concurrencyGroup: 'bars' };
      const { queue } = await start([
        jobOf('fetch', handler, writing),
        jobOf('import', handler, writing),
        jobOf('training', handler),
      ]);
      for (const job of ['fetch', 'import', 'training']) await queue.enqueue(requestOf(job));
      await eventually(() => expect(jobsOf(calls)).toEqual(['fetch', 'training']));
      calls.find(({ context }) => context.run.job === 'fetch')!.end.resolve({});
      await eventually(() => expect(jobsOf(calls)).toEqual(['fetch', 'import', 'training']));
    });
  });

  describe(`${name}: retries`, () => {
    it('come after a pause until one succeeds, and show why the last attempt failed meanwhile', async () => {
      const seen: (string | undefined)[] = [];
      const { queue, ledger } = await start([
        jobOf('fetch', async ({ run }) => {
          seen.push((await ledger.find(run.id))?.error?.message);
          if (seen.length < 3) throw new DayTradeError('data.provider-failed', `answered 50${seen.length}`);
          return { bars: 60 };
        }),
      ]);
      const run = await queue.enqueue(requestOf('fetch'));
      expect(await queue.finished(run.id)).toMatchObject({ status: 'succeeded', attempt: 3, error: null });
      expect(seen).toEqual([undefined, 'answered 501', 'answered 502']);
    });

    it('end with the error and the payload kept when no attempt is left', async () => {
      const { queue } = await start([
        jobOf('fetch', async () => {
          throw new TypeError('undefined is not a function');
        }),
      ]);
      const run = await queue.enqueue(requestOf('fetch'));
      expect(await queue.finished(run.id)).toMatchObject({
        status: 'failed',
        attempt: 3,
        payload: { seed: 7 },
        error: { code: 'internal.bug', message: 'undefined is not a function' },
      });
    });

    it('are not made for what the person who asked has to correct', async () => {
      const { queue } = await start([
        jobOf('training', async () => {
          throw new DayTradeError('training.too-little-data', '3 sessions', { details: { sessions: 3 } });
        }),
      ]);
      const run = await queue.enqueue(requestOf('training'));
      expect(await queue.finished(run.id)).toMatchObject({
        status: 'failed',
        attempt: 1,
        error: { code: 'training.too-little-data', details: { sessions: 3 } },
      });
    });
  });

  it(`${name}: a timeout aborts the handler and ends the run as timed out, without another attempt`, async () => {
    const { calls, handler } = controlledHandler();
    const { queue } = await start([jobOf('training', handler, { timeoutSeconds: 0.3 })]);
    const run = await queue.enqueue(requestOf('training'));
    expect(await queue.finished(run.id)).toMatchObject({
      status: 'timed-out',
      attempt: 1,
      error: { code: 'run.timed-out', message: 'job training was stopped after 0.3 s, its timeout' },
    });
    expect(calls).toHaveLength(1);
  });

  describe(`${name}: cancellation`, () => {
    it('ends a waiting run at once', async () => {
      const { calls, handler } = controlledHandler();
      const { queue } = open([jobOf('training', handler)]);
      const run = await queue.enqueue(requestOf('training'));
      expect(await queue.cancel(run.id)).toMatchObject({ status: 'cancelled', error: { code: 'run.cancelled' } });
      await queue.start();
      const next = await queue.enqueue(requestOf('training'));
      await eventually(() => expect(calls.map(({ context }) => context.run.id)).toEqual([next.id]));
    });

    it('aborts a running one, which then ends as cancelled and makes room for the next', async () => {
      const { calls, handler } = controlledHandler();
      const { queue } = await start([jobOf('training', handler)]);
      const run = await queue.enqueue(requestOf('training', 'training/1'));
      const next = await queue.enqueue(requestOf('training', 'training/2'));
      await eventually(() => expect(calls).toHaveLength(1));
      await queue.cancel(run.id);
      expect(await queue.finished(run.id)).toMatchObject({ status: 'cancelled', error: { code: 'run.cancelled' } });
      await eventually(() => expect(calls[1]?.context.run.id).toBe(next.id));
    });

    it('ends a run between two attempts', async () => {
      const attempt = vi.fn(async () => {
        throw new DayTradeError('data.provider-failed', 'answered 503');
      });
      const { queue, ledger } = await start([jobOf('fetch', attempt, { backoffSeconds: 0.4 })]);
      const { id } = await queue.enqueue(requestOf('fetch'));
      const waiting = { attempt: 1, status: 'queued', error: { message: 'answered 503' } };
      await vi.waitFor(async () => expect(await ledger.find(id)).toMatchObject(waiting), {
        timeout: 15_000,
        interval: 10,
      });
      expect(await queue.cancel(id)).toMatchObject({ status: 'cancelled', attempt: 1 });
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(attempt).toHaveBeenCalledTimes(1);
      expect(await queue.finished(id)).toMatchObject({ status: 'cancelled', attempt: 1 });
    });

    it('holds for a run that a worker is about to begin', async () => {
      const ledger = new PausedLedger();
      const beginning = ledger.hold('before', 'running');
      const { calls, handler } = controlledHandler();
      const { queue } = await start([jobOf('training', handler)], ledger);
      const run = await queue.enqueue(requestOf('training', 'training/1'));
      await beginning.come;
      await queue.cancel(run.id);
      beginning.release();
      const next = await queue.enqueue(requestOf('training', 'training/2'));
      await eventually(() => expect(calls.map(({ context }) => context.run.id)).toEqual([next.id]));
      expect(await queue.finished(run.id)).toMatchObject({ status: 'cancelled' });
    });

    it('holds for a run that the ledger has and that is not in the queue yet', async () => {
      const ledger = new PausedLedger();
      const creation = ledger.hold('after', 'queued');
      const { calls, handler } = controlledHandler();
      const { queue } = await start([jobOf('training', handler)], ledger);
      const asked = queue.enqueue(requestOf('training', 'training/1'));
      await creation.come;
      const [listed] = await ledger.list({ limit: 1 });
      expect(await queue.cancel(listed!.id)).toMatchObject({ status: 'cancelled' });
      creation.release();
      await asked;
      const next = await queue.enqueue(requestOf('training', 'training/2'));
      await eventually(() => expect(calls.map(({ context }) => context.run.id)).toEqual([next.id]));
      expect(await ledger.find(listed!.id)).toMatchObject({ status: 'cancelled', attempt: 0 });
    });

    it('holds for a run whose attempt has just failed', async () => {
      const ledger = new PausedLedger();
      const attempt = vi.fn(async () => {
        throw new DayTradeError('data.provider-failed', 'answered 503');
      });
      const { queue } = open([jobOf('fetch', attempt)], ledger);
      const { id } = await queue.enqueue(requestOf('fetch'));
      const retry = ledger.hold('after', 'queued');
      await queue.start();
      await retry.come;
      await queue.cancel(id);
      retry.release();
      expect(await queue.finished(id)).toMatchObject({ status: 'cancelled', attempt: 1 });
      expect(attempt).toHaveBeenCalledTimes(1);
    });

    it('leaves a run that has ended as it is', async () => {
      const { queue } = await start([jobOf('training', async () => ({ done: true }))]);
      const run = await queue.enqueue(requestOf('training'));
      await queue.finished(run.id);
      expect(await queue.cancel(run.id)).toMatchObject({ status: 'succeeded', result: { done: true } });
    });

    it('is refused for a run that does not exist', async () => {
      const { queue } = open([]);
      await expect(queue.cancel('r-none')).rejects.toMatchObject({ code: 'run.not-found' });
      await expect(queue.finished('r-none')).rejects.toMatchObject({ code: 'run.not-found' });
    });
  });

  describe(`${name}: a handler that does not stop when it is told to`, () => {
    /** As one that waits for a file that never opens. */
    const deaf = () => new Promise<never>(() => undefined);
    const goesOn = async (queue: JobQueue, ledger: MemoryRunLedger, id: string, status: string) => {
      const next = await queue.enqueue(requestOf('fetch', 'fetch/2'));
      expect(await queue.finished(id)).toMatchObject({
        status,
        error: { message: expect.stringContaining('did not stop') },
      });
      expect(await queue.finished(next.id)).toMatchObject({ status: 'succeeded' });
      expect(await ledger.unfinished()).toEqual([]);
    };
    const bars = { concurrencyGroup: 'bars' };

    it('is left behind when its run was cancelled, and the next of its group runs', async () => {
      const handler = vi.fn(deaf);
      const { queue, ledger } = await start([jobOf('import', handler, bars), jobOf('fetch', async () => ({}), bars)]);
      const { id } = await queue.enqueue(requestOf('import'));
      await eventually(() => expect(handler).toHaveBeenCalledTimes(1));
      await queue.cancel(id);
      await goesOn(queue, ledger, id, 'cancelled');
      expect(handler).toHaveBeenCalledTimes(1);
    });

    it('is left behind when its time is over', async () => {
      const slow = jobOf('import', deaf, { ...bars, timeoutSeconds: 0.3 });
      const { queue, ledger } = await start([slow, jobOf('fetch', async () => ({}), bars)]);
      await goesOn(queue, ledger, (await queue.enqueue(requestOf('import'))).id, 'timed-out');
    });

    it('does not keep the queue from stopping, and its attempt counts', async () => {
      const handler = vi.fn(deaf);
      const { queue, ledger } = await start([jobOf('import', handler, { maxAttempts: 2 })]);
      const { id } = await queue.enqueue(requestOf('import'));
      await eventually(() => expect(handler).toHaveBeenCalledTimes(1));
      await queue.stop(0.1);
      expect(await ledger.find(id)).toMatchObject({ status: 'queued', attempt: 1 });
      const { queue: again } = open([jobOf('import', handler, { maxAttempts: 2 })], ledger);
      await again.start();
      await eventually(() => expect(handler).toHaveBeenCalledTimes(2));
      await again.stop(0.1);
      expect(await ledger.find(id)).toMatchObject({ status: 'failed', attempt: 2 });
    });
  });

  describe(`${name}: the next start after a process died`, () => {
    const leave = async (ledger: MemoryRunLedger, change: Partial<Run>): Promise<string> => {
      const { queue } = open([jobOf('training', async () => ({}))], ledger);
      const run = await queue.enqueue(requestOf('training', `training/${JSON.stringify(change)}`));
      await ledger.update(run, change);
      return run.id;
    };

    it('runs what was queued and what ran, and counts the attempt that was lost', async () => {
      const ledger = new MemoryRunLedger();
      const waited = await leave(ledger, { status: 'queued' });
      const ran = await leave(ledger, { status: 'running', attempt: 1, startedAt: '2026-11-23T00:00:00.000Z' });
      const { queue } = await start([jobOf('training', async () => ({ done: true }))], ledger);
      expect(await queue.finished(waited)).toMatchObject({ status: 'succeeded', attempt: 1 });
      const again = await queue.finished(ran);
      expect(again).toMatchObject({ status: 'succeeded', attempt: 2 });
      expect(Date.parse(again.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(again.queuedAt));
    });

    it('fails a run that has used up its attempts, and says why', async () => {
      const ledger = new MemoryRunLedger();
      const id = await leave(ledger, { status: 'running', attempt: 3 });
      const { queue } = await start([jobOf('training', async () => ({}))], ledger);
      expect(await queue.finished(id)).toMatchObject({
        status: 'failed',
        error: {
          code: 'run.failed',
          message: expect.stringMatching(
            /^the process ended while it ran training \(attempt 3 of 3\); .*OOMKilled.* raise the memory/,
          ),
        },
      });
    });

    it('leaves a run whose job this process does not know', async () => {
      const ledger = new MemoryRunLedger();
      const id = await leave(ledger, { status: 'queued' });
      const { queue } = await start([jobOf('fetch', async () => ({}))], ledger);
      await queue.finished((await queue.enqueue(requestOf('fetch'))).id);
      expect(await ledger.find(id)).toMatchObject({ status: 'queued' });
    });
  });

  describe(`${name}: stopping`, () => {
    it('waits for what runs, starts nothing more and takes no more', async () => {
      const { calls, handler } = controlledHandler();
      const { queue, ledger } = await start([jobOf('training', handler)]);
      const running = await queue.enqueue(requestOf('training', 'training/1'));
      const waiting = await queue.enqueue(requestOf('training', 'training/2'));
      await eventually(() => expect(calls).toHaveLength(1));
      const stopped = queue.stop(10);
      calls[0]!.end.resolve({});
      await stopped;
      expect(await ledger.find(running.id)).toMatchObject({ status: 'succeeded' });
      expect(await ledger.find(waiting.id)).toMatchObject({ status: 'queued', attempt: 0 });
      await expect(queue.enqueue(requestOf('training', 'training/3'))).rejects.toMatchObject({
        code: 'service.unavailable',
      });
    });

    it('aborts what takes longer, gives its attempt back, and lets nobody wait for its end', async () => {
      const { calls, handler } = controlledHandler();
      const { queue, ledger } = await start([jobOf('training', handler)]);
      const run = await queue.enqueue(requestOf('training'));
      const end = expect(queue.finished(run.id)).rejects.toMatchObject({ code: 'service.unavailable' });
      await eventually(() => expect(calls).toHaveLength(1));
      await queue.stop(0.2);
      await end;
      expect(await ledger.find(run.id)).toMatchObject({ status: 'queued', attempt: 0 });
    });
  });
}

/** Which jobs were called, sorted: groups do not wait for one another. */
function jobsOf(calls: ReturnType<typeof controlledHandler>['calls']): string[] {
  return calls.map(({ context }) => context.run.job).sort();
}
