import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  change,
  everySymbol,
  exponentialMean,
  lag,
  meanAcross,
  rankAcross,
  rollingCovariance,
  rollingLargest,
  rollingMean,
  rollingRank,
  rollingVariance,
} from '../operators.ts';
import type { Series } from '../series.ts';
import { compute, shared, x, y } from './compute.fixture.ts';

/** x, y, and whether there is a bar. */
type Bar = readonly [number, number, boolean];

function computeBars(
  series: Series,
  bars: readonly Bar[],
  width: number,
  cuts: readonly number[] = [],
  symbolsAtOnce = width,
): Float64Array {
  const present = Uint8Array.from(bars, ([, , has]) => (has ? 1 : 0));
  const inputs = {
    x: bars.map(([first, , has]) => (has ? first : NaN)),
    y: bars.map(([, second, has]) => (has ? second : NaN)),
    shared: Array.from({ length: bars.length / width }, (_, session) => session % 7),
  };
  return compute(series, inputs, present, width, cuts, symbolsAtOnce);
}

describe('sessions one by one, in any stretches or all at once', () => {
  const operators = [
    rollingMean(x, 4),
    rollingVariance(x, 5),
    rollingCovariance(x, y, 3),
    rollingLargest(x, 4),
    rollingRank(x, 6),
    exponentialMean(x, 0.8, 3),
    lag(x, 4),
    change(x, 1),
    x.log(),
    x.over(y),
  ];
  const operatorsAcross = [rankAcross(x), everySymbol(meanAcross(x))];
  const named = (series: readonly Series[]) => series.map((one) => [one.formula, one] as const);
  const number = fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, NaN) },
  );
  /** Odd numbers of symbols, too: the kernel takes two rows at a time. */
  const panel = fc.integer({ min: 1, max: 5 }).chain((width) => {
    const session = fc.array(fc.tuple(number, number, fc.boolean()), { minLength: width, maxLength: width });
    return fc.tuple(fc.constant(width), fc.array(session, { minLength: 1, maxLength: 40 }));
  });

  it.each(named([...operators, ...operatorsAcross]))(
    '%s is the same to the bit, and NaN where there is no bar',
    (_, series) => {
      fc.assert(
        fc.property(panel, fc.array(fc.nat(1000), { maxLength: 5 }), ([width, bars], places) => {
          const rows = bars.flat();
          const whole = computeBars(series, rows, width);
          const cuts = places.map((place) => place % bars.length);
          expect(computeBars(series, rows, width, cuts)).toEqual(whole);
          expect(computeBars(series, rows, width, [...bars.keys()])).toEqual(whole);
          for (const [row, [, , has]] of rows.entries()) if (!has) expect(whole[row]).toBeNaN();
        }),
      );
    },
  );

  const market = everySymbol(meanAcross(x));
  /** What all symbols are needed for is read by what is computed of each, and the other way round. */
  const mixed = [
    x.minus(market),
    rollingMean(x, 3).plus(rankAcross(rollingCovariance(x, market, 3))),
    lag(rankAcross(x.plus(y)), 2)
      .times(x)
      .plus(rankAcross(y)),
    everySymbol(rollingMean(meanAcross(x.minus(everySymbol(shared))).plus(shared), 3)).over(y),
  ];

  it.each(named([...operators, ...operatorsAcross, ...mixed]))(
    '%s is the same to the bit in blocks of two symbols as in one',
    (_, series) => {
      fc.assert(
        fc.property(panel, fc.array(fc.nat(1000), { maxLength: 5 }), ([width, bars], places) => {
          const rows = bars.flat();
          const cuts = places.map((place) => place % bars.length);
          expect(computeBars(series, rows, width, cuts, 2)).toEqual(computeBars(series, rows, width, cuts));
        }),
      );
    },
  );

  it.each(named(operators))('%s of a symbol is the same beside others as alone', (_, series) => {
    fc.assert(
      fc.property(panel, ([width, bars]) => {
        const whole = computeBars(series, bars.flat(), width);
        for (let s = 0; s < width; s += 1) {
          const own = bars.map((session) => session[s]!);
          expect(whole.filter((_value, row) => row % width === s)).toEqual(computeBars(series, own, 1));
        }
      }),
    );
  });
});
