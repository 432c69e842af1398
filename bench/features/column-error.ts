import { closeSync, openSync, readSync } from 'node:fs';

/** A file of columns of equal length, one after the other. */
export interface ColumnsFile {
  readonly path: string;
  readonly names: readonly string[];
  readonly rows: number;
}

/** The column in which two computations differ most. */
export interface LargestError {
  readonly column: string;
  /** Difference relative to the larger of the value and the column's root mean square. */
  readonly error: number;
  /** Columns that both have. */
  readonly shared: number;
}

/**
 * Compares the columns that both files have. A value that only one side has is an infinite error. Relative to the
 * column's size, not to a value that happens to lie near 0: the logarithm of a price ratio near 1 has no more digits
 * than the ratio.
 */
export function largestError(ours: ColumnsFile, peer: ColumnsFile): LargestError {
  let largest: LargestError = { column: '', error: 0, shared: 0 };
  for (const name of peer.names) {
    const error = columnError(readColumn(ours, name), readColumn(peer, name));
    const shared = largest.shared + 1;
    largest = error >= largest.error ? { column: name, error, shared } : { ...largest, shared };
  }
  return largest;
}

function columnError(ours: Float64Array, peer: Float64Array): number {
  let squares = 0;
  let count = 0;
  for (const value of peer) {
    if (!Number.isFinite(value)) continue;
    squares += value * value;
    count += 1;
  }
  const size = Math.sqrt(squares / count);
  let largest = 0;
  for (let row = 0; row < ours.length; row += 1) {
    const [a, b] = [ours[row]!, peer[row]!];
    if (Number.isFinite(a) !== Number.isFinite(b)) return Number.POSITIVE_INFINITY;
    if (a === b || !Number.isFinite(a)) continue;
    largest = Math.max(largest, Math.abs(a - b) / Math.max(Math.abs(b), size));
  }
  return largest;
}

function readColumn({ path, names, rows }: ColumnsFile, name: string): Float64Array {
  const values = new Float64Array(rows);
  const handle = openSync(path, 'r');
  try {
    const read = readSync(handle, new Uint8Array(values.buffer), 0, values.byteLength, names.indexOf(name) * rows * 8);
    if (read !== values.byteLength) throw new Error(`${path}: column ${name} ends after ${read} bytes`);
  } finally {
    closeSync(handle);
  }
  return values;
}
