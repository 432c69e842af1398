import type { BinnedMatrix } from '../../binning/binned-matrix.ts';
import { rowStride } from '../../binning/row-major.ts';
import type { TreeKernel } from './tree-kernel.ts';
import { TypeScriptKernel } from './typescript-kernel.ts';
import { WebAssemblyKernel } from './web-assembly-kernel.ts';

/** Bytes beyond which a training may not fit into the 4 GB that WebAssembly addresses, with its histograms. */
const mostBytes = 3 * 2 ** 30;

/** The faster kernel that a training on the matrix fits into. */
export function createTreeKernel(bins: BinnedMatrix): TreeKernel {
  return fitsIntoWebAssembly(bins) ? new WebAssemblyKernel(bins) : new TypeScriptKernel(bins);
}

/** Whether bins, gradients, Hessians and row indices of a training fit. */
export function fitsIntoWebAssembly(matrix: Pick<BinnedMatrix, 'names' | 'rows'>): boolean {
  const bytesOfRow = rowStride(matrix) + 2 * Float64Array.BYTES_PER_ELEMENT + Int32Array.BYTES_PER_ELEMENT;
  return matrix.rows * bytesOfRow < mostBytes;
}
