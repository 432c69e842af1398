import { numbersOfRows } from './matrix.ts';
import type { RowData } from './training-data.ts';

/** Half the squared error; the prediction is the mean. */
interface SquaredLoss {
  readonly kind: 'squared';
}

/** Pinball loss; the prediction is the quantile `quantile`, in (0, 1). */
interface PinballLoss {
  readonly kind: 'pinball';
  readonly quantile: number;
}

/**
 * Gamma deviance with a log link, F + y e^-F: a positive target whose spread grows with its mean, such as an absolute
 * return. Targets of exactly 0 are allowed as long as one is positive. The prediction is the mean.
 */
interface GammaLoss {
  readonly kind: 'gamma';
}

/** The losses that trees minimise. */
export type Loss = SquaredLoss | PinballLoss | GammaLoss;

/**
 * A loss as boosting needs it. `scores` are predictions on the scale of the link. Arrays have one entry a row of the
 * matrix; only the entries of `rows` are read or written.
 */
export interface LossFunction {
  /** True when the Hessian of each row is 1. */
  readonly hessianIsOne: boolean;
  /** The constant that, added to the offsets, has the least loss on the training rows. */
  baseScore(data: RowData): number;
  /** Writes first derivatives by the score into `gradients`, second ones into `hessians` unless they are 1. */
  derivatives(
    rows: Int32Array,
    target: Float64Array,
    scores: Float64Array,
    gradients: Float64Array,
    hessians: Float64Array,
  ): void;
  /** The prediction that belongs to a score (the inverse link). */
  readonly response: (score: number) => number;
  /** The quantile of the residuals that a leaf takes in place of a Newton step, for a loss without curvature. */
  readonly leafQuantile?: number;
}

export function compileLoss(loss: Loss): LossFunction {
  if (loss.kind === 'pinball') return pinballLoss(loss.quantile);
  return loss.kind === 'squared' ? squaredLoss : gammaLoss;
}

/** Half the squared error. */
const squaredLoss: LossFunction = {
  hessianIsOne: true,
  baseScore: meanResidual,
  derivatives(rows, target, scores, gradients) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      gradients[row] = scores[row]! - target[row]!;
    }
  },
  response: (score) => score,
};

function meanResidual({ rows, target, offset }: RowData): number {
  let sum = 0;
  for (const row of rows) sum += target[row]! - (offset ? offset[row]! : 0);
  return sum / rows.length;
}

/** Pinball loss (Koenker & Bassett 1978). Splits follow its gradient, leaves take the quantile of their residuals. */
function pinballLoss(quantile: number): LossFunction {
  return {
    hessianIsOne: true,
    leafQuantile: quantile,
    baseScore: (data) => residualQuantile(data, quantile),
    derivatives(rows, target, scores, gradients) {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i]!;
        gradients[row] = target[row]! > scores[row]! ? -quantile : 1 - quantile;
      }
    },
    response: (score) => score,
  };
}

/** The quantile of target minus offset over the training rows. */
function residualQuantile({ rows, target, offset }: RowData, quantile: number): number {
  return lowerQuantile(
    numbersOfRows(rows, (row) => target[row]! - (offset ? offset[row]! : 0)),
    quantile,
  );
}

/** Gamma deviance with a log link, up to terms of the target alone: F + y e^-F. */
const gammaLoss: LossFunction = {
  hessianIsOne: false,
  baseScore: logMeanRatio,
  derivatives(rows, target, scores, gradients, hessians) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      const ratio = target[row]! * Math.exp(-scores[row]!);
      gradients[row] = 1 - ratio;
      hessians[row] = ratio;
    }
  },
  response: Math.exp,
};

/** ln of the mean of y e^-offset. */
function logMeanRatio({ rows, target, offset }: RowData): number {
  let sum = 0;
  for (const row of rows) sum += target[row]! * (offset ? Math.exp(-offset[row]!) : 1);
  return Math.log(sum / rows.length);
}

/** Returns the least value whose rank reaches the quantile: it minimises the pinball loss. Sorts `values` in place. */
export function lowerQuantile(values: Float64Array, quantile: number): number {
  values.sort();
  return values[Math.max(0, Math.ceil(quantile * values.length) - 1)]!;
}
