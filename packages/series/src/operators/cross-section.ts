/**
 * Rank of each value among the finite ones, in (0, 1), ties at their middle: (values below + half of those equal) / count.
 * NaN stays NaN. Writes `ranks[0..values.length)`.
 */
export function rankAcross(values: Float64Array, ranks: Float64Array): void {
  const sorted = values.filter(Number.isFinite).sort();
  for (let s = 0; s < values.length; s += 1) {
    const value = values[s]!;
    if (!Number.isFinite(value)) ranks[s] = NaN;
    else ranks[s] = (firstNotBelow(sorted, value) + firstAbove(sorted, value)) / 2 / sorted.length;
  }
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
