import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operator } from '../operator.ts';
import { Series } from '../series.ts';
import { exponentialMean } from './exponential-mean.ts';
import { change, lag } from './lag.ts';
import { rankAcross } from './rank-across.ts';
import { rollingCovariance } from './rolling-covariance.ts';
import { rollingLargest } from './rolling-extreme.ts';
import { rollingMean } from './rolling-mean.ts';
import { rollingRank } from './rolling-rank.ts';
import { rollingVariance } from './rolling-variance.ts';

const width = 3;
const x = new Series('x', [], undefined);
const y = new Series('y', [], undefined);

/** Takes the sessions in stretches that end at the cuts and at the end. */
function take(operator: Operator, inputs: readonly Float64Array[], present: Uint8Array, cuts: readonly number[]) {
  const output = new Float64Array(present.length);
  const ends = [...cuts.map((cut) => cut * width), present.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    const rows = { count: end - from, width, present: present.subarray(from, end) };
    operator.apply(
      rows,
      inputs.map((input) => input.subarray(from, end)),
      output.subarray(from, end),
    );
    from = end;
  }
  return output;
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
    rankAcross(x),
    x.log(),
    x.over(y),
  ].map((series) => [series.formula, series] as const);
  const number = fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, NaN) },
  );
  const sessions = fc.array(fc.array(fc.tuple(number, number, fc.boolean()), { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 40,
  });

  it.each(operators)('%s is the same to the bit, and NaN where there is no bar', (_, series) => {
    fc.assert(
      fc.property(sessions, fc.array(fc.nat(1000), { maxLength: 5 }), (bars, places) => {
        const rows = bars.flat();
        const present = Uint8Array.from(rows, ([, , has]) => (has ? 1 : 0));
        const inputs = [0, 1].map((i) => Float64Array.from(rows, (row) => (row[2] ? (row[i] as number) : NaN)));
        const whole = take(series.operator!(width), inputs, present, []);
        const cuts = places.map((place) => place % bars.length);
        expect(take(series.operator!(width), inputs, present, cuts)).toEqual(whole);
        expect(take(series.operator!(width), inputs, present, [...bars.keys()])).toEqual(whole);
        for (const [row, has] of present.entries()) if (has === 0) expect(whole[row]).toBeNaN();
      }),
    );
  });
});
