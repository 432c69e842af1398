import { DayTradeError } from '@daytrade/errors';
import { type BinnedColumns, type BinnedMatrix, type MatrixToBin, rowStride } from '../../binning/binned-matrix.ts';
import type { TreeKernel } from './tree-kernel.ts';
import { WebAssemblyKernel } from './web-assembly-kernel.ts';

/** Bytes beyond which a training may not fit into the 4 GB that WebAssembly addresses, with its histograms. */
const mostBytes = 3 * 2 ** 30;

/**
 * The kernel of a training on the matrix.
 *
 * @throws DayTradeError `training.too-large`
 */
export function createTreeKernel(bins: BinnedMatrix | MatrixToBin): TreeKernel {
  checkSize(bins);
  return new WebAssemblyKernel(bins);
}

/**
 * Refuses a matrix whose bins, scores, gradients, Hessians and two lists of rows do not fit.
 *
 * @throws DayTradeError `training.too-large` with how many rows there are and how many there may be
 */
export function checkSize(matrix: Pick<BinnedColumns, 'names' | 'rows'>): void {
  const bytesOfRow = rowStride(matrix) + 3 * Float64Array.BYTES_PER_ELEMENT + 2 * Int32Array.BYTES_PER_ELEMENT;
  const mostRows = Math.floor(mostBytes / bytesOfRow);
  if (matrix.rows <= mostRows) return;
  const columns = matrix.names.length;
  throw new DayTradeError(
    'training.too-large',
    `too many rows to train on: ${matrix.rows} of ${columns} columns; at most ${mostRows} fit into memory`,
    { details: { rows: matrix.rows, columns, mostRows } },
  );
}
