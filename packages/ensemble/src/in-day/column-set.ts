/** Smallest size that is told from 0, in units of the scale. */
const floor = 0.1;

/** Columns of one session by name: one value a symbol. Where they become a matrix they are rounded to 32 bits. */
export type SessionColumns = Record<string, Float32Array | Float64Array>;

/** ln of a size in units of the scale that 0 does not make infinite. */
export function logSize(value: number): number {
  return Math.log(floor + Math.abs(value));
}

/** ln of a size in units of a threshold, 0 up to it: where large values follow another law than small ones. */
export function logBeyond(value: number, threshold: number): number {
  return Math.log(Math.max(1, Math.abs(value) / threshold));
}

/** ln of a scale relative to another, not below one twentieth of it. */
export function logRatio(value: number, scale: number): number {
  return Math.log(Math.max(value / scale, 0.05));
}

/** The size that a {@link logSize} is of. */
export function sizeOf(logarithm: number): number {
  return Math.exp(logarithm) - floor;
}

/** A value that an outlier does not carry away. */
export function bounded(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

/** A column with one number for all symbols. */
export function shared(symbols: number, value: number): Float64Array {
  return new Float64Array(symbols).fill(value);
}
