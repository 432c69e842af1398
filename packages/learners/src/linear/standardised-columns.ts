import { checkNotInfinite } from '../matrix.ts';
import type { CheckedData } from '../training-data.ts';
import { type ColumnScales, type RowBlock, standardisedBlocks } from './standardised-blocks.ts';

/** The columns of the training rows with mean 0 and standard deviation 1, missing values at the mean. */
export interface StandardisedColumns extends ColumnScales {
  /** Weighted mean of the known values; 0 for a column without one. */
  readonly means: Float64Array;
  /** Weighted standard deviation, missing values at the mean; Infinity for a constant column, whose values are 0. */
  readonly scales: Float64Array;
  /** The training rows, a block after the other, as often as it is called. */
  readonly blocks: () => Iterable<RowBlock>;
}

/** Spreads below this share of a column's mean are rounding. */
const rounding = 1e-13;

/**
 * Standardises the columns of the training rows.
 *
 * @param columns places of those that are used, in their order
 * @throws DayTradeError `learner.input-invalid` for an infinite value
 */
export function standardise(data: CheckedData, columns: readonly number[]): StandardisedColumns {
  const { matrix, rows } = data;
  const means = new Float64Array(columns.length);
  const scales = new Float64Array(columns.length);
  const column = new Float64Array(rows.length);
  for (const [f, place] of columns.entries()) {
    for (let i = 0; i < rows.length; i += 1) {
      column[i] = matrix.values[place * matrix.rows + rows[i]!]!;
      checkNotInfinite(column[i]!, matrix, place, rows[i]!);
    }
    const mean = meanOf(column, data);
    const deviation = deviationOf(column, mean, data);
    means[f] = mean;
    scales[f] = deviation > rounding * Math.abs(mean) ? deviation : Infinity;
  }
  return { means, scales, blocks: () => standardisedBlocks(matrix, rows, { means, scales }, columns) };
}

/** Coefficients of standardised columns on the columns' own scale, with the intercept that belongs to them. */
export function onOwnScale(standardised: Float64Array, intercept: number, { means, scales }: ColumnScales) {
  const coefficients = standardised.map((value, f) => (scales[f] === Infinity ? 0 : value / scales[f]!));
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

/** The standard deviation, with missing values at the mean. */
function deviationOf(column: Float64Array, mean: number, { rows, weights }: CheckedData): number {
  let squares = 0;
  let weightSum = 0;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i]!;
    const weight = weights ? weights[rows[i]!]! : 1;
    const centred = Number.isNaN(value) ? 0 : value - mean;
    squares += weight * centred * centred;
    weightSum += weight;
  }
  return Math.sqrt(squares / weightSum);
}
