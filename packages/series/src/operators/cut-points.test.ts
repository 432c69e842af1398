import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everySymbol, meanAcross, rankAcross } from './across.ts';
import { compute, x, y } from './compute.fixture.ts';
import { exponentialMean } from './exponential-mean.ts';
import { change, lag } from './lag.ts';
import { rollingCovariance, rollingLargest, rollingMean, rollingRank, rollingVariance } from './rolling.ts';

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
    rankAcross(x),
    everySymbol(meanAcross(x)),
    x.log(),
    x.over(y),
  ].map((series) => [series.formula, series] as const);
  const number = fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, NaN) },
  );
  /** Odd numbers of symbols, too: the kernel takes two rows at a time. */
  const panel = fc.integer({ min: 1, max: 4 }).chain((width) => {
    const session = fc.array(fc.tuple(number, number, fc.boolean()), { minLength: width, maxLength: width });
    return fc.tuple(fc.constant(width), fc.array(session, { minLength: 1, maxLength: 40 }));
  });

  it.each(operators)('%s is the same to the bit, and NaN where there is no bar', (_, series) => {
    fc.assert(
      fc.property(panel, fc.array(fc.nat(1000), { maxLength: 5 }), ([width, bars], places) => {
        const rows = bars.flat();
        const present = Uint8Array.from(rows, ([, , has]) => (has ? 1 : 0));
        const inputs = {
          x: rows.map(([first, , has]) => (has ? first : NaN)),
          y: rows.map(([, second, has]) => (has ? second : NaN)),
        };
        const whole = compute(series, inputs, present, width);
        const cuts = places.map((place) => place % bars.length);
        expect(compute(series, inputs, present, width, cuts)).toEqual(whole);
        expect(compute(series, inputs, present, width, [...bars.keys()])).toEqual(whole);
        for (const [row, has] of present.entries()) if (has === 0) expect(whole[row]).toBeNaN();
      }),
    );
  });
});
