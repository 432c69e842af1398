import type { CheckedData } from '../training-data.ts';
import type { LossFunction } from './loss-function.ts';

/** Half the squared error. */
export const squaredLoss: LossFunction = {
  hessianIsWeight: true,
  checkTarget: () => undefined,
  baseScore: meanResidual,
  derivatives(rows, target, scores, gradients) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      gradients[row] = scores[row]! - target[row]!;
    }
  },
  loss: (target, score) => 0.5 * (target - score) ** 2,
  response: (score) => score,
};

function meanResidual({ rows, target, weights, offset }: CheckedData): number {
  let sum = 0;
  let weightSum = 0;
  for (const row of rows) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * (target[row]! - (offset ? offset[row]! : 0));
    weightSum += weight;
  }
  return sum / weightSum;
}
