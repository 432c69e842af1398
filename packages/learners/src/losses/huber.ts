import { numbersOfRows } from '../numbers-of-rows.ts';
import type { CheckedData } from '../training-data.ts';
import type { LossFunction } from './loss-function.ts';

/** Huber's loss: half the squared error within `delta`, linear beyond it. Its curvature is taken as 1 everywhere. */
export function huberLoss(delta: number): LossFunction {
  return {
    hessianIsWeight: true,
    checkTarget: () => undefined,
    baseScore: (data) => huberMean(data, delta),
    derivatives(rows, target, scores, gradients) {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i]!;
        gradients[row] = Math.max(-delta, Math.min(delta, scores[row]! - target[row]!));
      }
    },
    loss(target, score) {
      const error = Math.abs(target - score);
      return error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
    },
    response: (score) => score,
  };
}

/**
 * Huber's mean of target minus offset: where the clipped residuals balance, found by halving the interval that it lies
 * in.
 */
function huberMean({ rows, target, weights, offset }: CheckedData, delta: number): number {
  const residuals = numbersOfRows(rows, (row) => target[row]! - (offset ? offset[row]! : 0));
  const rowWeights = numbersOfRows(rows, (row) => (weights ? weights[row]! : 1));
  let low = residuals.reduce((least, value) => Math.min(least, value), Infinity);
  let high = residuals.reduce((most, value) => Math.max(most, value), -Infinity);
  while (high - low > 1e-12 * delta) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    let balance = 0;
    for (let i = 0; i < residuals.length; i += 1) {
      balance += rowWeights[i]! * Math.max(-delta, Math.min(delta, residuals[i]! - middle));
    }
    if (balance > 0) low = middle;
    else high = middle;
  }
  return high;
}
