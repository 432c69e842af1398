import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import { type Model, predict, predictRow } from './model.ts';
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
      'matrix.names[0]: expected "x0", as in training, got "x7"',
    );
    const more = { names: [...names, 'x8'], rows: 1, values: new Float64Array(9) };
    expect(() => predict(model, more)).toThrow('matrix.names[8]: expected no column, as in training, got "x8"');
    const fewer = { names: names.slice(0, 7), rows: 1, values: new Float64Array(7) };
    expect(() => predict(model, fewer)).toThrow('matrix.names[7]: expected "x7", as in training, got no column');
    expect(() => predictRow(model, new Float64Array(7))).toThrow(
      'values: expected one for each of the 8 columns, got 7 values',
    );
  });

  it('refuses infinite values, naming the column, and bad rows and offsets', () => {
    const values = Float64Array.from(matrix.values);
    values[2 * 500 + 3] = Infinity;
    expect(() => predict(model, { ...matrix, values })).toThrow('column "x2", row 3: expected a finite number');
    expect(() => predictRow(model, rowOf(0).fill(-Infinity))).toThrow('column "x0": expected a finite number');
    expect(() => predict(model, matrix, { rows: Int32Array.of(500) })).toThrow('rows[0]: expected a row of the matrix');
    expect(() => predict(model, matrix, { offset: new Float64Array(3) })).toThrow('offset: expected one for each');
    expect(() => predict(model, matrix, { offset: new Float64Array(500).fill(NaN) })).toThrow(
      'offset[0]: expected a finite',
    );
  });

  it('adds the offset on the scale of the link', () => {
    const offset = matrix.values.slice(0, 500);
    const link = predict(model, matrix, { scale: 'link' });
    for (const [row, score] of predict(model, matrix, { offset, scale: 'link' }).entries()) {
      expect(score).toBeCloseTo(link[row]! + offset[row]!, 12);
    }
  });

  it('gives nothing for no rows', () => {
    expect(predict(model, { names: matrix.names, rows: 0, values: new Float64Array(0) })).toEqual(new Float64Array(0));
  });
});

describe('the response', () => {
  it('is the exponential for gamma', () => {
    expect(predictRow(gamma, rowOf(0))).toBeCloseTo(Math.exp(predictRow(gamma, rowOf(0), 'link')), 14);
  });
});
