import { inputInvalid } from '../input-invalid.ts';
import type { CheckedData } from '../training-data.ts';
import type { LossFunction } from './loss-function.ts';

/** Gamma deviance with a log link, up to terms of the target alone: F + y e^-F. */
export const gammaLoss: LossFunction = {
  hessianIsWeight: false,
  checkTarget(data) {
    for (const rows of [data.rows, data.validationRows]) {
      for (const row of rows) {
        if (data.target[row]! < 0) throw inputInvalid(`target[${row}]`, data.target[row], '0 or more for gamma loss');
      }
    }
    if (!(logMeanRatio(data) > -Infinity)) {
      throw inputInvalid('target', 'only zeros', 'a positive value in at least one row for gamma loss');
    }
  },
  baseScore: logMeanRatio,
  derivatives(rows, target, scores, gradients, hessians) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      const ratio = target[row]! * Math.exp(-scores[row]!);
      gradients[row] = 1 - ratio;
      hessians[row] = ratio;
    }
  },
  loss: (target, score) => score + target * Math.exp(-score),
  response: Math.exp,
};

/** ln of the weighted mean of y e^-offset. */
function logMeanRatio({ rows, target, weights, offset }: CheckedData): number {
  let sum = 0;
  let weightSum = 0;
  for (const row of rows) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * target[row]! * (offset ? Math.exp(-offset[row]!) : 1);
    weightSum += weight;
  }
  return Math.log(sum / weightSum);
}
