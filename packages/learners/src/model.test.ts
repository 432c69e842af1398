import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import { type Model, modelContributions, predict } from './model.ts';
import { simulate } from './testing/simulated-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions, type Grower } from './trees/tree-options.ts';

const { matrix, target, positive } = simulate(500, 41);
const trees = (grower: Grower) =>
  trainTrees({ ...defaultTreeOptions(grower), trees: 10, minimumRowsPerLeaf: 5 }, { matrix, target });
const gamma = trainTrees(
  { ...defaultTreeOptions('leaf-wise'), trees: 10, loss: { kind: 'gamma' } },
  { matrix, target: positive },
);
const models: readonly (readonly [string, Model])[] = [
  ['leaf-wise', trees('leaf-wise')],
  ['symmetric', trees('symmetric')],
  ['forest', trees('forest')],
  ['gamma', gamma],
  ['ridge', trainRidge({ l2: 1 }, { matrix, target })],
];

describe.each(models)('predict with a %s model', (_name, model) => {
  it('gives the same for some rows and for the whole matrix', () => {
    const whole = predict(model, matrix);
    fc.assert(
      fc.property(fc.array(fc.nat(499), { maxLength: 150 }), (rows) => {
        const some = predict(model, matrix, { rows: Int32Array.from(rows) });
        for (const [i, row] of rows.entries()) expect(some[i]).toBe(whole[row]);
      }),
      { numRuns: 20 },
    );
  });

  it('wants the columns of training, in their order', () => {
    const names = [...matrix.names];
    expect(() => predict(model, { ...matrix, names: names.toReversed() })).toThrow(
      'column 1: expected "x0", as in training, got "x7"',
    );
    const more = { names: [...names, 'x8'], rows: 1, values: new Float64Array(9) };
    expect(() => predict(model, more)).toThrow('column 9: expected no column, as in training, got "x8"');
    const fewer = { names: names.slice(0, 7), rows: 1, values: new Float64Array(7) };
    expect(() => predict(model, fewer)).toThrow('column 8: expected "x7", as in training, got no column');
    expect(() => modelContributions(model, more)).toThrow(/as in training/);
  });
});

describe('contributions to a prediction of a ridge', () => {
  const model = trainRidge({ l2: 10 }, { matrix, target });
  const rows = Int32Array.of(0, 7, 399, 12);

  it('add up to it', () => {
    const { baseValue, contributions } = modelContributions(model, matrix, { rows });
    for (const [i, value] of predict(model, matrix, { rows }).entries()) {
      let sum = baseValue;
      for (let f = 0; f < matrix.names.length; f += 1) sum += contributions.values[f * rows.length + i]!;
      expect(Math.abs(sum - value)).toBeLessThan(1e-12);
    }
  });

  it('are nothing for columns that are not known', () => {
    const { contributions } = modelContributions(model, { ...matrix, values: matrix.values.map(() => NaN) }, { rows });
    expect(contributions.values.every((value) => value === 0)).toBe(true);
  });
});
