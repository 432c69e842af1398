import { closeSync, openSync, readSync } from 'node:fs';
import type { Matrix, Numbers } from '@daytrade/learners';

/**
 * Rows in a file in the order of the machine: features as 32-bit floats, one column after the other, as a training has
 * them, then the target as 64-bit floats.
 */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
  /** Columns without the target. */
  readonly columns: number;
}

/** Bytes of the features of a file, behind which its target stands. */
export function featureBytes({ rows, columns }: Omit<RowsFile, 'path'>): number {
  return columns * rows * Float32Array.BYTES_PER_ELEMENT;
}

/** Reads features and target; their memory is what the file holds and nothing else. */
export function readRows(file: RowsFile): { readonly matrix: Matrix<Float32Array>; readonly target: Float64Array } {
  const handle = openSync(file.path, 'r');
  try {
    const values = filled(new Float32Array(file.columns * file.rows), handle, 0);
    const target = filled(new Float64Array(file.rows), handle, featureBytes(file));
    const names = Array.from({ length: file.columns }, (_, f) => `x${f}`);
    return { matrix: { names, rows: file.rows, values }, target };
  } finally {
    closeSync(handle);
  }
}

/** Bytes of one reading: the system takes no more than 2 GB. */
const mostAtOnce = 2 ** 30;

/** The values with what the file has from a byte on. */
function filled<Values extends Numbers>(values: Values, handle: number, from: number): Values {
  const bytes = new Uint8Array(values.buffer);
  for (let read = 0; read < bytes.length; ) {
    const most = Math.min(bytes.length - read, mostAtOnce);
    const got = readSync(handle, bytes, read, most, from + read);
    if (got === 0) throw new Error(`the file of rows ends after ${read} of ${bytes.length} bytes`);
    read += got;
  }
  return values;
}
