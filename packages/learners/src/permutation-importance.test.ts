import { describe, expect, it } from 'vitest';
import { trainLogistic } from './linear/logistic.ts';
import { trainRidge } from './linear/ridge.ts';
import { permutationImportance } from './permutation-importance.ts';
import { matrixOf, range, simulate } from './testing/simulated-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions } from './trees/tree-options.ts';

const { matrix, target, class: classes, weight } = simulate(600, 91);
const rows = range(0, 300);
const judged = { matrix, target, rows: range(300, 600) };
const options = { ...defaultTreeOptions('leaf-wise'), learningRate: 0.2, trees: 20, minimumRowsPerLeaf: 10 };
const trees = trainTrees(options, { matrix, target, rows });

describe('permutationImportance', () => {
  it('of a linear model is the square of its coefficient times the variance of the column, with half the squared error', () => {
    const x = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i));
    const noise = x.map((_, i) => Math.cos(7 * i));
    const line = matrixOf({ x, noise });
    const y = Float64Array.from(x, (value) => 3 * value);
    const model = trainRidge({ l2: 1e-9 }, { matrix: line, target: y });
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    const found = permutationImportance(model, { matrix: line, target: y }, { seed: 1, repeats: 1000 });
    expect(found[0]! / (9 * variance)).toBeCloseTo(1, 1);
    expect(found[1]).toBeCloseTo(0, 8);
  });

  it('finds the columns that the target is made of, on rows not learned from', () => {
    const found = permutationImportance(trees, judged, { seed: 1 });
    const others = Math.max(...found.subarray(4));
    for (const f of [0, 1, 2, 3]) expect(found[f]).toBeGreaterThan(2 * others);
  });

  it('is exactly 0 for a column that the model does not use', () => {
    const first = trainTrees({ ...options, trees: 1, maximumLeaves: 2 }, { matrix, target, rows });
    const found = permutationImportance(first, judged, { seed: 1 });
    expect([...found].filter((increase) => increase !== 0)).toHaveLength(1);
  });

  it('is the same for the same seed, and leaves the matrix alone', () => {
    const before = matrix.values.slice();
    const found = permutationImportance(trees, judged, { seed: 2 });
    expect(permutationImportance(trees, judged, { seed: 2 })).toEqual(found);
    expect(permutationImportance(trees, judged, { seed: 3 })).not.toEqual(found);
    expect(matrix.values).toEqual(before);
  });

  it('looks at the rows asked for only, with their weights and offsets', () => {
    const found = permutationImportance(trees, judged, { seed: 2 });
    const other = { ...judged, target: target.map((y, row) => (row < 300 ? 99 : y)) };
    expect(permutationImportance(trees, other, { seed: 2 })).toEqual(found);
    const heavy = { ...judged, weights: weight.map(() => 7) };
    for (const [f, increase] of permutationImportance(trees, heavy, { seed: 2 }).entries()) {
      expect(increase).toBeCloseTo(found[f]!, 10);
    }
    const moved = { ...judged, target: target.map((y) => y + 5), offset: target.map(() => 5) };
    for (const [f, increase] of permutationImportance(trees, moved, { seed: 2 }).entries()) {
      expect(increase).toBeCloseTo(found[f]!, 10);
    }
  });

  it('judges a logistic model by its log loss', () => {
    const model = trainLogistic({ l2: 1 }, { matrix, target: classes, rows });
    const found = permutationImportance(model, { ...judged, target: classes }, { seed: 1 });
    expect(found.indexOf(Math.max(...found))).toBe(0);
  });

  it('refuses what it cannot measure', () => {
    expect(() => permutationImportance(trees, judged, { seed: -1 })).toThrow('seed: expected a whole number from 0');
    expect(() => permutationImportance(trees, judged, { seed: 1, repeats: 0 })).toThrow(
      'repeats: expected a whole number',
    );
    const renamed = { ...judged, matrix: { ...matrix, names: matrix.names.map((name) => `${name}y`) } };
    expect(() => permutationImportance(trees, renamed, { seed: 1 })).toThrow('matrix.names[0]: expected "x0"');
  });
});
