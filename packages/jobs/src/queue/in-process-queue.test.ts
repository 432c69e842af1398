import { describe, expect, it, vi } from 'vitest';
import type { JobDefinition, JobHandler } from '../queue.ts';
import { controlledHandler, jobOf, requestOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { describeJobQueue } from '../testing/job-queue.suite.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { InProcessQueue } from './in-process-queue.ts';

describeJobQueue(
  'InProcessQueue',
  (ledger) =>
    new InProcessQueue({
      ledger,
      clock: { now: Date.now, setTimeout, clearTimeout },
      random: Math.random,
      concurrency: 4,
      abortGraceMs: 300,
      onError: () => undefined,
    }),
);

/** A job with times that take a clock moved by hand. */
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

const flush = () => vi.advanceTimersByTimeAsync(0);

describe('InProcessQueue with a clock moved by hand', () => {
  stopTimeAt('2026-11-24T00:00:00Z');

  describe('a run', () => {
    it('has an id that begins with the time of its queueing', async () => {
      const { queue } = openQueue([definition('training', async () => ({}))]);
      const queued = await queue.enqueue(requestOf('training'));
      expect(queued.queuedAt).toBe('2026-11-24T00:00:00.000Z');
      expect(queued.id).toMatch(/^r20261124-000000-[0-9a-z]{8}$/);
    });
  });

  describe('concurrency', () => {
    it('runs as many jobs at once as it may, the others after them', async () => {
      const { calls, handler } = controlledHandler();
      const jobs = ['fetch', 'training', 'evaluation'];
      const { queue } = openQueue(jobs.map((job) => definition(job, handler)));
      await queue.start();
      for (const job of jobs) await queue.enqueue(requestOf(job));
      await flush();
      expect(calls.map(({ context }) => context.run.job)).toEqual(['fetch', 'training']);
      calls[1]!.end.resolve({});
      await flush();
      expect(calls.map(({ context }) => context.run.job)).toEqual(jobs);
    });
  });

  describe('a listener', () => {
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
    it('is reported, and ends the run', async () => {
      const ledger = new MemoryRunLedger();
      const { queue, errors } = openQueue([definition('training', async () => ({}))], ledger);
      await queue.start();
      vi.spyOn(ledger, 'update').mockRejectedValueOnce(new Error('disk full'));
      const run = await queue.enqueue(requestOf('training'));
      expect(await queue.finished(run.id)).toMatchObject({ status: 'failed', error: { message: 'disk full' } });
      expect(errors).toMatchObject([{ message: 'disk full' }]);
    });

    it('fails those who wait when the end cannot be written either', async () => {
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
});
