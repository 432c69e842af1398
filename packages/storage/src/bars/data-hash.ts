import { createHash } from 'node:crypto';
import { type Columns, valueNames } from './columns.ts';

/**
 * SHA-256 (hexadecimal) over symbols and their bars: each symbol, its number of bars, then the axis and the values as
 * little-endian doubles, in the order given. It depends on nothing else, so a file written anew by another engine keeps
 * it.
 */
export function dataHash(series: readonly { readonly symbol: string; readonly columns: Columns }[]): string {
  const hash = createHash('sha256');
  for (const { symbol, columns } of series) {
    hash.update(`${symbol} ${columns.axis.length}\n`);
    for (const column of [columns.axis, ...valueNames.map((name) => columns[name])]) hash.update(littleEndian(column));
  }
  return hash.digest('hex');
}

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(column: Float64Array): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  return machineIsLittleEndian ? bytes : Buffer.from(bytes).swap64();
}
