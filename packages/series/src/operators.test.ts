import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compute, computeAlone, shared, x, y } from './compute.fixture.ts';
import {
  change,
  deviationAcross,
  everySymbol,
  exponentialMean,
  lag,
  meanAcross,
  positiveShareAcross,
  rankAcross,
  rollingCovariance,
  rollingLargest,
  rollingMean,
  rollingRank,
  rollingSmallest,
  rollingVariance,
} from './operators.ts';
import type { Series } from './series.ts';

/** What a series computed from x (and y) gives of one symbol with a bar in each session. */
function computed(series: Series, ofX: readonly number[], ofY: readonly number[] = []): number[] {
  return computeAlone(series, { x: ofX, y: ofY });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('rolling operators agree with a plain computation on the last known numbers', () => {
  const size = fc.integer({ min: 2, max: 9 });
  const numbers = fc.array(
    fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constant(NaN)),
    { maxLength: 40 },
  );
  const operators: readonly [string, (of: Series, size: number) => Series, (window: readonly number[]) => number][] = [
    ['mean', rollingMean, mean],
    [
      'variance',
      rollingVariance,
      (window) => mean(window.map((value) => (value - mean(window)) ** 2)) / (1 - 1 / window.length),
    ],
    ['largest', rollingLargest, (window) => Math.max(...window)],
    ['smallest', rollingSmallest, (window) => Math.min(...window)],
    [
      'rank of the newest',
      rollingRank,
      (window) => mean(window.map((value) => (value < window.at(-1)! ? 1 : value === window.at(-1) ? 0.5 : 0))),
    ],
  ];

  it.each(operators)('%s', (_, rolling, plain) => {
    fc.assert(
      fc.property(size, numbers, (length, values) => {
        for (const [i, value] of computed(rolling(x, length), values).entries()) {
          const known = values.slice(0, i + 1).filter(Number.isFinite);
          if (known.length < length) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(plain(known.slice(-length)), 6);
        }
      }),
    );
  });

  it('rank of the newest, also among numbers that are equal in 32 bits', () => {
    const values = [1, 1 + 2 ** -40, 1 - 2 ** -40, 1, 2, 1 + 2 ** -40, -1e300, -1e301];
    expect(computed(rollingRank(x, 3), values).slice(2)).toEqual([1 / 6, 0.5, 5 / 6, 0.5, 1 / 6, 1 / 6]);
  });

  it('covariance', () => {
    fc.assert(
      fc.property(size, numbers, numbers, (length, a, b) => {
        const pairs = a.slice(0, b.length).map((value, i) => [value, b[i]!] as const);
        const found = computed(
          rollingCovariance(x, y, length),
          pairs.map(([value]) => value),
          pairs.map(([, value]) => value),
        );
        for (const [i, value] of found.entries()) {
          const known = pairs.slice(0, i + 1).filter((pair) => pair.every(Number.isFinite));
          const window = known.slice(-length);
          const [meanX, meanY] = [mean(window.map(([value]) => value)), mean(window.map(([, value]) => value))];
          const plain = mean(window.map(([a, b]) => (a - meanX) * (b - meanY))) / (1 - 1 / length);
          if (known.length < length) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(plain, 6);
        }
      }),
    );
  });
});

describe('drift', () => {
  it('a mean is as exact after a million numbers and a spike of 1e15 as at the start', () => {
    const values = Array.from({ length: 1_000_000 }, (_, i) => (i === 999_000 ? 1e15 : Math.sin(i) + 0.1));
    const long = computed(rollingMean(x, 100), values).at(-1)!;
    expect(Math.abs(long - mean(values.slice(-100)))).toBeLessThan(1e-15);
  });

  it('a variance depends on its window alone and is exactly 0 on a constant one', () => {
    const values = [1e15, -3, 0.1, ...Array.from({ length: 50 }, () => 0.1)];
    expect(computed(rollingVariance(x, 20), values).slice(22)).toEqual(Array.from({ length: 31 }, () => 0));
  });

  it('a variance far from 0 keeps its digits wherever its window begins', () => {
    const values = Array.from({ length: 20 }, (_, i) => 1e9 + i);
    for (const variance of computed(rollingVariance(x, 4), values).slice(3)) expect(variance).toBeCloseTo(5 / 3, 12);
  });

  it('a variance has its digits again when a spike has left the window', () => {
    for (let spike = 0; spike < 8; spike += 1) {
      const values = Array.from({ length: 20 }, (_, i) => (i === spike ? 1e15 : i));
      for (const variance of computed(rollingVariance(x, 4), values).slice(spike + 4)) {
        expect(variance).toBeCloseTo(5 / 3, 12);
      }
    }
  });
});

describe('exponential mean', () => {
  it('weighs by decay^age, from the minimum number of values on', () => {
    const [first, second, third] = computed(exponentialMean(x, 0.5, 2), [4, 1, NaN]);
    expect(first).toBeNaN();
    expect(second).toBeCloseTo((1 + 0.5 * 4) / 1.5, 15);
    expect(third).toBe(second);
  });
});

describe('lag', () => {
  it('gives the number that many bars ago, and the change since', () => {
    expect(computed(lag(x, 2), [1, 2, 4, 8])).toEqual([NaN, NaN, 1, 2]);
    expect(computed(change(x, 2), [1, 2, 4, 8])).toEqual([NaN, NaN, 3, 6]);
  });
});

/** What a series gives at one session of several symbols, of which those with a number have a bar. */
function across(series: Series, values: readonly number[]): number[] {
  const present = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
  return [...compute(series, { x: values }, present, values.length)];
}

describe('across symbols', () => {
  it('mean, deviation and share of rising are of the known numbers', () => {
    expect(across(everySymbol(meanAcross(x)), [1, NaN, 3])).toEqual([2, NaN, 2]);
    expect(across(everySymbol(deviationAcross(x)), [1, NaN, 3])).toEqual([Math.SQRT2, NaN, Math.SQRT2]);
    expect(across(everySymbol(deviationAcross(x)), [1, NaN])).toEqual([NaN, NaN]);
    expect(across(everySymbol(positiveShareAcross(x)), [1, NaN, 0, -1, 2])).toEqual([0.5, NaN, 0.5, 0.5, 0.5]);
    expect([...compute(everySymbol(meanAcross(x)), { x: [NaN, NaN] }, Uint8Array.of(1, 1), 2)]).toEqual([NaN, NaN]);
  });

  it('what a session has goes to the symbols with a bar', () => {
    expect([...compute(everySymbol(shared), { shared: [7, 8] }, Uint8Array.of(1, 0, 1, 1), 2)]).toEqual([7, NaN, 8, 8]);
  });

  const expectRanks = (values: readonly number[]) => {
    const ranks = across(rankAcross(x), values);
    const known = values.filter(Number.isFinite);
    for (const [s, own] of values.entries()) {
      const halves = known.reduce((sum, other) => sum + (other < own ? 2 : other === own ? 1 : 0), 0);
      expect(ranks[s]).toBe(Number.isFinite(own) ? halves / 2 / known.length : NaN);
    }
  };

  it('a rank counts what is below and half of what is equal, however far they lie apart', () => {
    const value = fc.oneof(
      fc.integer({ min: -9, max: 9 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(NaN, 5e-324, 1e300, -1e300),
    );
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 150, size: 'max' }), expectRanks));
  });

  it('a rank is the same by comparison as in order: few or many symbols, none of them equal', () => {
    const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -1e6, max: 1e6 }) }, fc.constant(NaN));
    const selector = (number: number) => (Number.isNaN(number) ? {} : number);
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 300, size: 'max', selector });
    fc.assert(fc.property(values, expectRanks));
  });
});
