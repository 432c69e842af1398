import { putVarint } from './thrift-write.ts';

/** Numbers by which parquet names encodings. */
export const encodings = { plain: 0, rle: 3, dictionary: 8, byteStreamSplit: 9 } as const;

/** The bytes of whole numbers of 32 bits, little-endian. */
export function plainInt32(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) view.setInt32(4 * i, values[i]!, true);
  return bytes;
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

/** Numbers as runs of equal ones, in bytes that hold a number of bits each. */
export function runs(values: ArrayLike<number>, bits: number): Uint8Array {
  const bytes: number[] = [];
  for (let from = 0; from < values.length; ) {
    let to = from + 1;
    while (to < values.length && values[to] === values[from]) to += 1;
    putVarint(bytes, 2 * (to - from));
    for (let bit = 0; bit < bits; bit += 8) bytes.push((values[from]! >>> bit) & 255);
    from = to;
  }
  return Uint8Array.from(bytes);
}
