import { isDayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { binMatrix } from './binning/binned-matrix.ts';
import { trainRidge } from './linear/ridge.ts';
import type { Matrix } from './matrix.ts';
import { predict } from './model.ts';
import { matrixOf } from './testing/simulated-data.ts';
import type { TrainingData } from './training-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions, type TreeOptions } from './trees/tree-options.ts';

const matrix = matrixOf({ a: [1, 2, 3], b: [4, NaN, 6] });
const target = Float64Array.of(0, 1, 1);
const good: TrainingData = { matrix, target };
const changed = (changes: Partial<TrainingData>): TrainingData => ({ ...good, ...changes });
const withMatrix = (changes: Partial<Matrix>) => changed({ matrix: { ...matrix, ...changes } });

const learners = {
  trees: (data: TrainingData) => trainTrees(defaultTreeOptions('leaf-wise'), data),
  forest: (data: TrainingData) => trainTrees(defaultTreeOptions('forest'), data),
  ridge: (data: TrainingData) => trainRidge({ l2: 1 }, data),
};

const cases: readonly (readonly [string, TrainingData, string])[] = [
  ['no columns', withMatrix({ names: [], values: new Float64Array(0) }), 'matrix.names: expected at least one column'],
  ['a name twice', withMatrix({ names: ['a', 'a'] }), 'matrix.names: expected each name once, got "a" twice'],
  [
    'too few values',
    withMatrix({ values: new Float64Array(5) }),
    'matrix.values: expected 2 columns x 3 rows, got 5 values',
  ],
  ['half a row', withMatrix({ rows: 1.5 }), 'matrix.rows: expected a whole number, 0 or more, got 1.5'],
  ['no rows', changed({ rows: new Int32Array(0) }), 'rows: expected at least one row to learn from'],
  ['a row outside', changed({ rows: Int32Array.of(0, 3) }), 'rows[1]: expected a row of the matrix, 0 to 2, got 3'],
  ['a row twice', changed({ rows: Int32Array.of(0, 1, 0) }), 'rows[2]: expected each row once'],
  [
    'an infinite value',
    withMatrix({ values: Float64Array.of(1, 2, 3, 4, Infinity, 6) }),
    'column "b", row 1: expected a finite',
  ],
  ['a missing target', changed({ target: Float64Array.of(0, NaN, 1) }), 'target[1]: expected a finite number, got NaN'],
  ['an infinite target', changed({ target: Float64Array.of(0, Infinity, 1) }), 'target[1]: expected a finite number'],
  [
    'a short target',
    changed({ target: Float64Array.of(1) }),
    'target: expected one for each of the 3 rows of the matrix, got 1 values',
  ],
  ['a missing offset', changed({ offset: Float64Array.of(0, 0, NaN) }), 'offset[2]: expected a finite number, got NaN'],
];

describe.each(Object.entries(learners))('%s', (_name, train) => {
  it('takes good input', () => {
    expect(() => train(good)).not.toThrow();
  });

  it.each(cases)('refuses %s', (_case, data, message) => {
    let error: unknown;
    try {
      train(data);
    } catch (caught) {
      error = caught;
    }
    expect(isDayTradeError(error) && error.code).toBe('learner.input-invalid');
    expect((error as Error).message).toContain(message);
  });
});

describe('trainTrees', () => {
  it('refuses bins of another matrix', () => {
    const bins = binMatrix(matrixOf({ a: [1, 2], b: [3, 4] }));
    expect(() => learners.trees(changed({ bins }))).toThrow('bins: expected the 3 rows of the matrix, got 2 rows');
    const other = binMatrix(matrixOf({ a: [1, 2, 3], c: [3, 4, 5] }));
    expect(() => learners.trees(changed({ bins: other }))).toThrow(
      'matrix.names[1]: expected "c", as in training, got "b"',
    );
  });

  const options: readonly (readonly [Partial<TreeOptions>, string])[] = [
    [{ grower: 'random' as 'forest' }, 'grower: expected leaf-wise, depth-wise, symmetric, forest, got random'],
    [{ seed: -1 }, 'seed: expected a whole number from 0 to 4294967295, got -1'],
    [{ trees: 0 }, 'trees: expected a whole number from 1 to 100000, got 0'],
    [{ learningRate: 0 }, 'learningRate: expected a share above 0, at most 1, got 0'],
    [{ maximumLeaves: 1 }, 'maximumLeaves: expected a whole number from 2 to 4096, got 1'],
    [{ grower: 'symmetric', maximumDepth: 11 }, 'maximumDepth: expected a whole number from 1 to 10, got 11'],
    [{ minimumRowsPerLeaf: 0 }, 'minimumRowsPerLeaf: expected a whole number from 1'],
    [{ l2: -1 }, 'l2: expected a finite number, 0 or more, got -1'],
    [{ rowSample: 1.5 }, 'rowSample: expected a share above 0, at most 1, got 1.5'],
    [{ maximumBins: 1 }, 'maximumBins: expected a whole number from 2 to 254, got 1'],
    [{ grower: 'forest', loss: { kind: 'gamma' } }, 'loss.kind: expected squared or pinball for a forest'],
    [{ loss: { kind: 'cubic' as 'squared' } }, 'loss: expected a loss of kind squared, pinball, gamma'],
    [{ loss: { kind: 'pinball', quantile: 0 } }, 'loss.quantile: expected a number above 0 and below 1, got 0'],
  ];

  it.each(options)('refuses options %o', (changes, message) => {
    expect(() => trainTrees({ ...defaultTreeOptions('leaf-wise'), ...changes }, good)).toThrow(message);
  });
});

describe.each(['leaf-wise', 'depth-wise', 'symmetric', 'forest'] as const)('%s trees', (grower) => {
  it('with fewer rows than leaves predict what lies between the targets', () => {
    const few = { matrix: matrixOf({ a: [1, 2, 3] }), target: Float64Array.of(1, 5, 9) };
    const most = grower === 'symmetric' ? { maximumDepth: 10 } : { maximumLeaves: 4096 };
    const options = { ...defaultTreeOptions(grower), ...most, minimumRowsPerLeaf: 1, trees: 5 };
    for (const value of predict(trainTrees(options, few), few.matrix)) {
      expect(value).toBeGreaterThanOrEqual(1);
      expect(value).toBeLessThanOrEqual(9);
    }
  });
});
