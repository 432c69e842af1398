import { lowerQuantile } from '../losses/loss-functions.ts';
import { numbersOfRows } from '../matrix.ts';
import type { TreeOptions } from './tree-options.ts';

/** The rows of a leaf: entries `begin` to `end - 1` of `rows`. */
export interface LeafRows {
  readonly rows: Int32Array;
  readonly begin: number;
  readonly end: number;
}

/**
 * Returns the Newton step `-G / (H + l2)` of a leaf from the derivatives of its rows. Absent `hessians` mean 1 each.
 */
export function newtonStep(
  { rows, begin, end }: LeafRows,
  gradients: Float64Array,
  hessians: Float64Array | undefined,
  options: TreeOptions,
): number {
  let gradient = 0;
  let hessian = 0;
  for (let i = begin; i < end; i += 1) {
    gradient += gradients[rows[i]!]!;
    hessian += hessians ? hessians[rows[i]!]! : 1;
  }
  if (gradient === 0 || hessian + options.l2 <= 0) return 0;
  return -gradient / (hessian + options.l2);
}

/** Returns the quantile of a leaf's residuals, drawn towards 0 by `l2` as a Newton step is: times n / (n + l2). */
export function quantileStep(
  { rows, begin, end }: LeafRows,
  residual: (row: number) => number,
  quantile: number,
  options: TreeOptions,
): number {
  const leafRows = rows.subarray(begin, end);
  if (leafRows.length === 0) return 0;
  const residuals = numbersOfRows(leafRows, residual);
  const step = lowerQuantile(residuals, quantile);
  return (step * leafRows.length) / (leafRows.length + options.l2);
}
