import type { Matrix } from '../matrix.ts';

/** Rows of a block: its columns stay in the cache while every pair of them is multiplied. */
export const blockRows = 256;

/** What a column is standardised by: `(value - mean) / scale`; one entry for each column that is used. */
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
 *
 * @example
 * for (const { values, from, to } of standardisedBlocks(matrix, rows, scales)) add(values, from, to);
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
