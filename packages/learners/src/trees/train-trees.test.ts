import { describe, expect, it } from 'vitest';
import { binMatrix } from '../binning/binned-matrix.ts';
import { predict } from '../model.ts';
import { serialiseModel } from '../model-file.ts';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { trainTrees } from './train-trees.ts';
import type { TreeModel } from './tree-model.ts';
import { defaultTreeOptions, type Grower, type TreeOptions } from './tree-options.ts';

const growers: readonly Grower[] = ['leaf-wise', 'depth-wise', 'symmetric', 'forest'];
const { matrix, target } = simulate(600, 31);

/** Quick trees without anything drawn at random. */
function plain(grower: Grower, changes: Partial<TreeOptions> = {}): TreeOptions {
  const whole = { rowSample: 1, columnSamplePerTree: 1, columnSamplePerSplit: 1 };
  const quick = { trees: 20, learningRate: 0.2, minimumRowsPerLeaf: 5, maximumDepth: 4, l2: 1 };
  return { ...defaultTreeOptions(grower), ...quick, ...whole, ...changes };
}

function drawn(grower: Grower, changes: Partial<TreeOptions> = {}): TreeOptions {
  const samples = { rowSample: 0.6, columnSamplePerTree: 0.8, columnSamplePerSplit: 0.5 };
  return plain(grower, { ...samples, ...changes });
}

/** Splits from root to the deepest leaf of a tree. */
function depthOf(model: TreeModel, child: number): number {
  return child < 0 ? 0 : 1 + Math.max(depthOf(model, model.left[child]!), depthOf(model, model.right[child]!));
}

describe.each(growers)('a %s model', (grower) => {
  it('is the same to the byte for the same seed, and another for another seed', () => {
    const train = (seed: number) => serialiseModel(trainTrees(drawn(grower, { seed }), { matrix, target }));
    expect(train(1)).toEqual(train(1));
    expect(train(1)).not.toEqual(train(2));
  });

  it('is the same with shared bins as with its own', () => {
    const bins = binMatrix(matrix);
    expect(trainTrees(drawn(grower), { matrix, target, bins })).toEqual(trainTrees(drawn(grower), { matrix, target }));
  });

  it('does not depend on rows that it does not learn from', () => {
    const rows = range(0, 400);
    const other = simulate(600, 32);
    const values = matrix.values.map((value, i) => (i % 600 < 400 ? value : other.matrix.values[i]!));
    const changed = { matrix: { ...matrix, values }, target: target.map((y, row) => (row < 400 ? y : NaN)), rows };
    expect(trainTrees(drawn(grower), changed)).toEqual(trainTrees(drawn(grower), { matrix, target, rows }));
  });

  it('keeps to the greatest depth', () => {
    const model = trainTrees(plain(grower, { maximumDepth: 3 }), { matrix, target });
    expect(Math.max(...Array.from(model.roots, (root) => depthOf(model, root)))).toBe(3);
  });

  it('gives the constant prediction for a constant target, constant or all-missing columns, and too few rows', () => {
    const constant = new Float64Array(600).fill(0.1);
    for (const p of predict(trainTrees(drawn(grower), { matrix, target: constant }), matrix))
      expect(p).toBeCloseTo(0.1, 12);
    const flat = matrixOf({ constant: [1, 1, 1, 1], unknown: [NaN, NaN, NaN, NaN] });
    const small = { matrix: flat, target: Float64Array.of(1, 2, 3, 6) };
    const options = plain(grower, { minimumRowsPerLeaf: 1, l2: 0, ...(grower === 'forest' ? { trees: 500 } : {}) });
    for (const p of predict(trainTrees(options, small), flat))
      expect(Math.abs(p - 3)).toBeLessThan(grower === 'forest' ? 0.2 : 1e-12);
    const few = trainTrees(plain(grower, { minimumRowsPerLeaf: 301 }), { matrix, target });
    expect(few.feature).toHaveLength(0);
  });

  it('predicts what lies between the targets, with fewer rows than leaves', () => {
    const few = { matrix: matrixOf({ a: [1, 2, 3] }), target: Float64Array.of(1, 5, 9) };
    const most = grower === 'symmetric' ? { maximumDepth: 10 } : { maximumLeaves: 4096 };
    const options = { ...defaultTreeOptions(grower), ...most, minimumRowsPerLeaf: 1, trees: 5 };
    for (const value of predict(trainTrees(options, few), few.matrix)) {
      expect(value).toBeGreaterThanOrEqual(1);
      expect(value).toBeLessThanOrEqual(9);
    }
  });

  it('learns on which side missing values belong', () => {
    const x = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? NaN : i % 2));
    const both = matrixOf({ x });
    for (const known of [0, 1]) {
      // Missing rows behave like those of value `known`.
      const y = Float64Array.from(x, (value) => (Number.isNaN(value) || value === known ? 5 : -5));
      const model = trainTrees(plain(grower, { l2: 0, trees: 60 }), { matrix: both, target: y });
      for (const [row, p] of predict(model, both).entries()) expect(Math.abs(p - y[row]!)).toBeLessThan(0.01);
    }
  });

  it('sends missing values along with the majority where training saw none', () => {
    const x = Array.from({ length: 100 }, (_, i) => i);
    const one = matrixOf({ x });
    const y = Float64Array.from(x, (value) => (value < 30 ? -1 : 1));
    const model = trainTrees(plain(grower, { l2: 0, trees: 60, maximumDepth: 1 }), { matrix: one, target: y });
    expect(predict(model, matrixOf({ x: [NaN] }))[0]).toBeGreaterThan(0.5);
  });
});

describe.each(['leaf-wise', 'depth-wise', 'symmetric'] as const)('%s boosting', (grower) => {
  it('learns what the offset leaves', () => {
    const offset = matrix.values.slice(0, 600);
    const model = trainTrees(plain(grower), { matrix, target, offset });
    const left = trainTrees(plain(grower), { matrix, target: target.map((y, row) => y - offset[row]!) });
    const expected = predict(left, matrix);
    for (const [row, p] of predict(model, matrix).entries()) expect(p).toBeCloseTo(expected[row]!, 9);
  });

  it('leaves out trees without a split', () => {
    expect(trainTrees(plain(grower, { minimumGain: 1e9 }), { matrix, target }).roots).toHaveLength(0);
  });
});

describe('a leaf of pinball loss', () => {
  it('takes the quantile of its residuals, times n / (n + l2)', () => {
    const x = Array.from({ length: 20 }, (_, i) => Math.floor(i / 10));
    const y = Float64Array.from(x, (side, i) => 100 * side + (i % 10));
    const train = (changes: Partial<TreeOptions>) => {
      const loss = { kind: 'pinball', quantile: 0.9 } as const;
      const options = plain('leaf-wise', { loss, trees: 1, learningRate: 1, l2: 0, ...changes });
      return trainTrees(options, { matrix: matrixOf({ x }), target: y });
    };
    expect([...predict(train({}), matrixOf({ x: [0, 1] }))]).toEqual([8, 108]);
    const base = train({}).baseScore;
    expect([...train({ l2: 10 }).leafValues]).toEqual([(8 - base) / 2, (108 - base) / 2]);
  });
});

describe('leaf-wise growth', () => {
  it('has at most as many leaves as allowed', () => {
    const { leafValues, roots } = trainTrees(plain('leaf-wise', { maximumLeaves: 6, maximumDepth: 64 }), {
      matrix,
      target,
    });
    expect(leafValues.length).toBe(6 * roots.length);
  });
});

describe('symmetric growth', () => {
  it('asks one question at each level', () => {
    const model = trainTrees(plain('symmetric', { trees: 1 }), { matrix, target });
    let level = [...model.roots];
    while (level.length > 0 && level[0]! >= 0) {
      expect(
        new Set(level.map((node) => `${model.feature[node]} ${model.threshold[node]} ${model.missingLeft[node]}`)).size,
      ).toBe(1);
      level = level.flatMap((node) => [model.left[node]!, model.right[node]!]);
    }
    expect(level).toHaveLength(16);
  });
});
