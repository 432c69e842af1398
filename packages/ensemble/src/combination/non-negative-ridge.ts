/** Sweeps of coordinate descent; a handful of members converges far earlier. */
const sweeps = 500;

/**
 * Weights w >= 0 that minimise |z - Z w|^2 + penalty * |w|^2, from the sums over rows only: cyclic coordinate descent,
 * which is exact for this convex problem (Lawson & Hanson's problem with a ridge).
 *
 * @param gram Z'Z, row by row
 * @param products Z'z
 */
export function nonNegativeRidge(gram: Float64Array, products: Float64Array, penalty: number): Float64Array {
  const size = products.length;
  const weights = new Float64Array(size);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let change = 0;
    for (let i = 0; i < size; i += 1) {
      let rest = products[i]!;
      for (let j = 0; j < size; j += 1) if (j !== i) rest -= gram[i * size + j]! * weights[j]!;
      const next = Math.max(0, rest / (gram[i * size + i]! + penalty));
      change = Math.max(change, Math.abs(next - weights[i]!));
      weights[i] = next;
    }
    if (change < 1e-12) break;
  }
  return weights;
}
