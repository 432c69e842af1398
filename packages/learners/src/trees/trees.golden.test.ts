// @module-tag long
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Loss } from '../losses.ts';
import { predict } from '../model.ts';
import { meanLoss, range, type SimulatedData, simulate } from '../testing/simulated-data.ts';
import { trainTrees } from './train-trees.ts';
import { defaultTreeOptions, type TreeOptions } from './tree-options.ts';

interface Golden {
  /** Mean loss of the peer on the rows that it did not learn from. */
  readonly holdoutLoss: Readonly<Record<string, number>>;
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../oracles/trees.golden.json', import.meta.url), 'utf8'));
const samples = [21, 22, 23].map((seed) => simulate(5000, seed));
const training = range(0, 2500);
const holdout = range(2500, 5000);

const everything = { rowSample: 1, columnSamplePerTree: 1, trees: 60 };
const lightGbm: TreeOptions = {
  ...defaultTreeOptions('leaf-wise'),
  ...everything,
  learningRate: 0.1,
  maximumLeaves: 15,
  maximumDepth: 64,
  minimumRowsPerLeaf: 20,
  l2: 1,
};

type Column = 'target' | 'positive';

/** Mean holdout loss over the samples. */
function holdoutLoss(options: TreeOptions, column: Column): number {
  const losses = samples.map((sample: SimulatedData) => {
    const data = { matrix: sample.matrix, target: sample[column], rows: training };
    const scores = predict(trainTrees(options, data), data.matrix, { rows: holdout, scale: 'link' });
    return meanLoss(options.loss, data.target, scores, holdout);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

const lossCases: readonly (readonly [string, Loss, Column])[] = [
  ['squared', { kind: 'squared' }, 'target'],
  ['pinball', { kind: 'pinball', quantile: 0.9 }, 'target'],
  ['gamma', { kind: 'gamma' }, 'positive'],
];

describe('leaf-wise trees, at equal settings on rows not learned from', () => {
  it.each(lossCases)('%s: the loss is at most 1 percent above that of LightGBM', (name, loss, column) => {
    const ours = holdoutLoss({ ...lightGbm, loss }, column);
    expect(ours).toBeLessThan(1.01 * golden.holdoutLoss[name]!);
    expect(ours).toBeGreaterThan(0.9 * golden.holdoutLoss[name]!);
  });
});

describe('the other growers, at equal settings on rows not learned from', () => {
  it('depth-wise: the loss is at most 1 percent above that of XGBoost', () => {
    const options: TreeOptions = { ...lightGbm, grower: 'depth-wise', maximumDepth: 5, minimumGain: 2 };
    expect(holdoutLoss(options, 'target')).toBeLessThan(1.01 * golden.holdoutLoss.depthWise!);
  });

  it('symmetric: the loss is at most 1 percent above that of CatBoost', () => {
    const options: TreeOptions = { ...lightGbm, grower: 'symmetric', maximumDepth: 5, l2: 3, minimumRowsPerLeaf: 1 };
    expect(holdoutLoss(options, 'target')).toBeLessThan(1.01 * golden.holdoutLoss.symmetric!);
  });

  it('forest: the loss is at most 1 percent above that of scikit-learn', () => {
    const options: TreeOptions = {
      ...defaultTreeOptions('forest'),
      trees: 60,
      maximumDepth: 10,
      minimumRowsPerLeaf: 5,
      columnSamplePerSplit: 1 / 2,
    };
    expect(holdoutLoss(options, 'target')).toBeLessThan(1.01 * golden.holdoutLoss.forest!);
  });
});
