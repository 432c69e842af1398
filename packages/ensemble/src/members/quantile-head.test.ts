import { binMatrix, defaultTreeOptions, type Model, predict, trainTrees } from '@daytrade/learners';
import { seededRandom } from '@daytrade/series';
import { expect, it } from 'vitest';
import { fitQuantileHead, predictQuantiles } from './quantile-head.ts';

const height = 5000;
const random = seededRandom(4);
const values = Float64Array.from({ length: 2 * height }, () => random());
const matrix = { names: ['wild', 'calm'], rows: height, values };
const outcome = Float64Array.from({ length: height }, (_, row) => (1 + 3 * values[row]!) * (random() - 0.5));
const rows = Int32Array.from({ length: height }, (_, row) => row);
const bins = binMatrix(matrix, rows, { maximumBins: 64 });

it('is twenty small trees for each end, of the 3.5 % and the 96.5 % quantile', () => {
  const head = fitQuantileHead(matrix, bins, rows, outcome, [3, 9]);
  for (const [end, quantile, seed] of [
    ['lower', 0.035, 3],
    ['upper', 0.965, 9],
  ] as const) {
    const options = {
      ...defaultTreeOptions('leaf-wise'),
      loss: { kind: 'pinball', quantile },
      seed,
      trees: 20,
      learningRate: 0.05,
      maximumLeaves: 4,
      minimumRowsPerLeaf: 1000,
      rowSample: 0.5,
      columnSamplePerTree: 0.3,
    } as const;
    expect(head[end]).toEqual(trainTrees(options, { matrix, bins, rows, target: outcome }));
    expect(predictQuantiles(head, matrix, rows)[end]).toEqual(predict(head[end], matrix, { rows }));
  }
});

it('never has its lower end above the upper one', () => {
  const line = (slope: number, intercept: number): Model => ({
    kind: 'ridge',
    names: ['x'],
    means: Float64Array.of(0),
    coefficients: Float64Array.of(slope),
    intercept,
  });
  const crossing = { names: ['x'], rows: 3, values: Float64Array.of(-2, 0, 2) };
  const ends = predictQuantiles({ lower: line(1, -1), upper: line(-1, 1) }, crossing, Int32Array.of(0, 1, 2));
  expect([[...ends.lower], [...ends.upper]]).toEqual([
    [-3, -1, -1],
    [3, 1, 1],
  ]);
});
