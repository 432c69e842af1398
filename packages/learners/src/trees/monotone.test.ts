import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loss } from '../losses/loss.ts';
import { predict } from '../model.ts';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { trainTrees } from './train-trees.ts';
import { defaultTreeOptions, type Grower, type TreeOptions } from './tree-options.ts';

const growers = ['leaf-wise', 'depth-wise', 'symmetric', 'forest'] as const;

function settings(grower: Grower, changes: Partial<TreeOptions> = {}): TreeOptions {
  return { ...defaultTreeOptions(grower), trees: 8, learningRate: 0.3, minimumRowsPerLeaf: 3, l2: 1, ...changes };
}

/** Few values a column, so that every pair of values meets in some split. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const problem = fc.record({
  rows: fc.array(fc.record({ up: value, down: value, free: value, y: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 12,
    maxLength: 60,
  }),
  loss: fc.constantFrom<Loss[]>(
    { kind: 'squared' },
    { kind: 'logistic' },
    { kind: 'huber', delta: 2 },
    { kind: 'gamma' },
  ),
  l1: fc.constantFrom(0, 1),
  maximumLeafStep: fc.constantFrom(0, 0.5),
  isWeighted: fc.boolean(),
});

describe.each(growers)('%s trees with monotone columns', (grower) => {
  it('never predict less where such a column is larger, nor more where it has to fall, whatever the others are', () => {
    fc.assert(
      fc.property(problem, ({ rows, loss, isWeighted, ...changes }) => {
        if (grower === 'forest' && (loss.kind === 'logistic' || loss.kind === 'gamma')) return;
        const target = Float64Array.from(rows, ({ y }, row) =>
          loss.kind === 'logistic' ? (row + (y > 4 ? 1 : 0)) % 2 : y + 1,
        );
        if (loss.kind === 'logistic' && new Set(target).size < 2) return;
        const matrix = matrixOf({
          up: rows.map(({ up }) => up),
          down: rows.map(({ down }) => down),
          free: rows.map(({ free }) => free),
        });
        const weights = Float64Array.from(rows, (_, row) => (isWeighted ? 1 + (row % 3) : 1));
        const options = settings(grower, { loss, ...changes, monotone: { up: 1, down: -1 } });
        const model = trainTrees(options, { matrix, target, weights });
        for (const { up, down, free } of rows.slice(0, 8)) {
          const grid = Array.from({ length: 9 }, (_, i) => i - 1);
          const along = (columns: Record<string, number[]>) => [
            ...predict(model, matrixOf(columns), { scale: 'link' }),
          ];
          const rising = along({ up: grid, down: grid.map(() => down), free: grid.map(() => free) });
          const falling = along({ up: grid.map(() => up), down: grid, free: grid.map(() => free) });
          expect(rising).toEqual(rising.toSorted((a, b) => a - b));
          expect(falling).toEqual(falling.toSorted((a, b) => b - a));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('do not use a column whose effect goes the other way, and use one whose effect goes theirs as before', () => {
    const x = Array.from({ length: 200 }, (_, i) => i % 20);
    const data = { matrix: matrixOf({ x }), target: Float64Array.from(x) };
    const against = trainTrees(settings(grower, { monotone: { x: -1 } }), data);
    expect(new Set(predict(against, data.matrix)).size).toBe(1);
    const single = { trees: 1, l2: 0 };
    const free = trainTrees(settings(grower, single), data);
    const along = predict(trainTrees(settings(grower, { ...single, monotone: { x: 1 } }), data), data.matrix);
    for (const [row, p] of predict(free, data.matrix).entries()) expect(along[row]).toBeCloseTo(p, 8);
  });

  it('keep nearly all of what they can learn when the directions are true', () => {
    const samples = [81, 82, 83].map((seed) => simulate(1000, seed));
    const rows = range(0, 500);
    const loss = (monotone: TreeOptions['monotone']) => {
      const options = settings(grower, { trees: 15, minimumRowsPerLeaf: 20, ...(monotone ? { monotone } : {}) });
      const losses = samples.map(({ matrix, target }) => {
        const p = predict(trainTrees(options, { matrix, target, rows }), matrix, { rows: range(500, 1000) });
        return p.reduce((sum, score, i) => sum + (score - target[500 + i]!) ** 2, 0);
      });
      return losses.reduce((sum, of) => sum + of, 0);
    };
    expect(loss({ x0: 1 })).toBeLessThan(1.02 * loss(undefined));
  });
});

describe('the option monotone', () => {
  const data = simulate(200, 82);
  const train = (changes: Partial<TreeOptions>) => () => trainTrees(settings('leaf-wise', changes), data);

  it('changes no byte when no column is named', () => {
    expect(train({ monotone: {} })()).toEqual(train({})());
  });

  it('takes known columns, directions and losses with Newton steps', () => {
    expect(train({ monotone: { x9: 1 } })).toThrow(
      'monotone: expected columns among x0, x1, x2, x3, x4, x5, x6, x7, got "x9"',
    );
    expect(train({ monotone: { x0: 2 as 1 } })).toThrow('monotone.x0: expected a whole number from -1 to 1, got 2');
    expect(train({ monotone: { x0: 1 }, loss: { kind: 'pinball', quantile: 0.5 } })).toThrow(
      'monotone: expected no column for pinball loss, got {"x0":1}',
    );
  });
});
