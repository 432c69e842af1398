import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loss } from '../losses.ts';
import type { Matrix } from '../matrix.ts';
import { type Contributions, predict, treeContributions } from '../model.ts';
import { range, simulate } from '../testing/simulated-data.ts';
import { trainTrees } from './train-trees.ts';
import type { TreeModel } from './tree-model.ts';
import { defaultTreeOptions, type Grower } from './tree-options.ts';

const data = simulate(500, 71);

function train(grower: Grower, loss: Loss = { kind: 'squared' }, seed = 1): TreeModel {
  const columns = { squared: data.target, gamma: data.positive } as const;
  const options = { ...defaultTreeOptions(grower), loss, seed, trees: 10, learningRate: 0.2, minimumRowsPerLeaf: 5 };
  return trainTrees(options, { matrix: data.matrix, target: columns[loss.kind as keyof typeof columns] });
}

/** Base value and contributions of an explained row, added up. */
function sumOf({ baseValue, contributions: { names, rows, values } }: Contributions, row: number): number {
  return names.reduce((sum, _, f) => sum + values[f * rows + row]!, baseValue);
}

/** A row of eight columns, some values missing. */
const anyRow = fc.array(fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constant(NaN)), {
  minLength: 8,
  maxLength: 8,
});

describe.each(['leaf-wise', 'depth-wise', 'symmetric', 'forest'] as const)('contributions to a %s model', (grower) => {
  const model = train(grower);

  it('add up to the prediction of any row, with the base value', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const matrix: Matrix = { names: model.names, rows: 1, values: Float64Array.from(row) };
        const found = treeContributions(model, matrix, range(0, 1));
        expect(Math.abs(sumOf(found, 0) - predict(model, matrix)[0]!)).toBeLessThan(1e-9);
      }),
    );
  });

  it('have Shapley values of all subsets of columns, computed one by one', () => {
    const row = 7;
    const found = treeContributions(model, data.matrix, Int32Array.of(row));
    const values = Float64Array.from(model.names, (_, f) => data.matrix.values[f * data.matrix.rows + row]!);
    for (const [f, expected] of shapleyValues(model, values).entries()) {
      expect(found.contributions.values[f]).toBeCloseTo(expected, 10);
    }
  });
});

describe('contributions', () => {
  it('are on the scale of the link for gamma', () => {
    const loss = { kind: 'gamma' } as const;
    const model = train('leaf-wise', loss);
    const found = treeContributions(model, data.matrix, range(0, 20));
    const link = predict(model, data.matrix, { scale: 'link', rows: range(0, 20) });
    for (const [row, score] of link.entries()) expect(sumOf(found, row)).toBeCloseTo(score, 9);
  });

  it('have a base value that is the mean score of the rows that a model without sampling learned from', () => {
    const options = { ...defaultTreeOptions('leaf-wise'), rowSample: 1, trees: 5, minimumRowsPerLeaf: 5 };
    const model = trainTrees(options, data);
    const scores = predict(model, data.matrix);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(treeContributions(model, data.matrix, range(0, 1)).baseValue).toBeCloseTo(mean, 10);
  });
});

/** The definition: the mean of what a column adds over all orders in which columns become known (Shapley 1953). */
function shapleyValues(model: TreeModel, row: Float64Array): Float64Array {
  const columns = row.length;
  const scores = Float64Array.from({ length: 2 ** columns }, (_, known) => expectedScore(model, row, known));
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Float64Array.from(row, (_, f) => {
    let sum = 0;
    for (let known = 0; known < scores.length; known += 1) {
      if (known & (1 << f)) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(columns - size - 1)) / factorial(columns);
      sum += weight * (scores[known | (1 << f)]! - scores[known]!);
    }
    return sum;
  });
}

/**
 * The score when only the columns in the bits of `known` are known: at a split of another one both children by their
 * rows.
 */
function expectedScore(model: TreeModel, row: Float64Array, known: number): number {
  const coverOf = (child: number): number =>
    child < 0 ? model.leafCover[~child]! : coverOf(model.left[child]!) + coverOf(model.right[child]!);
  const meanOf = (child: number): number => {
    if (child < 0) return model.leafValues[~child]!;
    const [left, right] = [model.left[child]!, model.right[child]!];
    const f = model.feature[child]!;
    if (known & (1 << f)) {
      const value = row[f]!;
      const goesLeft = Number.isNaN(value) ? model.missingLeft[child] === 1 : value <= model.threshold[child]!;
      return meanOf(goesLeft ? left : right);
    }
    const cover = coverOf(child);
    if (cover === 0) return (meanOf(left) + meanOf(right)) / 2;
    return (coverOf(left) * meanOf(left) + coverOf(right) * meanOf(right)) / cover;
  };
  return model.roots.reduce((sum, root) => sum + meanOf(root), model.baseScore);
}
