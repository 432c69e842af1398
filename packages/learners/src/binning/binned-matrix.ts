import { everyRow, type Matrix, type Numbers } from '../matrix.ts';
import { type BinEdges, binOf, EdgeLearner, padEdges } from './bin-edges.ts';

/** Bytes of a row in row-major bins: the number of columns, rounded up to a multiple of 8. */
export function rowStride({ names }: { readonly names: readonly string[] }): number {
  return Math.ceil(names.length / 8) * 8;
}

/** Most bins of a column, besides the one for missing values: together 255 values of a byte. */
const mostBins = 254;

interface BinOptions {
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
 */
export function binMatrix(matrix: Matrix, rowsToLearnFrom?: Int32Array, options: BinOptions = {}): BinnedMatrix {
  const { names, rows } = matrix;
  const learner = new EdgeLearner(rowsToLearnFrom ?? everyRow(matrix), options.maximumBins ?? mostBins);
  const edges = names.map((_, f) => learner.learn(columnOf(matrix, f)));
  const byColumn = new Uint8Array(new SharedArrayBuffer(rows * names.length));
  for (let f = 0; f < names.length; f += 1) {
    const column = columnOf(matrix, f);
    const padded = padEdges(edges[f]!);
    for (let r = 0; r < rows; r += 1) byColumn[f * rows + r] = binOf(column[r]!, padded);
  }
  return { names, rows, edges, byColumn };
}

function columnOf(matrix: Matrix, f: number): Numbers {
  return matrix.values.subarray(f * matrix.rows, (f + 1) * matrix.rows);
}

/** Rows that are written at a time: their bytes stay in the first-level cache. */
const blockRows = 512;

/** Writes the bins row by row, {@link rowStride} bytes each, as histograms read them. */
export function writeRowMajor(bins: BinnedMatrix, target: Uint8Array): void {
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
