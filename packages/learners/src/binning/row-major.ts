import { padEdges } from './bin-edges.ts';
import { type BinnedMatrix, binColumn, type MatrixToBin } from './binned-matrix.ts';
import { rowStride } from './row-stride.ts';

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
