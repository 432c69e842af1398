import { binMatrix } from '@daytrade/learners';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { fitScaleHead, fittedScaleFactor, predictScaleFactor } from './scale-head.ts';
import { usualLog } from './scale-rules.ts';

const height = 3000;
const random = seededRandom(7);
const moves = Float64Array.from({ length: height }, () => 0.02 * (random() - 0.5));
const calm = Float64Array.from({ length: height }, () => random() - 0.5);

function matrixOf(market: Float64Array) {
  return { names: ['market_return_1', 'calm'], rows: height, values: Float64Array.of(...market, ...calm) };
}

const matrix = matrixOf(moves);
const rows = Int32Array.from({ length: height }, (_, row) => row);
const magnitude = calm.map((value) => 2 * Math.exp(-2 * value) * random());
const head = fitScaleHead(matrix, binMatrix(matrix, rows, { maximumBins: 64 }), rows, magnitude, 1);

describe('the scale after a rise of the market', () => {
  const usual = Math.exp(usualLog(head.regression));
  const after = matrixOf(moves.map(() => 0.04));
  const learned = fittedScaleFactor(head, after, rows);
  const predicted = predictScaleFactor(head, after, rows);

  it('is what was learned where that is more than usual, else what is usual', () => {
    expect(Math.min(...learned)).toBeLessThan(0.8 * usual);
    expect(Math.max(...learned)).toBeGreaterThan(1.2 * usual);
    for (const [i, factor] of predicted.entries()) expect(factor).toBeCloseTo(Math.max(usual, learned[i]!), 9);
  });

  it('is what was learned on all other days', () => {
    expect([...predictScaleFactor(head, matrix, rows)]).toEqual([...fittedScaleFactor(head, matrix, rows)]);
  });
});
