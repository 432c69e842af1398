import { isDayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import type { Matrix } from './matrix.ts';
import { predict } from './model.ts';
import { matrixOf } from './testing/simulated-data.ts';
import type { TrainingData } from './training-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions } from './trees/tree-options.ts';

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
  ['too few values', withMatrix({ values: new Float64Array(5) }), 'expected 2 columns x 3 rows, got 5 values'],
  ['no rows', changed({ rows: new Int32Array(0) }), 'rows: expected at least one row to learn from'],
  ['a row outside', changed({ rows: Int32Array.of(0, 3) }), 'rows[1]: expected a row of the matrix, 0 to 2, got 3'],
  [
    'an infinite value',
    withMatrix({ values: Float64Array.of(1, 2, 3, 4, Infinity, 6) }),
    'column "b", row 1: expected',
  ],
  ['a missing target', changed({ target: Float64Array.of(0, NaN, 1) }), 'target[1]: expected a finite number, got NaN'],
  ['a short target', changed({ target: Float64Array.of(1) }), 'target: expected one for each of the 3 rows'],
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
  it.each(['forest', 'symmetric'] as const)('refuses gamma loss of the grower %s', (grower) => {
    const options = { ...defaultTreeOptions(grower), loss: { kind: 'gamma' } } as const;
    expect(() => trainTrees(options, good)).toThrow(`loss.kind: expected squared or pinball for the grower ${grower}`);
  });

  it('refuses a quantile beyond 0 and 1', () => {
    const options = { ...defaultTreeOptions('leaf-wise'), loss: { kind: 'pinball', quantile: 0 } } as const;
    expect(() => trainTrees(options, good)).toThrow('loss.quantile: expected a number above 0 and below 1, got 0');
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
