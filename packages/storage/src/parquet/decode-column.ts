/** Whole numbers of 32 bits, little-endian. @throws RangeError where there are fewer */
export function int32Values(bytes: Uint8Array, count: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) values[i] = view.getInt32(4 * i, true);
  return values;
}

/** Whole numbers of 64 bits from 0 on that a double holds exactly. @throws RangeError where there are fewer */
export function int64Values(bytes: Uint8Array, count: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    values[i] = view.getInt32(8 * i + 4, true) * 2 ** 32 + view.getUint32(8 * i, true);
  }
  return values;
}

/** Texts, each behind its length. @throws RangeError where there are fewer */
export function textValues(bytes: Uint8Array, count: number): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return Array.from({ length: count }, () => {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) throw new RangeError('a text beyond the end');
    const text = Buffer.from(bytes.subarray(at + 4, end)).toString();
    at = end;
    return text;
  });
}

/** Doubles out of eight streams, see `byteStreamSplit`. @throws RangeError where they are not as many */
export function joinByteStreams(bytes: Uint8Array, count: number): Float64Array {
  if (bytes.length !== 8 * count) throw new RangeError('another number of values than of rows');
  const values = new Float64Array(count);
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < count; i += 1) {
    words[2 * i] = bytes[i]! | (bytes[count + i]! << 8) | (bytes[2 * count + i]! << 16) | (bytes[3 * count + i]! << 24);
    words[2 * i + 1] =
      bytes[4 * count + i]! |
      (bytes[5 * count + i]! << 8) |
      (bytes[6 * count + i]! << 16) |
      (bytes[7 * count + i]! << 24);
  }
  return values;
}

/** Numbers in runs of equal ones, see `runs`. @throws RangeError where they are not as many */
export function runValues(bytes: Uint8Array, bits: number, count: number): Int32Array {
  const values = new Int32Array(count);
  let row = 0;
  let at = 0;
  while (row < count) {
    let header = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 42) throw new RangeError('fewer runs than rows');
      header += (byte & 127) * scale;
      if (byte < 128) break;
    }
    const length = header / 2;
    if (!Number.isInteger(length) || length === 0 || row + length > count) throw new RangeError('a run of no rows');
    let value = 0;
    for (let bit = 0; bit < bits; bit += 8) value |= (bytes[at++] ?? 0) << bit;
    values.fill(value, row, row + length);
    row += length;
  }
  return values;
}
