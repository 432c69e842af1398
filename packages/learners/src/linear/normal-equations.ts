import type { StandardisedColumns } from './standardised-columns.ts';

/** Rows of a block whose columns stay in the cache while every pair of them is multiplied. */
const blockRows = 256;

/**
 * The weighted cross products of the columns (lower half, row-major, of `columns + 1` rows; the last one is the
 * constant 1 of the intercept). `weights` has one entry a training row.
 */
export function crossProducts({ values, rows, means }: StandardisedColumns, weights: Float64Array): Float64Array {
  const columns = means.length;
  const size = columns + 1;
  const products = new Float64Array(size * size);
  const weighted = new Float64Array(blockRows);
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(rows, from + blockRows);
    for (let f = 0; f < size; f += 1) {
      let sum = 0;
      for (let i = from; i < to; i += 1) {
        weighted[i - from] = weights[i]! * (f === columns ? 1 : values[f * rows + i]!);
        sum += weighted[i - from]!;
      }
      products[columns * size + f]! += sum;
      if (f === columns) continue;
      for (let g = 0; g <= f; g += 1) products[f * size + g]! += dot(weighted, values, g * rows + from, to - from);
    }
  }
  return products;
}

/** The sum of each column times a vector of one entry a training row; the last one is the sum of the vector. */
export function columnSums({ values, rows, means }: StandardisedColumns, vector: Float64Array): Float64Array {
  const columns = means.length;
  const sums = new Float64Array(columns + 1);
  for (let f = 0; f < columns; f += 1) sums[f] = dot(vector, values, f * rows, rows);
  for (let i = 0; i < rows; i += 1) sums[columns]! += vector[i]!;
  return sums;
}

/**
 * Adds the penalty to the diagonal of every column but the constant; a column that is constant itself gets 1, so that
 * it is solved to 0.
 */
export function penalise(products: Float64Array, { scales }: StandardisedColumns, l2: number): void {
  const size = scales.length + 1;
  for (let f = 0; f < scales.length; f += 1) products[f * size + f]! += scales[f] === 0 ? 1 : l2;
}

function dot(vector: Float64Array, values: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += vector[i]! * values[from + i]!;
  return sum;
}
