import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predict, predictRow } from '../model.ts';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { trainLogistic } from './logistic.ts';
import { trainRidge } from './ridge.ts';

const line = matrixOf({ x: [0, 1, 2, 3, 4, 5] });

describe('trainRidge', () => {
  it('finds an exact line without a penalty', () => {
    const model = trainRidge({ l2: 0 }, { matrix: line, target: Float64Array.of(1, 3, 5, 7, 9, 11) });
    expect(model.coefficients[0]).toBeCloseTo(2, 12);
    expect(model.intercept).toBeCloseTo(1, 12);
  });

  it('does not penalise the intercept: a huge penalty leaves the mean', () => {
    const model = trainRidge({ l2: 1e12 }, { matrix: line, target: Float64Array.of(1, 3, 5, 7, 9, 11) });
    expect(predictRow(model, Float64Array.of(5))).toBeCloseTo(6, 9);
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

  it('learns from the named rows only, and on top of the offset', () => {
    const target = Float64Array.of(1, 3, 5, 7, 9, 1000);
    const offset = Float64Array.of(0, 1, 2, 3, 4, 5);
    const model = trainRidge({ l2: 0 }, { matrix: line, target, offset, rows: range(0, 5) });
    expect(model.coefficients[0]).toBeCloseTo(1, 12);
    expect(predict(model, line, { offset, rows: Int32Array.of(5) })[0]).toBeCloseTo(11, 12);
  });

  it('treats a whole weight as that many rows', () => {
    const { matrix, target } = simulate(60, 3);
    const weights = new Float64Array(60).map((_, row) => 1 + (row % 3));
    const repeated = [...range(0, 60)].flatMap((row) => Array.from({ length: weights[row]! }, () => row));
    const names = matrix.names;
    const values = Float64Array.from(names.flatMap((_, f) => repeated.map((row) => matrix.values[f * 60 + row]!)));
    const weighted = trainRidge({ l2: 2 }, { matrix, target, weights });
    const long = trainRidge(
      { l2: 2 },
      { matrix: { names, rows: repeated.length, values }, target: Float64Array.from(repeated, (row) => target[row]!) },
    );
    for (const f of names.keys()) expect(weighted.coefficients[f]).toBeCloseTo(long.coefficients[f]!, 10);
  });

  it('says that collinear columns need a penalty', () => {
    const matrix = matrixOf({ a: [0, 1, 2, 3], b: [0, 2, 4, 6] });
    const data = { matrix, target: Float64Array.of(0, 1, 2, 4) };
    expect(() => trainRidge({ l2: 0 }, data)).toThrow(
      'l2: expected more than 0, because columns are linear combinations',
    );
    expect(trainRidge({ l2: 0.1 }, data).coefficients[1]).toBeGreaterThan(0);
  });
});

describe('trainLogistic', () => {
  it('without a penalty gets the share of ones right (the score equation of the intercept)', () => {
    const data = simulate(400, 5);
    const model = trainLogistic({ l2: 0 }, { matrix: data.matrix, target: data.class });
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(predict(model, data.matrix))).toBeCloseTo(mean(data.class), 12);
  });

  it('is at a minimum: no small change of a coefficient lowers the penalised loss', () => {
    const data = simulate(200, 6);
    const matrix = { ...data.matrix, values: data.matrix.values.map((value) => (Number.isNaN(value) ? 0 : value)) };
    const model = trainLogistic({ l2: 0 }, { matrix, target: data.class });
    const loss = (coefficients: Float64Array) =>
      predict({ ...model, coefficients }, matrix).reduce(
        (sum, p, row) => sum - Math.log(data.class[row] === 1 ? p : 1 - p),
        0,
      );
    fc.assert(
      fc.property(fc.nat(7), fc.double({ min: -0.01, max: 0.01, noNaN: true }), (f, change) => {
        const moved = Float64Array.from(model.coefficients);
        moved[f]! += change;
        expect(loss(moved)).toBeGreaterThanOrEqual(loss(model.coefficients) - 1e-9);
      }),
    );
  });

  it('says that separable classes need a penalty, and takes them with one', () => {
    const data = { matrix: line, target: Float64Array.of(0, 0, 0, 1, 1, 1) };
    expect(() => trainLogistic({ l2: 0 }, data)).toThrow('l2: expected a larger penalty, because classes separate');
    expect(predictRow(trainLogistic({ l2: 1 }, data), Float64Array.of(5))).toBeGreaterThan(0.8);
  });

  it('refuses other targets than 0 and 1, and rows of one class', () => {
    const train = (...target: number[]) =>
      trainLogistic({ l2: 1 }, { matrix: line, target: Float64Array.from(target) });
    expect(() => train(0, 1, 2, 0, 1, 0)).toThrow('target[2]: expected 0 or 1, got 2');
    expect(() => train(1, 1, 1, 1, 1, 1)).toThrow('target: expected rows of both classes, got 6 ones and 0 zeros');
  });
});
