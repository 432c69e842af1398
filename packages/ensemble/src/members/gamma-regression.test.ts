import type { Matrix } from '@daytrade/learners';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { fitGammaRegression, fitHar, predictHar } from './gamma-regression.ts';

const height = 600;
const random = seededRandom(6);
const names = [
  'log_range',
  'ewma_variance_94',
  'parkinson_80',
  'market_range_variance',
  'return_1',
  'absolute_return_1',
  'rogers_satchell_97',
  'market_variance_80',
  'gap',
  'constant',
  'unknown',
];
const values = names.map((name, f) =>
  Float64Array.from({ length: height }, () => {
    if (name === 'constant') return 0.1;
    return name === 'unknown' || random() < 0.05 ? NaN : f + (f + 1) * (random() - 0.5);
  }),
);
const matrix: Matrix = { names, rows: height, values: Float64Array.from(values.flatMap((column) => [...column])) };
/** More than two blocks of 256 rows, in an order of their own; the others have no target. */
const rows = Int32Array.from({ length: 530 }, (_, i) => (7 * i) % height);
const target = new Float64Array(height).fill(NaN);
for (const row of rows) {
  const link = values.slice(0, 9).reduce((sum, column, f) => sum + 0.2 * ((column[row]! - f) / (f + 1) || 0), 0.5);
  target[row] = Math.exp(link) * -Math.log(1 - random());
}

/** The known values of the training rows in units of their deviation, others 0; and what the model says of each row. */
function standardised(f: number): { readonly column: Float64Array; readonly mean: number; readonly deviation: number } {
  const known = Array.from(rows, (row) => values[f]![row]!).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  const column = Float64Array.from(rows, (row) => (values[f]![row]! - mean) / deviation || 0);
  return { column, mean, deviation };
}

type Model = ReturnType<typeof fitGammaRegression>;

function linksOf(model: Model, of: Int32Array): Float64Array {
  return Float64Array.from(of, (row) =>
    values.reduce((sum, column, f) => {
      const value = Number.isNaN(column[row]!) ? model.means[f]! : column[row]!;
      return sum + model.coefficients[f]! * value;
    }, model.intercept),
  );
}

/** Checks the equations of the largest penalised likelihood: McCullagh & Nelder 1989, chapter 8. */
function expectSolved(model: Model, l2: number, used: readonly string[]) {
  expect(model.names).toEqual(names);
  const off = linksOf(model, rows).map((link, i) => target[rows[i]!]! / Math.exp(link) - 1);
  expect(off.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 2);
  for (const [f, name] of names.entries()) {
    const { column, mean, deviation } = standardised(f);
    if (!used.includes(name) || f > 8) {
      expect(model.coefficients[f], name).toBe(0);
      continue;
    }
    expect(model.means[f], name).toBeCloseTo(mean, 9);
    const weight = model.coefficients[f]! * deviation;
    expect(weight, name).not.toBe(0);
    expect(column.reduce((sum, value, i) => sum + value * off[i]!, 0) - l2 * weight, name).toBeCloseTo(0, 2);
  }
}

describe('a gamma regression', () => {
  it.each([1, 3, 4, 5, 7, 8, 9, 11])('has the largest likelihood less its penalty, with %i columns', (count) => {
    const used = names.slice(0, count);
    expectSolved(fitGammaRegression(matrix, rows, target, 5, used), 5, used);
  });

  it.each([0.5, 1000])('uses all columns where none is named, with a penalty of %d rows', (l2) => {
    expectSolved(fitGammaRegression(matrix, rows, target, l2), l2, names);
  });

  it('is the logarithm of the mean where no column says anything', () => {
    const { intercept, coefficients } = fitGammaRegression(matrix, rows, target, 5, ['constant', 'unknown']);
    expect(intercept).toBeCloseTo(Math.log(rows.reduce((sum, row) => sum + target[row]!, 0) / rows.length), 9);
    expect([...coefficients]).toEqual(names.map(() => 0));
  });

  it('takes outcomes of 0', () => {
    const none = target.map((value, row) => (row % 2 === 0 ? 0 : value));
    const { intercept, coefficients } = fitGammaRegression(matrix, rows, none, 5);
    expect([intercept, ...coefficients].every(Number.isFinite)).toBe(true);
  });
});

describe('the yardstick of scales', () => {
  it('knows past variances alone, with a penalty of 100 rows', () => {
    const used = names.filter((name) => name !== 'return_1' && name !== 'gap' && name !== 'constant');
    const model = fitHar(matrix, rows, target);
    expect(model).toEqual(fitGammaRegression(matrix, rows, target, 100, used));
    expectSolved(model, 100, used);
    const some = Int32Array.of(5, 0, 599);
    const expected = Array.from(linksOf(model, some), (link) => expect.closeTo(Math.exp(link), 9));
    expect([...predictHar(model, matrix, some)]).toEqual(expected);
  });
});
