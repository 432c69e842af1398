import { DayTradeError } from '@daytrade/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, mayRetry } from './execute-run.ts';

describe('mayRetry', () => {
  it('is true for what may pass by itself and for what nobody foresaw', () => {
    expect(mayRetry(new DayTradeError('data.provider-failed', 'the provider answered 503'))).toBe(true);
    expect(mayRetry(new DayTradeError('internal.bug', 'undefined is not a function'))).toBe(true);
  });

  it('is false for what somebody has to correct first', () => {
    expect(mayRetry(new DayTradeError('training.too-little-data', '3 sessions, 500 are needed'))).toBe(false);
    expect(mayRetry(new DayTradeError('model.file-invalid', 'the hash differs'))).toBe(false);
  });
});

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
