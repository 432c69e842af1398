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

/** Spearman's rank correlation; values that are equal keep the order they came in. */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const middle = (first.length - 1) / 2;
  const one = ranks(first);
  const other = ranks(second);
  let products = 0;
  let squares = 0;
  for (const [i, rank] of one.entries()) {
    products += (rank - middle) * (other[i]! - middle);
    squares += (rank - middle) ** 2;
  }
  return products / squares;
}

/** Places from 0, the smallest first. */
function ranks(values: readonly number[]): readonly number[] {
  const places = values.map(() => 0);
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  for (const [rank, i] of order.entries()) places[i] = rank;
  return places;
}
