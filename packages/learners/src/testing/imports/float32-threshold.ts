const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);
const double = new Float64Array(1);
const doubleBits = new BigInt64Array(double.buffer);

/**
 * The largest double `t` such that `value <= t` exactly where the value, rounded to single precision, is below
 * `threshold` (itself a single, 1e38 at most in size): how XGBoost decides.
 */
export function largestDoubleBelow(threshold: number): number {
  const middle = (singleBefore(threshold) + threshold) / 2;
  // What lies in the middle is rounded to the neighbour with an even mantissa.
  return Math.fround(middle) < threshold ? middle : doubleBefore(middle);
}

function singleBefore(value: number): number {
  float[0] = value;
  const bits = floatBits[0]!;
  if (value === 0) floatBits[0] = smallestNegative32;
  else floatBits[0] = bits + (value > 0 ? -1 : 1);
  return float[0];
}

function doubleBefore(value: number): number {
  double[0] = value;
  const bits = doubleBits[0]!;
  if (value === 0) return -Number.MIN_VALUE;
  doubleBits[0] = bits + (value > 0 ? -1n : 1n);
  return double[0];
}

/** The bits of the negative single nearest to 0. */
const smallestNegative32 = 0x80000001 | 0;
