import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankAcross } from './cross-section.ts';
import { ExponentialMean } from './exponential-mean.ts';
import { History } from './history.ts';
import { RollingExtreme } from './rolling-extreme.ts';
import { RollingMean } from './rolling-mean.ts';
import { RollingPair } from './rolling-pair.ts';
import { RollingRank } from './rolling-rank.ts';
import { RollingVariance } from './rolling-variance.ts';

const size = fc.integer({ min: 2, max: 9 });
const series = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(NaN)),
  {
    maxLength: 40,
  },
);

/** The last `length` finite values, or undefined when there are fewer. */
function window(values: readonly number[], length: number): readonly number[] | undefined {
  const finite = values.filter(Number.isFinite);
  return finite.length < length ? undefined : finite.slice(-length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Checks `read` after each push against `naive` of the window. */
function agrees(
  push: (value: number) => void,
  read: () => number,
  length: number,
  values: readonly number[],
  naive: (window: readonly number[]) => number,
): void {
  for (const [i, value] of values.entries()) {
    push(value);
    const expected = window(values.slice(0, i + 1), length);
    if (expected === undefined) expect(read()).toBeNaN();
    else expect(read()).toBeCloseTo(naive(expected), 6);
  }
}

describe('rolling operators agree with a plain computation on the last finite values', () => {
  it('mean', () => {
    fc.assert(
      fc.property(size, series, (length, values) => {
        const operator = new RollingMean(length);
        agrees(
          (value) => operator.push(value),
          () => operator.value,
          length,
          values,
          mean,
        );
      }),
    );
  });

  it('variance', () => {
    fc.assert(
      fc.property(size, series, (length, values) => {
        const operator = new RollingVariance(length);
        agrees(
          (value) => operator.push(value),
          () => operator.variance,
          length,
          values,
          (kept) => {
            const centre = mean(kept);
            return (mean(kept.map((value) => (value - centre) ** 2)) * length) / (length - 1);
          },
        );
      }),
    );
  });

  it('largest and smallest', () => {
    fc.assert(
      fc.property(size, series, (length, values) => {
        const largest = new RollingExtreme(length, 'largest');
        const smallest = new RollingExtreme(length, 'smallest');
        agrees(
          (value) => largest.push(value),
          () => largest.value,
          length,
          values,
          (kept) => Math.max(...kept),
        );
        agrees(
          (value) => smallest.push(value),
          () => smallest.value,
          length,
          values,
          (kept) => Math.min(...kept),
        );
      }),
    );
  });

  it('rank of the newest', () => {
    fc.assert(
      fc.property(size, series, (length, values) => {
        const operator = new RollingRank(length);
        agrees(
          (value) => operator.push(value),
          () => operator.value,
          length,
          values,
          (kept) => {
            const newest = kept.at(-1)!;
            return mean(kept.map((value) => (value < newest ? 1 : value === newest ? 0.5 : 0)));
          },
        );
      }),
    );
  });
});

describe('drift', () => {
  it('a mean is as exact after a million values and a spike of 1e15 as at the start', () => {
    const long = new RollingMean(100);
    for (let i = 0; i < 1_000_000; i += 1) long.push(i === 999_000 ? 1e15 : Math.sin(i) + 0.1);
    const fresh = new RollingMean(100);
    for (let i = 999_900; i < 1_000_000; i += 1) fresh.push(Math.sin(i) + 0.1);
    expect(long.value).toBe(fresh.value);
  });

  it('a variance depends on its window alone and is exactly 0 on a constant one', () => {
    const variance = new RollingVariance(20);
    for (const value of [1e15, -3, 0.1]) variance.push(value);
    for (let i = 0; i < 20; i += 1) variance.push(0.1);
    expect(variance.variance).toBe(0);
    expect(variance.mean).toBe(0.1);
  });

  it('a variance far from 0 keeps its digits', () => {
    const variance = new RollingVariance(4);
    for (const value of [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]) variance.push(value);
    expect(variance.variance).toBeCloseTo(5 / 3, 12);
  });
});

describe('pairs', () => {
  it('find a line and its residuals', () => {
    const pair = new RollingPair(4);
    for (const [x, y] of [
      [9, 9],
      [1, 0],
      [3, 1],
      [5, 2],
      [NaN, 7],
      [7, 3],
    ] as const)
      pair.push(x, y);
    expect(pair.slope).toBeCloseTo(2, 12);
    expect(pair.correlation).toBeCloseTo(1, 12);
    expect(pair.residualVariance).toBeCloseTo(0, 12);
  });

  it('have no correlation with a constant', () => {
    const pair = new RollingPair(3);
    for (const x of [1, 2, 3]) pair.push(x, 5);
    expect(pair.correlation).toBeNaN();
    expect(pair.slope).toBeNaN();
  });
});

describe('exponential mean', () => {
  it('weighs by decay^age, from the minimum number of values on', () => {
    const operator = new ExponentialMean(0.5, 2);
    expect(operator.push(4)).toBeNaN();
    expect(operator.push(1)).toBeCloseTo((1 + 0.5 * 4) / 1.5, 15);
    expect(operator.push(Infinity)).toBeCloseTo(2, 15);
  });
});

describe('history', () => {
  it('gives the value so many pushes ago while it is kept', () => {
    const history = new History(3);
    for (const value of [1, 2, 3, 4]) history.push(value);
    expect([0, 1, 2, 3].map((steps) => history.before(steps))).toEqual([4, 3, 2, NaN]);
  });
});

describe('rank across symbols', () => {
  it('is in (0, 1), the middle of ties, NaN for NaN', () => {
    const ranks = new Float64Array(5);
    rankAcross(Float64Array.of(3, NaN, -1, 3, 8), ranks);
    expect([...ranks]).toEqual([0.5, NaN, 0.125, 0.5, 0.875]);
  });

  it('counts what is below and half of what is equal, however many symbols there are', () => {
    const value = fc.oneof(
      fc.integer({ min: -9, max: 9 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constant(NaN),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 150, size: 'max' }), (values) => {
        const ranks = new Float64Array(values.length);
        rankAcross(Float64Array.from(values), ranks);
        const finite = values.filter(Number.isFinite);
        for (const [s, own] of values.entries()) {
          const halves = finite.reduce((sum, other) => sum + (other < own ? 2 : other === own ? 1 : 0), 0);
          expect(ranks[s]).toBe(Number.isFinite(own) ? halves / 2 / finite.length : NaN);
        }
      }),
    );
  });
});
