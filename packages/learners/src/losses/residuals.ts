import type { CheckedData } from '../training-data.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/** The quantile of target minus offset over the training rows. */
export function residualQuantile({ rows, target, weights, offset }: CheckedData, quantile: number): number {
  const residuals = Float64Array.from(rows, (row) => target[row]! - (offset ? offset[row]! : 0));
  return weightedQuantile(residuals, quantile, weights && Float64Array.from(rows, (row) => weights[row]!));
}
