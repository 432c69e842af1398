import { DayTradeError } from '@daytrade/errors';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { JobHandler } from '../queue.ts';
import type { Run, RunProgress } from '../run.ts';
import { jobOf, requestOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { acceptRun } from './accept-run.ts';
import { takeUp } from './change-run.ts';
import { backoffMs, executeRun, ProgressTracker } from './execute-run.ts';
import { cancelled, stopping } from './queue-errors.ts';

describe('backoffMs', () => {
  it('doubles with each attempt', () => {
    const noJitter = () => 1;
    expect([1, 2, 3, 4].map((attempt) => backoffMs(10, attempt, noJitter))).toEqual([10_000, 20_000, 40_000, 80_000]);
  });

  it('draws the upper half at random and never passes an hour', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 600 }),
        (random, attempt, seconds) => {
          const full = Math.min(3_600_000, seconds * 1000 * 2 ** (attempt - 1));
          const milliseconds = backoffMs(seconds, attempt, () => random);
          expect(milliseconds).toBeGreaterThanOrEqual(full / 2);
          expect(milliseconds).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});

describe('an attempt of a run', () => {
  const begin = async (handler: JobHandler, change: Partial<Run> = {}, controller = new AbortController()) => {
    const ledger = new MemoryRunLedger();
    const definition = jobOf('training', handler, { timeoutSeconds: 60, backoffSeconds: 10, maxAttempts: 3 });
    const parts = { ledger, clock: fakeClock, random: () => 0 };
    const request = { ...requestOf('training'), key: 'training/1' };
    const { run } = await acceptRun(parts, definition, request);
    const queued = (await ledger.update(run, change))!;
    const onError = vi.fn();
    const outcome = executeRun({ ...parts, definition, queued, controller, abortGraceMs: 2_000, onError });
    return { outcome, ledger, controller, onError, id: run.id };
  };
  const failing = (error: unknown) => async () => await Promise.reject(error);
  const passing = new DayTradeError('data.provider-failed', 'answered 503');
  const final = new DayTradeError('training.too-little-data', '3 sessions', { details: { sessions: 3 } });
  const untilAborted: JobHandler = async ({ signal }) =>
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  const ignoring: JobHandler = async () => await new Promise(() => {});

  it('ends with its result, when it began and ended, and a progress of all', async () => {
    const { outcome, ledger, id } = await begin(async ({ progress }) => {
      progress({ stage: 'training', fraction: 0.2, message: 'fold 1' });
      return { seed: 7 };
    });
    const expected = {
      status: 'succeeded',
      attempt: 1,
      result: { seed: 7 },
      error: null,
      startedAt: '1970-01-01T00:00:00.000Z',
      finishedAt: '1970-01-01T00:00:00.000Z',
      progress: { stage: 'training', fraction: 1, remainingSeconds: 0, message: null },
    };
    expect(await outcome).toMatchObject({ kind: 'ended', run: expected });
    expect(await ledger.find(id)).toMatchObject(expected);
    const silent = await begin(async () => ({}), { startedAt: '1969-12-31T00:00:00.000Z', attempt: 1 });
    expect(await silent.outcome).toMatchObject({
      run: { attempt: 2, startedAt: '1969-12-31T00:00:00.000Z', progress: { stage: 'done' } },
    });
  });

  it.each([
    ['that passes is followed by another one', passing, 0, { kind: 'retry', afterMs: 5_000 }, 'queued'],
    ['that passes has a longer pause later', passing, 1, { kind: 'retry', afterMs: 10_000 }, 'queued'],
    ['that passes is the end of the last attempt', passing, 2, { kind: 'ended' }, 'failed'],
    ['that is a bug is followed by another one', new TypeError('no'), 0, { kind: 'retry', afterMs: 5_000 }, 'queued'],
    ['that a person has to correct is the end', final, 0, { kind: 'ended' }, 'failed'],
  ])('with an error %s', async (_, error, attempt, kind, status) => {
    const { outcome } = await begin(failing(error), { attempt });
    expect(await outcome).toMatchObject({ ...kind, run: { status, attempt: attempt + 1, result: null } });
    expect((await outcome).run.error?.message).toBe(error.message);
  });

  it('that takes too long is stopped at its timeout, and at no earlier moment', async () => {
    const { outcome, ledger, id } = await begin(untilAborted);
    await vi.advanceTimersByTimeAsync(59_999);
    expect((await ledger.find(id))!.status).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    const message = 'job training was stopped after 60 s, its timeout';
    expect(await outcome).toMatchObject({ kind: 'ended', run: { status: 'timed-out', error: { message } } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that ignores its timeout is left behind after the time for it', async () => {
    const { outcome, ledger, id } = await begin(ignoring);
    await vi.advanceTimersByTimeAsync(61_999);
    expect((await ledger.find(id))!.status).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    expect((await outcome).run).toMatchObject({
      status: 'timed-out',
      error: {
        message:
          'job training was stopped after 60 s, its timeout; what it was doing did not stop within 2 s and ' +
          'was left behind',
        details: { leftBehind: true },
      },
    });
  });

  it.each([
    ['is cancelled', cancelled('r-1'), untilAborted, 0, 'ended', { status: 'cancelled', attempt: 1 }],
    [
      'is given back where the process stops',
      stopping(),
      untilAborted,
      0,
      'given-back',
      { status: 'queued', attempt: 0 },
    ],
    ['is given back also at its last', stopping(), untilAborted, 2, 'given-back', { status: 'queued', attempt: 2 }],
    ['counts where it ignores that', stopping(), ignoring, 0, 'given-back', { status: 'queued', attempt: 1 }],
    ['fails where it ignores that at last', stopping(), ignoring, 2, 'ended', { status: 'failed', attempt: 3 }],
  ] as const)('%s', async (_, reason, handler, attempt, kind, run) => {
    const { outcome, controller } = await begin(handler, { attempt });
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(reason);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({ kind, run: { ...run, progress: null } });
  });

  it('does not begin its work where it is stopped before', async () => {
    const handler = vi.fn(async () => ({}));
    const controller = new AbortController();
    controller.abort(cancelled('r-1'));
    const { outcome } = await begin(handler, {}, controller);
    expect(await outcome).toMatchObject({ kind: 'ended', run: { status: 'cancelled' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('stops where its run has gone on without it, and reports progress that cannot be written', async () => {
    const report: JobHandler = async (context) => {
      context.progress({ stage: 'training', fraction: 0.5 });
      return (await untilAborted(context)) as never;
    };
    const taken = await begin(report);
    await vi.advanceTimersByTimeAsync(10);
    await taken.ledger.update((await taken.ledger.find(taken.id))!, { status: 'cancelled' });
    const refusal = expect(taken.outcome).rejects.toThrow(`run ${taken.id} has gone on without this attempt`);
    await vi.advanceTimersByTimeAsync(1_000);
    await refusal;
    expect(taken.onError).not.toHaveBeenCalled();
    const cut = await begin(report);
    await vi.advanceTimersByTimeAsync(10);
    const update = vi.spyOn(cut.ledger, 'update').mockRejectedValueOnce(new Error('disk full'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cut.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: 'disk full' }),
      expect.objectContaining({ id: cut.id }),
    );
    update.mockRestore();
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await cut.outcome).run.status).toBe('timed-out');
  });
});

describe('a run that a process left', () => {
  const taken = async (change: Partial<Run>) => {
    const ledger = new MemoryRunLedger();
    const parts = { ledger, clock: fakeClock, random: () => 0 };
    const { run } = await acceptRun(
      parts,
      jobOf('training', async () => ({})),
      requestOf('training'),
    );
    return await takeUp(parts, (await ledger.update(run, change))!);
  };

  it('is queued again, and ends as failed where it was at its last attempt', async () => {
    expect(await taken({})).toMatchObject({ status: 'queued', attempt: 0 });
    const started = { status: 'running', startedAt: '1970-01-01T00:00:00.000Z' } as const;
    expect(await taken({ ...started, attempt: 2 })).toMatchObject({ status: 'queued', attempt: 2, startedAt: null });
    expect(await taken({ ...started, attempt: 3 })).toMatchObject({
      status: 'failed',
      finishedAt: '1970-01-01T00:00:00.000Z',
      error: {
        code: 'run.failed',
        message: expect.stringMatching(/^the process ended while it ran training \(attempt 3 of 3\)/),
      },
    });
  });
});

function track() {
  const written: RunProgress[] = [];
  const tracker = new ProgressTracker({ clock: fakeClock, write: async (progress) => void written.push(progress) });
  return { tracker, written };
}

stopTimeAt('1970-01-01T00:00:00Z');

describe('ProgressTracker', () => {
  it('never lets the fraction fall, nor leave 0 to 1, whatever is reported', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (fractions) => {
        const { tracker } = track();
        const seen = fractions.map((fraction) => {
          tracker.report({ stage: 'training', fraction });
          return tracker.latest!.fraction;
        });
        expect(seen).toEqual(seen.toSorted((one, other) => one - other));
        expect(seen[0]).toBeGreaterThanOrEqual(0);
        expect(seen.at(-1)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('estimates the remaining time from the pace so far', () => {
    const { tracker } = track();
    vi.setSystemTime(30_000);
    tracker.report({ stage: 'training', fraction: 0.25 });
    expect(tracker.latest?.remainingSeconds).toBeCloseTo(90);
    tracker.report({ stage: 'training', fraction: 1 });
    expect(tracker.latest?.remainingSeconds).toBe(0);
  });

  it('makes no estimate before there is a pace', () => {
    const { tracker } = track();
    vi.setSystemTime(5000);
    tracker.report({ stage: 'features', fraction: 0 });
    expect(tracker.latest?.remainingSeconds).toBeNull();
  });

  it('makes the first estimate at one part in a hundred, and takes the one that is reported', () => {
    const { tracker } = track();
    vi.setSystemTime(1_000);
    tracker.report({ stage: 'training', fraction: 0.0099 });
    expect(tracker.latest).toEqual({ stage: 'training', fraction: 0.0099, remainingSeconds: null, message: null });
    tracker.report({ stage: 'training', fraction: 0.01, message: 'fold 1' });
    expect(tracker.latest).toEqual({ stage: 'training', fraction: 0.01, remainingSeconds: 99, message: 'fold 1' });
    tracker.report({ stage: 'training', fraction: 0.5, remainingSeconds: 0 });
    expect(tracker.latest?.remainingSeconds).toBe(0);
    tracker.report({ stage: 'judging', fraction: NaN });
    expect(tracker.latest).toEqual({ stage: 'judging', fraction: 0.5, remainingSeconds: 1, message: null });
  });

  it('waits at its end for the state that is being written', async () => {
    const written = Promise.withResolvers<void>();
    const tracker = new ProgressTracker({ clock: fakeClock, write: () => written.promise });
    tracker.report({ stage: 'training', fraction: 0.5 });
    await vi.advanceTimersByTimeAsync(1_000);
    const closed = vi.fn();
    void tracker.close().then(closed);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(closed).not.toHaveBeenCalled();
    written.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('writes at most once a second, the newest state each time', async () => {
    const { tracker, written } = track();
    for (let step = 1; step <= 50; step++) {
      tracker.report({ stage: 'training', fraction: step / 50 });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(written.map(({ fraction }) => fraction)).toEqual([0.4, 0.8]);
  });

  it('writes nothing more once it is closed', async () => {
    const { tracker, written } = track();
    tracker.report({ stage: 'training', fraction: 0.5 });
    await tracker.close();
    tracker.report({ stage: 'training', fraction: 0.6 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(written).toEqual([]);
    expect(tracker.latest?.fraction).toBe(0.5);
  });
});
