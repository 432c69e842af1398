import { numbersOfRows } from '../numbers-of-rows.ts';
import type { CheckedData } from '../training-data.ts';
import type { LossFunction } from './loss-function.ts';
import { weightedQuantile } from './weighted-quantile.ts';

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

/** The quantile of target minus offset over the training rows. */
function residualQuantile({ rows, target, weights, offset }: CheckedData, quantile: number): number {
  const residuals = numbersOfRows(rows, (row) => target[row]! - (offset ? offset[row]! : 0));
  return weightedQuantile(residuals, quantile, weights && numbersOfRows(rows, (row) => weights[row]!));
}
