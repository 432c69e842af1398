import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predict, predictRow } from '../model.ts';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { trainRidge } from './ridge.ts';

const line = matrixOf({ x: [0, 1, 2, 3, 4, 5] });

describe('trainRidge', () => {
  it('has the coefficients of scikit-learn to 1e-8, missing values at the mean', () => {
    const golden = JSON.parse(readFileSync(new URL('../../oracles/ridge.golden.json', import.meta.url), 'utf8'));
    const { matrix, target } = simulate(500, 11);
    const { coefficients, intercept } = trainRidge({ l2: 25 }, { matrix, target });
    expect(coefficients).toHaveLength(golden.coefficients.length);
    for (const [f, expected] of golden.coefficients.entries()) {
      expect(Math.abs(coefficients[f]! - expected)).toBeLessThan(1e-8);
    }
    expect(Math.abs(intercept - golden.intercept)).toBeLessThan(1e-8);
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
    expect(predictRow(model, Float64Array.of(NaN))).toBeCloseTo(6, 12);
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
