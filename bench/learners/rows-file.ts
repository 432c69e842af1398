import { closeSync, openSync, readSync } from 'node:fs';
import type { Matrix } from '@daytrade/learners';

/**
 * Rows in a file of 64-bit floats in the order of the machine: one column after the other, the target as the last one.
 */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
  /** Columns without the target. */
  readonly columns: number;
}

/** Reads features and target; their memory is what the file holds and nothing else. */
export function readRows(file: RowsFile): { readonly matrix: Matrix; readonly target: Float64Array } {
  const handle = openSync(file.path, 'r');
  try {
    const values = readFloats(handle, 0, file.columns * file.rows);
    const target = readFloats(handle, file.columns * file.rows, file.rows);
    const names = Array.from({ length: file.columns }, (_, f) => `x${f}`);
    return { matrix: { names, rows: file.rows, values }, target };
  } finally {
    closeSync(handle);
  }
}

/** Bytes of one reading: the system takes no more than 2 GB. */
const mostAtOnce = 2 ** 30;

function readFloats(handle: number, from: number, count: number): Float64Array {
  const values = new Float64Array(count);
  const bytes = new Uint8Array(values.buffer);
  for (let read = 0; read < bytes.length; ) {
    const most = Math.min(bytes.length - read, mostAtOnce);
    const got = readSync(handle, bytes, read, most, from * Float64Array.BYTES_PER_ELEMENT + read);
    if (got === 0) throw new Error(`the file of rows ends after ${read} of ${bytes.length} bytes`);
    read += got;
  }
  return values;
}
