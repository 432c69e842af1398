import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import { type Model, modelContributions, predict, predictRow } from './model.ts';
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
const rowOf = (row: number) => Float64Array.from(matrix.names, (_, f) => matrix.values[f * matrix.rows + row]!);

describe.each(models)('predict with a %s model', (_name, model) => {
  it('gives the same for a row alone, for some rows and for the whole matrix', () => {
    const whole = predict(model, matrix);
    fc.assert(
      fc.property(fc.array(fc.nat(499), { maxLength: 150 }), (rows) => {
        const some = predict(model, matrix, { rows: Int32Array.from(rows) });
        for (const [i, row] of rows.entries()) {
          expect(some[i]).toBe(whole[row]);
          expect(Math.abs(predictRow(model, rowOf(row)) - whole[row]!)).toBeLessThan(1e-12);
        }
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

describe('the response', () => {
  it('is the exponential for gamma', () => {
    expect(predictRow(gamma, rowOf(0))).toBeCloseTo(Math.exp(predictRow(gamma, rowOf(0), 'link')), 14);
  });
});

describe('contributions', () => {
  const { matrix, target } = simulate(400, 3);

  const explained: readonly (readonly [string, Model])[] = [
    ['trees', trainTrees({ ...defaultTreeOptions('leaf-wise'), trees: 20 }, { matrix, target })],
    ['ridge', trainRidge({ l2: 10 }, { matrix, target })],
  ];

  describe.each(explained)('contributions to a prediction of %s', (_kind, model) => {
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
  });
});
