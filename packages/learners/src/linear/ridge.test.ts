import { describe, expect, it } from 'vitest';
import { predict } from '../model.ts';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { trainRidge } from './ridge.ts';

const line = matrixOf({ x: [0, 1, 2, 3, 4, 5] });

describe('trainRidge', () => {
  it('solves the penalised normal equations of standardised columns, missing values at the mean', () => {
    const [rows, l2] = [500, 25];
    const { matrix, target } = simulate(rows, 11);
    const model = trainRidge({ l2 }, { matrix, target });
    const residuals = predict(model, matrix).map((value, row) => target[row]! - value);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(residuals)).toBeCloseTo(0, 8);
    for (const [f, coefficient] of model.coefficients.entries()) {
      const column = matrix.values.slice(f * rows, (f + 1) * rows);
      const known = column.filter((value) => !Number.isNaN(value));
      const centred = column.map((value) => (Number.isNaN(value) ? 0 : value - sum(known) / known.length));
      const variance = sum(centred.map((value) => value ** 2)) / rows;
      expect(coefficient).not.toBe(0);
      expect(sum(centred.map((value, row) => value * residuals[row]!))).toBeCloseTo(l2 * coefficient * variance, 8);
    }
  });

  it('gives constant and all-missing columns the coefficient 0', () => {
    const matrix = matrixOf({ x: [0, 1, 2, 3], constant: [0.1, 0.1, 0.1, 0.1], unknown: [NaN, NaN, NaN, NaN] });
    const model = trainRidge({ l2: 0 }, { matrix, target: Float64Array.of(0, 1, 2, 3) });
    expect([...model.coefficients].map((c) => c.toFixed(9))).toEqual(['1.000000000', '0.000000000', '0.000000000']);
    expect([...predict(model, matrix)].map((p) => p.toFixed(9))).toEqual(
      ['0', '1', '2', '3'].map((p) => `${p}.000000000`),
    );
  });

  it('lets a missing value stand for the training mean', () => {
    const model = trainRidge({ l2: 0 }, { matrix: line, target: Float64Array.of(1, 3, 5, 7, 9, 11) });
    expect(predict(model, matrixOf({ x: [NaN] }))[0]).toBeCloseTo(6, 12);
  });

  it('uses the named columns only: as if there were no others', () => {
    const { matrix, target } = simulate(80, 4);
    const [first, , third] = matrix.names;
    const columns = [third!, first!];
    const places = columns.map((name) => matrix.names.indexOf(name));
    const alone = {
      names: columns,
      rows: matrix.rows,
      values: Float64Array.from(places.flatMap((f) => [...matrix.values.subarray(f * 80, (f + 1) * 80)])),
    };
    const model = trainRidge({ l2: 2, columns }, { matrix, target });
    const { coefficients, intercept } = trainRidge({ l2: 2 }, { matrix: alone, target });
    expect([...model.coefficients]).toEqual(
      matrix.names.map((name) => (columns.includes(name) ? coefficients[columns.indexOf(name)] : 0)),
    );
    expect(model.intercept).toBe(intercept);
  });

  it('learns from the named rows only, and on top of the offset', () => {
    const target = Float64Array.of(1, 3, 5, 7, 9, 1000);
    const offset = Float64Array.of(0, 1, 2, 3, 4, 5);
    const model = trainRidge({ l2: 0 }, { matrix: line, target, offset, rows: range(0, 5) });
    expect(model.coefficients[0]).toBeCloseTo(1, 12);
    expect(predict(model, line, { rows: Int32Array.of(5) })[0]).toBeCloseTo(6, 12);
  });

  it('says that collinear columns need a penalty', () => {
    const matrix = matrixOf({ a: [0, 1, 2, 3], b: [0, 2, 4, 6] });
    const data = { matrix, target: Float64Array.of(0, 1, 2, 4) };
    expect(() => trainRidge({ l2: 0 }, data)).toThrow('l2: 0 is too small for collinear columns');
    expect(trainRidge({ l2: 0.1 }, data).coefficients[1]).toBeGreaterThan(0);
  });
});
