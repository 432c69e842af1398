import type { CheckedData } from '../training-data.ts';

/**
 * What a loss means to boosting. `scores` are predictions on the scale of the link; arrays have one entry a row of the
 * matrix and only the entries of `rows` are read or written.
 */
export interface LossFunction {
  /** True when the Hessian of a row is its weight, whatever its score. */
  readonly hessianIsWeight: boolean;
  /** Refuses targets that the loss is not defined for. @throws DayTradeError `learner.input-invalid` */
  checkTarget(data: CheckedData): void;
  /** The constant that, added to the offsets, has the least loss on the training rows. */
  baseScore(data: CheckedData): number;
  /** First derivatives by the score into `gradients`, second ones into `hessians`, both for weight 1. */
  derivatives(
    rows: Int32Array,
    target: Float64Array,
    scores: Float64Array,
    gradients: Float64Array,
    hessians: Float64Array,
  ): void;
  /** Loss of one row of weight 1. */
  loss(target: number, score: number): number;
  /** The prediction that belongs to a score (the inverse link). */
  readonly response: (score: number) => number;
  /** The quantile of the residuals that a leaf takes in place of a Newton step, for a loss without curvature. */
  readonly leafQuantile?: number;
}

/** Weighted mean loss over rows; 0 when the rows have no weight. */
export function meanLoss(
  lossFunction: LossFunction,
  data: CheckedData,
  rows: Int32Array,
  scores: Float64Array,
): number {
  const { target, weights } = data;
  let sum = 0;
  let weightSum = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const weight = weights ? weights[row]! : 1;
    sum += weight * lossFunction.loss(target[row]!, scores[row]!);
    weightSum += weight;
  }
  return weightSum === 0 ? 0 : sum / weightSum;
}
