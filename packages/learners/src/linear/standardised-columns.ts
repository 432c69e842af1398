import type { Matrix } from '../matrix.ts';
import type { RowData } from '../training-data.ts';

/** The columns of the training rows with mean 0 and standard deviation 1, missing values at the mean. */
export interface StandardisedColumns extends ColumnScales {
  /** Mean of the known values; 0 for a column without one. */
  readonly means: Float64Array;
  /** Standard deviation, missing values at the mean; Infinity for a constant column, whose values are 0. */
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
 */
export function standardise(data: RowData, columns: readonly number[]): StandardisedColumns {
  const { matrix, rows } = data;
  const means = new Float64Array(columns.length);
  const scales = new Float64Array(columns.length);
  const column = new Float64Array(rows.length);
  for (const [f, place] of columns.entries()) {
    for (let i = 0; i < rows.length; i += 1) column[i] = matrix.values[place * matrix.rows + rows[i]!]!;
    const mean = meanOf(column);
    const deviation = deviationOf(column, mean);
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

function meanOf(column: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return known === 0 ? 0 : sum / known;
}

/** The standard deviation, with missing values at the mean. */
function deviationOf(column: Float64Array, mean: number): number {
  let squares = 0;
  for (let i = 0; i < column.length; i += 1) {
    const centred = Number.isNaN(column[i]!) ? 0 : column[i]! - mean;
    squares += centred * centred;
  }
  return Math.sqrt(squares / column.length);
}

/** Rows of a block: its columns stay in the cache while every pair of them is multiplied. */
export const blockRows = 256;

/** Mean and scale of each used column, to standardise it as `(value - mean) / scale`. */
export interface ColumnScales {
  readonly means: Float64Array;
  /** Infinity for a column that is to be 0 everywhere. */
  readonly scales: Float64Array;
}

/**
 * Some rows of a matrix with their columns standardised, missing values at the mean, a block of rows after the other in
 * the same memory: all of them at once would take as much as the matrix itself.
 *
 * @param columns places of the columns that are used, in their order; default all of them
 */
export function* standardisedBlocks(
  matrix: Matrix,
  rows: Int32Array,
  scales: ColumnScales,
  columns: readonly number[] = [...matrix.names.keys()],
): Generator<RowBlock> {
  const values = new Float64Array(columns.length * blockRows);
  for (let from = 0; from < rows.length; from += blockRows) {
    const to = Math.min(rows.length, from + blockRows);
    for (const [f, place] of columns.entries()) writeColumn(matrix, rows, scales, { f, place }, from, to, values);
    yield { values, from, to };
  }
}

/** Rows `from` to `to - 1` of a list. */
export interface RowBlock {
  /** The used column `f` of row `from + i` is `values[f * blockRows + i]`; other numbers in the next block. */
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

function writeColumn(
  matrix: Matrix,
  rows: Int32Array,
  { means, scales }: ColumnScales,
  { f, place }: { readonly f: number; readonly place: number },
  from: number,
  to: number,
  values: Float64Array,
): void {
  const column = place * matrix.rows;
  const target = f * blockRows - from;
  const mean = means[f]!;
  const scale = scales[f]!;
  for (let i = from; i < to; i += 1) {
    const value = matrix.values[column + rows[i]!]!;
    values[target + i] = Number.isNaN(value) ? 0 : (value - mean) / scale;
  }
}

/** A vector with one entry for each row of a block: `values[begin]` and following. */
interface BlockVector {
  readonly values: Float64Array;
  readonly begin: number;
}

/**
 * Adds to `sums[at]` and following the products of a vector with the first `columns` columns of a block, four columns
 * at a time: the processor adds them up side by side.
 */
export function addBlockProducts(
  sums: Float64Array,
  at: number,
  { values: vector, begin }: BlockVector,
  { values, from, to }: RowBlock,
  columns: number,
): void {
  const size = to - from;
  let f = 0;
  for (; f + 3 < columns; f += 4) {
    const [a, b, c, d] = [f * blockRows, (f + 1) * blockRows, (f + 2) * blockRows, (f + 3) * blockRows];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let i = 0; i < size; i += 1) {
      const value = vector[begin + i]!;
      sumA += value * values[a + i]!;
      sumB += value * values[b + i]!;
      sumC += value * values[c + i]!;
      sumD += value * values[d + i]!;
    }
    sums[at + f]! += sumA;
    sums[at + f + 1]! += sumB;
    sums[at + f + 2]! += sumC;
    sums[at + f + 3]! += sumD;
  }
  for (; f < columns; f += 1) {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += vector[begin + i]! * values[f * blockRows + i]!;
    sums[at + f]! += sum;
  }
}
