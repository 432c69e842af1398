import { inputInvalid } from '../input-invalid.ts';
import { numbersOfRows } from '../matrix.ts';
import { type CheckedData, checkClasses } from '../training-data.ts';

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

/**
 * The least value whose share of the weight, with all smaller values, reaches `quantile`: a minimiser of the pinball
 * loss. Sorts `values` in place; without weights each counts 1.
 */
export function weightedQuantile(values: Float64Array, quantile: number, weights?: Float64Array): number {
  if (weights === undefined) {
    values.sort();
    return values[Math.max(0, Math.ceil(quantile * values.length) - 1)]!;
  }
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const wanted = quantile * weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i]!;
    if (reached >= wanted && weights[i]! > 0) return values[i]!;
  }
  return values[order.at(-1)!]!;
}

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
