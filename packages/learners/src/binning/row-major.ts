import type { BinnedMatrix } from './binned-matrix.ts';
import { rowStride } from './row-stride.ts';

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
