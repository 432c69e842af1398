import { weightedQuantile } from '../losses/loss-functions.ts';
import { numbersOfRows } from '../matrix.ts';
import type { TreeOptions } from './tree-options.ts';

/** The rows of a leaf: entries `begin` to `end - 1` of `rows`. */
export interface LeafRows {
  readonly rows: Int32Array;
  readonly begin: number;
  readonly end: number;
}

/**
 * The Newton step of a leaf from the true derivatives of its rows, `-G / (H + l2)` with `G` shrunk by `l1`, bounded by
 * `maximumLeafStep`. `hessians` undefined means 1 each.
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
  const shrunk = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - options.l1);
  if (shrunk === 0 || hessian + options.l2 <= 0) return 0;
  return bounded(-shrunk / (hessian + options.l2), options.maximumLeafStep);
}

/**
 * The quantile of the residuals of a leaf, drawn towards 0 by `l2` as a Newton step is: times W / (W + l2), W the
 * weight.
 */
export function quantileStep(
  { rows, begin, end }: LeafRows,
  residual: (row: number) => number,
  weights: Float64Array | undefined,
  quantile: number,
  options: TreeOptions,
): number {
  const leafRows = rows.subarray(begin, end);
  if (leafRows.length === 0) return 0;
  const residuals = numbersOfRows(leafRows, residual);
  const leafWeights = weights && numbersOfRows(leafRows, (row) => weights[row]!);
  const weight = leafWeights ? leafWeights.reduce((sum, w) => sum + w, 0) : leafRows.length;
  if (weight === 0) return 0;
  const step = weightedQuantile(residuals, quantile, leafWeights);
  return bounded((step * weight) / (weight + options.l2), options.maximumLeafStep);
}

function bounded(step: number, most: number): number {
  return most > 0 ? Math.max(-most, Math.min(most, step)) : step;
}
