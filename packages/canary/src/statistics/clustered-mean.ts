/** A mean with its standard error. */
export interface ClusteredMean {
  readonly mean: number;
  readonly error: number;
}

/**
 * The mean of values that are correlated with each other within clusters of one size, with the error that they have as
 * `count` / (1 + (size - 1) correlation) independent ones (Kish, "Survey Sampling", 1965, 5.4).
 *
 * @param leastDeviation what the deviation of one value is at least, since values that are the same, as those of two
 *   versions with one model, say nothing of how another day would differ
 */
export function clusteredMean(
  values: readonly number[],
  { size, correlation, leastDeviation }: { size: number; correlation: number; leastDeviation: number },
): ClusteredMean {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.max(leastDeviation, Math.sqrt(squares / Math.max(1, count - 1)));
  return { mean, error: deviation * Math.sqrt((1 + (size - 1) * correlation) / count) };
}
