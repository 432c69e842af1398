/**
 * Solves A x = b for a symmetric positive definite A of `size` rows (row-major, its lower half is read) by Cholesky's
 * factorisation. Undefined when A is singular to working precision.
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array, size: number): Float64Array | undefined {
  const factor = factorise(a, size);
  if (factor === undefined) return undefined;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}

function factorise(a: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k += 1) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!;
      else if (sum > 1e-12 * a[i * size + i]!) factor[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}
