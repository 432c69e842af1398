import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ReadStruct, ReadValue } from './thrift-read.ts';
import { readStruct } from './thrift-read.ts';

const magic = 'PAR1';
const endBytes = 8;
/** Footers of files of bars are shorter, so that one reading is enough. */
const usualFooter = 4096;

/** What the footer of a parquet file says. */
export interface ParquetFooter {
  readonly rows: number;
  readonly createdBy: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** The columns of each row group. */
  readonly groups: readonly (readonly ColumnChunk[])[];
}

/** One column of a row group, by the numbers of parquet. */
export interface ColumnChunk {
  readonly name: string;
  readonly type: number;
  readonly codec: number;
  readonly values: number;
  readonly dataAt: number;
  readonly dictionaryAt: number | undefined;
  /** Encoded smallest and largest value, where they were written. */
  readonly range: { readonly min: Uint8Array; readonly max: Uint8Array } | undefined;
}

/**
 * Reads the footer out of the last bytes of a file.
 *
 * @returns undefined where it is longer than those bytes
 * @throws RangeError where they are not the end of a parquet file
 */
export function footerIn(tail: Uint8Array): ParquetFooter | undefined {
  const end = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  if (end.length < endBytes || end.toString('latin1', end.length - 4) !== magic)
    throw new RangeError('no parquet file');
  const length = end.readUInt32LE(end.length - endBytes);
  const start = end.length - endBytes - length;
  if (start < 0) return undefined;
  const { value } = readStruct(end.subarray(start, end.length - endBytes));
  return {
    rows: numberOf(value.get(3)),
    createdBy: textOf(value.get(6)),
    metadata: new Map(
      listOf(value.get(5)).map((pair) => [textOf(structOf(pair).get(1)), textOf(structOf(pair).get(2))]),
    ),
    groups: listOf(value.get(4)).map((group) =>
      listOf(structOf(group).get(1)).map((chunk) => chunkOf(structOf(chunk))),
    ),
  };
}

/** Reads the footer of a file; undefined where there is no file, or one without a sound footer. */
export function readFooter(path: string): ParquetFooter | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    return footerIn(tailOf(file, size, usualFooter)) ?? footerIn(tailOf(file, size, size));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

function tailOf(file: number, size: number, bytes: number): Uint8Array {
  const tail = Buffer.alloc(Math.min(size, bytes));
  readSync(file, tail, 0, tail.length, size - tail.length);
  return tail;
}

function chunkOf(chunk: ReadStruct): ColumnChunk {
  const of = structOf(chunk.get(3));
  const dictionaryAt = of.get(11);
  const statistics = of.get(12);
  return {
    name: listOf(of.get(3)).map(textOf).join('.'),
    type: numberOf(of.get(1)),
    codec: numberOf(of.get(4)),
    values: numberOf(of.get(5)),
    dataAt: numberOf(of.get(9)),
    dictionaryAt: typeof dictionaryAt === 'number' ? dictionaryAt : undefined,
    range: statistics === undefined ? undefined : rangeOf(structOf(statistics)),
  };
}

/** Newer files have the ends of a column in other fields than older ones. */
function rangeOf(statistics: ReadStruct): ColumnChunk['range'] {
  const [max, min] = [statistics.get(5) ?? statistics.get(1), statistics.get(6) ?? statistics.get(2)];
  return min instanceof Uint8Array && max instanceof Uint8Array ? { min, max } : undefined;
}

function numberOf(value: ReadValue | undefined): number {
  if (typeof value !== 'number') throw new RangeError('a number is missing');
  return value;
}

function textOf(value: ReadValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : '';
}

function listOf(value: ReadValue | undefined): readonly ReadValue[] {
  return Array.isArray(value) ? value : [];
}

function structOf(value: ReadValue | undefined): ReadStruct {
  if (!(value instanceof Map)) throw new RangeError('a structure is missing');
  return value;
}
