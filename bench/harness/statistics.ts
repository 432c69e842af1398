/** The value below which a share of the values lies, by the nearest rank. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value by the nearest rank, so it is one that was measured. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Largest less smallest value. */
export function range(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
