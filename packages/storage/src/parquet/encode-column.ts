import { putVarint } from './thrift-write.ts';

/** Numbers by which parquet names encodings. */
export const encodings = { plain: 0, rle: 3, dictionary: 8, byteStreamSplit: 9 } as const;

/** The bytes of whole numbers of 32 bits, little-endian, as all machines that run this have them. */
export function plainInt32(values: ArrayLike<number>): Uint8Array {
  const numbers = new Int32Array(values.length);
  for (let i = 0; i < values.length; i += 1) numbers[i] = values[i]!;
  return new Uint8Array(numbers.buffer);
}

/** The bytes of whole numbers from 0 on that a double holds exactly, as 64 bits each, little-endian. */
export function plainInt64(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    view.setUint32(8 * i, value % 2 ** 32, true);
    view.setUint32(8 * i + 4, Math.floor(value / 2 ** 32), true);
  }
  return bytes;
}

/** Texts, each behind its length. */
export function plainTexts(values: readonly string[]): Uint8Array {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value);
      return [plainInt32([bytes.length]), bytes];
    }),
  );
}

/**
 * Doubles as eight streams: all first bytes, then all second ones, and so on. The upper bytes of prices hardly change
 * from one day to the next, so that this packs better and faster than the doubles as they are.
 */
export function byteStreamSplit(values: Float64Array): Uint8Array {
  const count = values.length;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  const bytes = new Uint8Array(8 * count);
  // Of a machine with the low word first, which all are that run this.
  for (let i = 0; i < count; i += 1) {
    const low = words[2 * i]!;
    const high = words[2 * i + 1]!;
    bytes[i] = low;
    bytes[count + i] = low >>> 8;
    bytes[2 * count + i] = low >>> 16;
    bytes[3 * count + i] = low >>> 24;
    bytes[4 * count + i] = high;
    bytes[5 * count + i] = high >>> 8;
    bytes[6 * count + i] = high >>> 16;
    bytes[7 * count + i] = high >>> 24;
  }
  return bytes;
}

/** Bits that a number up to one less than a count takes; at least one. */
export function bitsFor(count: number): number {
  return Math.max(1, 32 - Math.clz32(Math.max(0, count - 1)));
}

/** A value that several rows have one after another. */
export interface Run {
  readonly value: number;
  readonly rows: number;
}

/** The runs of equal numbers in a column. */
export function runsIn(column: ArrayLike<number>): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < column.length; ) {
    const value = column[from]!;
    let to = from + 1;
    while (to < column.length && Object.is(column[to], value)) to += 1;
    runs.push({ value, rows: to - from });
    from = to;
  }
  return runs;
}

/** Whole numbers as runs of equal ones, in bytes that hold a number of bits each. */
export function runBytes(runs: readonly Run[], bits: number): Uint8Array {
  const bytes: number[] = [];
  for (let first = 0; first < runs.length; ) {
    const { value } = runs[first]!;
    let rows = 0;
    let next = first;
    // What stood between them may be left out.
    for (; runs[next]?.value === value; next += 1) rows += runs[next]!.rows;
    if (rows > 0) putVarint(bytes, 2 * rows);
    for (let bit = 0; rows > 0 && bit < bits; bit += 8) bytes.push((value >>> bit) & 255);
    first = next;
  }
  return Uint8Array.from(bytes);
}
