import { describe, expect, it } from 'vitest';
import { binMatrix } from './binning/binned-matrix.ts';
import { trainRidge } from './linear/ridge.ts';
import type { Matrix } from './matrix.ts';
import { type Model, modelContributions, predict } from './model.ts';
import { simulate } from './testing/simulated-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions, type Grower } from './trees/tree-options.ts';

/** Enough rows for edges to be learned from digits, not by comparing. */
const { matrix, target } = simulate(9000, 51);
const single: Matrix = { ...matrix, values: Float32Array.from(matrix.values) };
/** The same numbers in 64 bits. */
const double: Matrix = { ...matrix, values: Float64Array.from(single.values) };
const growers: readonly Grower[] = ['leaf-wise', 'depth-wise', 'symmetric', 'forest'];
const learners: readonly (readonly [string, (of: Matrix) => Model])[] = [
  ...growers.map((grower) => {
    const options = { ...defaultTreeOptions(grower), trees: 5 };
    return [grower, (of: Matrix) => trainTrees(options, { matrix: of, target })] as const;
  }),
  ['ridge', (of) => trainRidge({ l2: 1 }, { matrix: of, target })],
];

describe('a matrix of 32-bit numbers', () => {
  it('has the bins of the same numbers in 64 bits', () => {
    expect(binMatrix(single)).toEqual(binMatrix(double));
  });

  it.each(learners)('gives the %s model, predictions and explanations of the same in 64 bits', (_, train) => {
    const model = train(single);
    expect(model).toEqual(train(double));
    expect(predict(model, single)).toEqual(predict(model, double));
    const rows = Int32Array.of(3, 8999);
    expect(modelContributions(model, single, { rows })).toEqual(modelContributions(model, double, { rows }));
  });
});
