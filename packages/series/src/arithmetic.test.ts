import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAlone, x, y } from './compute.fixture.ts';
import type { Series } from './series.ts';

function computed(series: Series, ofX: readonly number[], ofY: readonly number[] = []): number[] {
  return computeAlone(series, { x: ofX, y: ofY });
}

describe('arithmetic', () => {
  it('is that of numbers', () => {
    expect(computed(x.plus(y), [1, 2], [3, 4])).toEqual([4, 6]);
    expect(computed(x.plus(0.5), [1, 2])).toEqual([1.5, 2.5]);
    expect(computed(x.minus(y), [1, 2], [3, 5])).toEqual([-2, -3]);
    expect(computed(x.times(y), [1, 2], [3, 4])).toEqual([3, 8]);
    expect(computed(x.times(-2), [1, 2])).toEqual([-2, -4]);
    expect(computed(x.over(y), [1, 2], [4, 5])).toEqual([0.25, 0.4]);
    expect(computed(x.squareRoot(), [4, 0])).toEqual([2, 0]);
    expect(computed(x.absolute(), [-4, 3])).toEqual([4, 3]);
    expect(computed(x.sign(), [-4, 0, 3])).toEqual([-1, 0, 1]);
    expect(computed(x.positivePart(), [-4, 0, 3, NaN])).toEqual([0, 0, 3, NaN]);
    expect(computed(x.isZero(), [-4, 0, NaN])).toEqual([0, 1, NaN]);
    expect(computed(x.largerOf(y), [1, 2, NaN, 1], [3, 1, 1, NaN])).toEqual([3, 2, NaN, NaN]);
    expect(computed(x.whereKnown(y), [1, 2, NaN], [3, NaN, 1])).toEqual([1, NaN, NaN]);
  });

  it('gives no infinity', () => {
    expect(computed(x.over(y), [1, 0, NaN], [0, 0, 1])).toEqual([NaN, NaN, NaN]);
    expect(computed(x.times(y), [1e300], [1e300])).toEqual([NaN]);
    expect(computed(x.log(), [0, -1, NaN])).toEqual([NaN, NaN, NaN]);
  });
});

describe('logarithm', () => {
  const within = (values: readonly number[]) => {
    for (const [i, found] of computed(x.log(), values).entries()) {
      const expected = Math.log(values[i]!);
      expect(Math.abs(found - expected), String(values[i])).toBeLessThanOrEqual(2 ** -51 * Math.abs(expected));
    }
  };

  it('is that of Math.log but for two units in the last place', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true })), within));
    fc.assert(fc.property(fc.array(fc.double({ min: 0.1, max: 10, noNaN: true })), within));
  });

  it('keeps its digits next to 1 and at the ends', () => {
    within(Array.from({ length: 52 }, (_, i) => [1 + 2 ** -i, 1 - 2 ** -(i + 1)]).flat());
    within([Number.MIN_VALUE, 2 ** -1022, 2 ** -1023, Number.MAX_VALUE, 0.6875, 1.375, 1]);
  });
});
