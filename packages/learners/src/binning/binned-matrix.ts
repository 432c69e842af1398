import type { Matrix } from '../matrix.ts';

/** Upper edges of the bins of one column, rising: bin `b` (1..n + 1) holds the values in (edge[b - 2], edge[b - 1]]; bin 0 is missing. */
export type BinEdges = Float64Array;

/** How a matrix is binned. */
export interface BinOptions {
  /** Most bins of a column, beside the one for missing values: 2 to 254. Default 254. */
  readonly maximumBins?: number;
}

/**
 * A matrix in bytes, on shared memory, so that worker threads train on it without a copy: 0 is missing, 1..254 are quantile bins.
 * It has the rows of the matrix it was made of.
 */
export interface BinnedMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array of edges a column. */
  readonly edges: readonly BinEdges[];
  /** Bytes of a row in `byRow`: the number of columns, rounded up to a multiple of 8. */
  readonly stride: number;
  /** Row-major, padded: histograms read it. */
  readonly byRow: Uint8Array<SharedArrayBuffer>;
  /** Column-major: partitions read it. */
  readonly byColumn: Uint8Array<SharedArrayBuffer>;
}

/**
 * Bins every row of a matrix, with edges learned from some of its rows only, so that later rows leak nothing into the edges.
 *
 * @throws DayTradeError `learner.input-invalid` for an infinite value, no rows to learn from, or a bad option
 */
export declare function binMatrix(matrix: Matrix, rowsToLearnFrom?: Int32Array, options?: BinOptions): BinnedMatrix;

/** Bins another matrix with the edges of `like`. @throws DayTradeError `learner.input-invalid` when the columns differ */
export declare function binNewRows(like: BinnedMatrix, matrix: Matrix): BinnedMatrix;
