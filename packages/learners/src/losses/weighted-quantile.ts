/**
 * The least value whose share of the weight, with all smaller values, reaches `quantile`: a minimiser of the pinball
 * loss. Sorts `values` in place; without weights each counts 1.
 */
export function weightedQuantile(values: Float64Array, quantile: number, weights?: Float64Array): number {
  if (weights === undefined) {
    values.sort();
    return values[Math.max(0, Math.ceil(quantile * values.length) - 1)]!;
  }
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const wanted = quantile * weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i]!;
    if (reached >= wanted && weights[i]! > 0) return values[i]!;
  }
  return values[order.at(-1)!]!;
}
