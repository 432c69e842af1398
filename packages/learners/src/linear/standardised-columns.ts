import { checkNotInfinite } from '../matrix.ts';
import type { CheckedData } from '../training-data.ts';

/** The columns of the training rows with mean 0 and standard deviation 1, missing values at the mean. */
export interface StandardisedColumns {
  /** Column `f` of training row `i` is `values[f * rows + i]`. */
  readonly values: Float64Array;
  readonly rows: number;
  /** Weighted mean of the known values; 0 for a column without one. */
  readonly means: Float64Array;
  /** Weighted standard deviation, missing values at the mean; 0 for a constant column, whose values are all 0 here. */
  readonly scales: Float64Array;
}

/** Spreads below this share of a column's mean are rounding. */
const rounding = 1e-13;

/**
 * Standardises the columns of the training rows.
 *
 * @throws DayTradeError `learner.input-invalid` for an infinite value
 */
export function standardise(data: CheckedData): StandardisedColumns {
  const { matrix, rows } = data;
  const columns = matrix.names.length;
  const result = {
    values: new Float64Array(columns * rows.length),
    rows: rows.length,
    means: new Float64Array(columns),
    scales: new Float64Array(columns),
  };
  for (let f = 0; f < columns; f += 1) {
    const column = result.values.subarray(f * rows.length, (f + 1) * rows.length);
    for (let i = 0; i < rows.length; i += 1) {
      column[i] = matrix.values[f * matrix.rows + rows[i]!]!;
      checkNotInfinite(column[i]!, matrix, f, rows[i]!);
    }
    const mean = meanOf(column, data);
    const scale = centre(column, mean, data);
    const isConstant = !(scale > rounding * Math.abs(mean));
    for (let i = 0; i < rows.length; i += 1) column[i] = isConstant ? 0 : column[i]! / scale;
    result.means[f] = mean;
    result.scales[f] = isConstant ? 0 : scale;
  }
  return result;
}

/** Coefficients of standardised columns on the columns' own scale, with the intercept that belongs to them. */
export function onOwnScale(standardised: Float64Array, intercept: number, { means, scales }: StandardisedColumns) {
  const coefficients = standardised.map((value, f) => (scales[f] === 0 ? 0 : value / scales[f]!));
  return { coefficients, intercept: coefficients.reduce((sum, value, f) => sum - value * means[f]!, intercept) };
}

function meanOf(column: Float64Array, { rows, weights }: CheckedData): number {
  let sum = 0;
  let weightSum = 0;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    const weight = weights ? weights[rows[i]!]! : 1;
    sum += weight * value;
    weightSum += weight;
  }
  return weightSum === 0 ? 0 : sum / weightSum;
}

/** Takes the mean off in place, puts missing values to 0 and gives the standard deviation. */
function centre(column: Float64Array, mean: number, { rows, weights }: CheckedData): number {
  let squares = 0;
  let weightSum = 0;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i]!;
    const weight = weights ? weights[rows[i]!]! : 1;
    const centred = Number.isNaN(value) ? 0 : value - mean;
    column[i] = centred;
    squares += weight * centred * centred;
    weightSum += weight;
  }
  return Math.sqrt(squares / weightSum);
}
