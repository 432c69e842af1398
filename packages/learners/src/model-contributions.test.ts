import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import { type Model, modelContributions, predict } from './model.ts';
import { simulate } from './testing/simulated-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions } from './trees/tree-options.ts';

const { matrix, target } = simulate(400, 3);

const models: readonly (readonly [string, Model])[] = [
  ['trees', trainTrees({ ...defaultTreeOptions('leaf-wise'), trees: 20 }, { matrix, target })],
  ['ridge', trainRidge({ l2: 10 }, { matrix, target })],
];

describe.each(models)('contributions to a prediction of %s', (_kind, model) => {
  const rows = Int32Array.of(0, 7, 399, 12);
  const { baseValue, contributions } = modelContributions(model, matrix, { rows });

  it('add up to it on the scale of the link', () => {
    const predicted = predict(model, matrix, { rows, scale: 'link' });
    for (const [i, value] of predicted.entries()) {
      let sum = baseValue;
      for (let f = 0; f < matrix.names.length; f += 1) sum += contributions.values[f * rows.length + i]!;
      expect(Math.abs(sum - value)).toBeLessThan(1e-12);
    }
  });

  it('are nothing for columns that are not known, where a linear model has no more to say', () => {
    const unknown = { ...matrix, values: matrix.values.map(() => NaN) };
    const { contributions: none } = modelContributions(model, unknown, { rows });
    if (model.kind !== 'trees') expect([...none.values].every((value) => value === 0)).toBe(true);
    expect(none.values.every(Number.isFinite)).toBe(true);
  });

  it('refuse other columns and infinite values', () => {
    const other = { ...matrix, names: matrix.names.map((name, f) => (f === 0 ? 'other' : name)) };
    expect(() => modelContributions(model, other)).toThrow(/as in training/);
    const infinite = { ...matrix, values: matrix.values.with(1, Infinity) };
    expect(() => modelContributions(model, infinite)).toThrow(/expected a finite/);
  });
});
