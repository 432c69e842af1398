import { type CheckedData, checkClasses } from '../training-data.ts';
import type { LossFunction } from './loss-function.ts';

/** Log loss of targets 0 and 1; scores are log-odds. */
export const logisticLoss: LossFunction = {
  hessianIsWeight: false,
  checkTarget: checkClasses,
  baseScore: commonLogOdds,
  derivatives(rows, target, scores, gradients, hessians) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      const probability = 1 / (1 + Math.exp(-scores[row]!));
      gradients[row] = probability - target[row]!;
      hessians[row] = probability * (1 - probability);
    }
  },
  loss: (target, score) => Math.max(score, 0) - target * score + Math.log1p(Math.exp(-Math.abs(score))),
  response: (score) => 1 / (1 + Math.exp(-score)),
};

/** The log-odds of all rows together, by Newton's method in one dimension. */
function commonLogOdds(data: CheckedData): number {
  let score = 0;
  for (let iteration = 0; iteration < 100; iteration += 1) {
    const { gradient, hessian } = derivativesOfSum(data, score);
    const step = Math.max(-2, Math.min(2, -gradient / hessian));
    score += step;
    if (Math.abs(step) < 1e-12) break;
  }
  return score;
}

function derivativesOfSum({ rows, target, weights, offset }: CheckedData, score: number) {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    const weight = weights ? weights[row]! : 1;
    const probability = 1 / (1 + Math.exp(-score - (offset ? offset[row]! : 0)));
    gradient += weight * (probability - target[row]!);
    hessian += weight * probability * (1 - probability);
  }
  return { gradient, hessian: Math.max(hessian, Number.MIN_VALUE) };
}
