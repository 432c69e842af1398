import {
  type BinnedMatrix,
  defaultTreeOptions,
  type Matrix,
  type Model,
  predict,
  type TreeOptions,
  trainTrees,
} from '@daytrade/learners';
import { targetMiss } from '../intervals/promise.ts';

/** The quantile head: trees with pinball loss for both ends of the interval, in units of the ensemble's scale. */
export interface QuantileHead {
  readonly lower: Model;
  readonly upper: Model;
}

/** Predicted 3.5 % and 96.5 % quantiles of y / scale by row. */
export interface QuantilePredictions {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Few small trees that learn slowly: the scale head has already taken what volatility explains, and more would be
 * noise.
 */
function quantileOptions(quantile: number, seed: number): TreeOptions {
  return {
    ...defaultTreeOptions('leaf-wise'),
    loss: { kind: 'pinball', quantile },
    seed,
    trees: 20,
    learningRate: 0.05,
    maximumLeaves: 4,
    minimumRowsPerLeaf: 1000,
    rowSample: 0.5,
    columnSamplePerTree: 0.3,
  };
}

/**
 * Fits both ends as quantile regressions (Koenker & Bassett 1978) of the return in units of its predicted scale.
 *
 * @param outcome y / scale by row of the matrix
 */
export function fitQuantileHead(
  matrix: Matrix,
  bins: BinnedMatrix,
  rows: Int32Array,
  outcome: Float64Array,
  seeds: readonly [number, number],
): QuantileHead {
  const data = { matrix, bins, rows, target: outcome };
  return {
    lower: trainTrees(quantileOptions(targetMiss / 2, seeds[0]), data),
    upper: trainTrees(quantileOptions(1 - targetMiss / 2, seeds[1]), data),
  };
}

/** Both quantiles for some rows; the lower is never above the upper. */
export function predictQuantiles(
  { lower, upper }: QuantileHead,
  matrix: Matrix,
  rows: Int32Array,
): QuantilePredictions {
  const low = predict(lower, matrix, { rows });
  const high = predict(upper, matrix, { rows });
  return {
    lower: low.map((value, i) => Math.min(value, high[i]!)),
    upper: high.map((value, i) => Math.max(value, low[i]!)),
  };
}
