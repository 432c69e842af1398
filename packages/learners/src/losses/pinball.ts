import type { LossFunction } from './loss-function.ts';
import { residualQuantile } from './residuals.ts';

/** Pinball loss (Koenker & Bassett 1978). Splits follow its gradient, leaves take the quantile of their residuals. */
export function pinballLoss(quantile: number): LossFunction {
  return {
    hessianIsWeight: true,
    leafQuantile: quantile,
    checkTarget: () => undefined,
    baseScore: (data) => residualQuantile(data, quantile),
    derivatives(rows, target, scores, gradients) {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i]!;
        gradients[row] = target[row]! > scores[row]! ? -quantile : 1 - quantile;
      }
    },
    loss: (target, score) => (target > score ? quantile * (target - score) : (1 - quantile) * (score - target)),
    response: (score) => score,
  };
}
