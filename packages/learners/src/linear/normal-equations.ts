import { addBlockProducts } from './block-products.ts';
import { blockRows } from './standardised-blocks.ts';
import type { StandardisedColumns } from './standardised-columns.ts';

/** Both sides of the equations that least squares solves; the last row is the constant 1 of the intercept. */
export interface NormalEquations {
  /** Weighted cross products of the columns: lower half, row-major, of `columns + 1` rows. */
  readonly products: Float64Array;
  /** The sum of each column times the weighted target. */
  readonly sums: Float64Array;
}

/**
 * The equations of some columns.
 *
 * @param weights one entry a training row
 * @param weightedTarget weight times target of each training row
 */
export function normalEquations(
  columns: StandardisedColumns,
  weights: Float64Array,
  weightedTarget: Float64Array,
): NormalEquations {
  const size = columns.means.length + 1;
  const products = new Float64Array(size * size);
  const sums = new Float64Array(size);
  const weighted = new Float64Array(blockRows);
  for (const block of columns.blocks()) {
    const { values, from, to } = block;
    for (let f = 0; f < size; f += 1) {
      const isConstant = f === size - 1;
      let sum = 0;
      let targetSum = sums[f]!;
      for (let i = from; i < to; i += 1) {
        const value = isConstant ? 1 : values[f * blockRows + i - from]!;
        weighted[i - from] = weights[i]! * value;
        sum += weighted[i - from]!;
        targetSum += weightedTarget[i]! * value;
      }
      sums[f] = targetSum;
      products[(size - 1) * size + f]! += sum;
      if (!isConstant) addBlockProducts(products, f * size, { values: weighted, begin: 0 }, block, f + 1);
    }
  }
  return { products, sums };
}

/**
 * Adds the penalty to the diagonal of every column but the constant; a column that is constant itself gets 1, so that
 * it is solved to 0.
 */
export function penalise({ products }: NormalEquations, { scales }: StandardisedColumns, l2: number): void {
  const size = scales.length + 1;
  for (let f = 0; f < scales.length; f += 1) products[f * size + f]! += scales[f] === Infinity ? 1 : l2;
}
