import type { LossFunction } from './loss-function.ts';
import { residualQuantile } from './residuals.ts';

/** Huber's loss: half the squared error within `delta`, linear beyond it. Its curvature is taken as 1 everywhere. */
export function huberLoss(delta: number): LossFunction {
  return {
    hessianIsWeight: true,
    checkTarget: () => undefined,
    baseScore: (data) => residualQuantile(data, 0.5),
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
