import { blockRows, type RowBlock } from './standardised-blocks.ts';

/** A vector with one entry for each row of a block: `values[begin]` and following. */
export interface BlockVector {
  readonly values: Float64Array;
  readonly begin: number;
}

/**
 * Adds to `sums[at]` and following the products of a vector with the first `columns` columns of a block, four columns
 * at a time: the processor adds them up side by side.
 */
export function addBlockProducts(
  sums: Float64Array,
  at: number,
  { values: vector, begin }: BlockVector,
  { values, from, to }: RowBlock,
  columns: number,
): void {
  const size = to - from;
  let f = 0;
  for (; f + 3 < columns; f += 4) {
    const [a, b, c, d] = [f * blockRows, (f + 1) * blockRows, (f + 2) * blockRows, (f + 3) * blockRows];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let i = 0; i < size; i += 1) {
      const value = vector[begin + i]!;
      sumA += value * values[a + i]!;
      sumB += value * values[b + i]!;
      sumC += value * values[c + i]!;
      sumD += value * values[d + i]!;
    }
    sums[at + f]! += sumA;
    sums[at + f + 1]! += sumB;
    sums[at + f + 2]! += sumC;
    sums[at + f + 3]! += sumD;
  }
  for (; f < columns; f += 1) {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += vector[begin + i]! * values[f * blockRows + i]!;
    sums[at + f]! += sum;
  }
}
