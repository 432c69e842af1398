import { binMatrix, defaultTreeOptions, predict, trainTrees } from '@daytrade/learners';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { fitGammaRegression } from './gamma-regression.ts';
import { fitScaleHead, fittedScaleFactor, predictScaleFactor } from './scale-head.ts';
import { narrowingBeyondBound, usualLog } from './scale-rules.ts';

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

describe('the scale head', () => {
  const bins = binMatrix(matrix, rows, { maximumBins: 64 });

  it('is a gamma regression, and sixty small trees on what it leaves', () => {
    const regression = fitGammaRegression(matrix, rows, magnitude, 1000);
    const raised = narrowingBeyondBound(regression, matrix, rows);
    const offset = predict(regression, matrix, { rows }).map((value, i) => value + raised[i]!);
    const options = {
      ...defaultTreeOptions('leaf-wise'),
      loss: { kind: 'gamma' },
      seed: 1,
      trees: 60,
      learningRate: 0.03,
      maximumLeaves: 6,
      minimumRowsPerLeaf: 1000,
      l2: 20,
      rowSample: 0.7,
      columnSamplePerTree: 0.5,
    } as const;
    const trees = trainTrees(options, { matrix, bins, rows, target: magnitude, offset });
    expect(head).toEqual({ regression, trees });
    const correction = predict(trees, matrix, { rows, scale: 'link' });
    expect([...fittedScaleFactor(head, matrix, rows)]).toEqual(
      Array.from(offset, (log, i) => Math.min(4, Math.max(0.25, Math.exp(log + correction[i]!)))).map((factor) =>
        expect.closeTo(factor, 12),
      ),
    );
  });

  it.each([
    [-9, 0.25],
    [Math.log(0.26), 0.26],
    [Math.log(3.9), 3.9],
    [9, 4],
  ])('has a factor between a quarter and four: %d', (log, expected) => {
    const means = new Float64Array(2);
    const constant = (intercept: number) =>
      ({ kind: 'ridge', names: matrix.names, means, coefficients: new Float64Array(2), intercept }) as const;
    const factors = fittedScaleFactor({ regression: constant(log), trees: constant(0) }, matrix, Int32Array.of(5));
    expect(factors[0]).toBeCloseTo(expected, 12);
  });
});
