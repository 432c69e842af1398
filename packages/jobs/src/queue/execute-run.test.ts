import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { RunProgress } from '../run.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { backoffMs, ProgressTracker } from './execute-run.ts';

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
