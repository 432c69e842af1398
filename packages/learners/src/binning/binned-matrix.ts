import { checkWholeNumber, inputInvalid } from '../input-invalid.ts';
import { checkMatrix, checkNotInfinite, type Matrix, type Numbers, resolveRows } from '../matrix.ts';
import { type BinEdges, binOf, EdgeLearner, padEdges } from './bin-edges.ts';
import { rowStride } from './row-stride.ts';

/** Most bins of a column beside the one for missing values: with it they fill a byte but for one value. */
export const mostBins = 254;

/** How a matrix is binned. */
export interface BinOptions {
  /** Most bins of a column, beside the one for missing values: 2 to 254. Default 254. */
  readonly maximumBins?: number;
}

/**
 * A matrix in bytes, on shared memory, so that worker threads train on it without a copy: 0 is missing, 1..254 are
 * quantile bins. It has the rows of the matrix it was made of.
 */
export interface BinnedMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array of edges a column. */
  readonly edges: readonly BinEdges[];
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
  checkMatrix(matrix);
  const maximumBins = options.maximumBins ?? mostBins;
  checkWholeNumber('maximumBins', maximumBins, 2, mostBins);
  const rows = resolveRows(matrix, rowsToLearnFrom, 'rowsToLearnFrom');
  if (rows.length === 0) throw inputInvalid('rowsToLearnFrom', 'no rows', 'at least one row');
  const learner = new EdgeLearner(rows, maximumBins);
  const edges = matrix.names.map((_, f) => learner.learn(columnOf(matrix, f)));
  return binWithEdges(matrix, edges);
}

function binWithEdges(matrix: Matrix, edges: readonly BinEdges[]): BinnedMatrix {
  const { names, rows } = matrix;
  if (rows * rowStride(matrix) > 2 ** 31 - 1) {
    throw inputInvalid('matrix', `${rows} rows x ${names.length} columns`, 'at most 2^31 bytes of bins');
  }
  const byColumn = new Uint8Array(new SharedArrayBuffer(rows * names.length));
  for (let f = 0; f < names.length; f += 1) {
    binColumn(matrix, f, padEdges(edges[f]!), byColumn.subarray(f * rows, (f + 1) * rows));
  }
  return { names, rows, edges, byColumn };
}

function binColumn(matrix: Matrix, f: number, padded: Float64Array, bins: Uint8Array): void {
  const column = columnOf(matrix, f);
  for (let r = 0; r < column.length; r += 1) {
    checkNotInfinite(column[r]!, matrix, f, r);
    bins[r] = binOf(column[r]!, padded);
  }
}

function columnOf(matrix: Matrix, f: number): Numbers {
  return matrix.values.subarray(f * matrix.rows, (f + 1) * matrix.rows);
}
