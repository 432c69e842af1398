import { checkWholeNumber, inputInvalid } from '../input-invalid.ts';
import { checkMatrix, checkNotInfinite, type Matrix, type Numbers, resolveRows } from '../matrix.ts';
import { type BinEdges, binOf, EdgeLearner, padEdges } from './bin-edges.ts';

/** Bytes of a row in row-major bins: the number of columns, rounded up to a multiple of 8. */
export function rowStride({ names }: { readonly names: readonly string[] }): number {
  return Math.ceil(names.length / 8) * 8;
}

/** Most bins of a column, besides the one for missing values: together 255 values of a byte. */
export const mostBins = 254;

/** Options of binning a matrix. */
interface BinOptions {
  /** Most bins of a column, beside the one for missing values: 2 to 254. Default 254. */
  readonly maximumBins?: number;
}

/** The columns of a matrix before its rows are binned. */
export interface BinnedColumns {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array of edges a column. */
  readonly edges: readonly BinEdges[];
}

/** A matrix whose rows are binned where their bins are written. */
export interface MatrixToBin extends BinnedColumns {
  readonly matrix: Matrix;
}

/**
 * A matrix in bytes, on shared memory, so that worker threads train on it without a copy: 0 is missing, 1..254 are
 * quantile bins. It has the rows of the matrix it was made of.
 */
export interface BinnedMatrix extends BinnedColumns {
  /** Column-major. */
  readonly byColumn: Uint8Array<SharedArrayBuffer>;
}

/**
 * Bins every row of a matrix, with edges learned from some of its rows only, so that later rows leak nothing into the
 * edges. A column that is constant or missing in all of them has one bin, so no tree splits on it.
 *
 * @throws DayTradeError `learner.input-invalid` for an infinite value, no rows to learn from, or a bad option
 */
export function binMatrix(matrix: Matrix, rowsToLearnFrom?: Int32Array, options: BinOptions = {}): BinnedMatrix {
  const { names, rows, edges } = matrixToBin(matrix, rowsToLearnFrom, options);
  const byColumn = new Uint8Array(new SharedArrayBuffer(rows * names.length));
  for (let f = 0; f < names.length; f += 1) {
    const column = byColumn.subarray(f * rows, (f + 1) * rows);
    binColumn(matrix, f, padEdges(edges[f]!), { bins: column, first: 0, step: 1 }, 0, rows);
  }
  return { names, rows, edges, byColumn };
}

/**
 * Learns the edges of {@link binMatrix} without binning the rows.
 *
 * @throws DayTradeError `learner.input-invalid` for no rows to learn from, or a bad option
 */
export function matrixToBin(matrix: Matrix, rowsToLearnFrom?: Int32Array, options: BinOptions = {}): MatrixToBin {
  checkMatrix(matrix);
  const maximumBins = options.maximumBins ?? mostBins;
  checkWholeNumber('maximumBins', maximumBins, 2, mostBins);
  const rows = resolveRows(matrix, rowsToLearnFrom, 'rowsToLearnFrom');
  if (rows.length === 0) throw inputInvalid('rowsToLearnFrom', 'no rows', 'at least one row');
  const learner = new EdgeLearner(rows, maximumBins);
  const edges = matrix.names.map((_, f) => learner.learn(columnOf(matrix, f)));
  if (matrix.rows * rowStride(matrix) > 2 ** 31 - 1) {
    throw inputInvalid('matrix', `${matrix.rows} rows x ${matrix.names.length} columns`, 'at most 2^31 bytes of bins');
  }
  return { names: matrix.names, rows: matrix.rows, edges, matrix };
}

/** The place of a column's bins: that of row `r` at `first + r * step`. */
interface BinPlace {
  readonly bins: Uint8Array;
  readonly first: number;
  readonly step: number;
}

/**
 * Writes the bins of rows `from` to `to - 1` of a column.
 *
 * @param padded its edges, see {@link padEdges}
 * @throws DayTradeError `learner.input-invalid` for an infinite value
 */
function binColumn(
  matrix: Matrix,
  f: number,
  padded: Float64Array,
  { bins, first, step }: BinPlace,
  from: number,
  to: number,
): void {
  const { values } = matrix;
  const column = f * matrix.rows;
  for (let r = from; r < to; r += 1) {
    const value = values[column + r]!;
    checkNotInfinite(value, matrix, f, r);
    bins[first + r * step] = binOf(value, padded);
  }
}

function columnOf(matrix: Matrix, f: number): Numbers {
  return matrix.values.subarray(f * matrix.rows, (f + 1) * matrix.rows);
}

/** Rows that are written at a time: their bytes stay in the first-level cache. */
const blockRows = 512;

/**
 * Writes the bins row by row, {@link rowStride} bytes each, as histograms read them.
 *
 * @throws DayTradeError `learner.input-invalid` for an infinite value in a matrix that is not binned yet
 */
export function writeRowMajor(bins: BinnedMatrix | MatrixToBin, target: Uint8Array): void {
  if ('byColumn' in bins) copyRowMajor(bins, target);
  else binRowMajor(bins, target);
}

function binRowMajor({ matrix, rows, edges }: MatrixToBin, target: Uint8Array): void {
  const step = rowStride(matrix);
  const padded = edges.map(padEdges);
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(from + blockRows, rows);
    for (const [f, own] of padded.entries()) binColumn(matrix, f, own, { bins: target, first: f, step }, from, to);
  }
}

function copyRowMajor(bins: BinnedMatrix, target: Uint8Array): void {
  const { names, rows, byColumn } = bins;
  const stride = rowStride(bins);
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(from + blockRows, rows);
    for (let f = 0; f < names.length; f += 1) {
      const column = f * rows;
      for (let row = from; row < to; row += 1) target[row * stride + f] = byColumn[column + row]!;
    }
  }
}
