import {
  type BinnedMatrix,
  defaultTreeOptions,
  type Matrix,
  type Model,
  predict,
  type RidgeModel,
  type TreeOptions,
  trainTrees,
} from '@daytrade/learners';
import { fitGammaRegression } from './gamma-regression.ts';
import { fallWidenings, narrowingBeyondBound, raisesAfterRise, usualLog } from './scale-rules.ts';

/** Largest and smallest factor on the EWMA scale. */
const bounds = { least: 0.25, most: 4 } as const;

/** Penalty of the regression, in rows. */
export const regressionPenalty = 1000;

/** The volatility head: a gamma regression, and boosted trees with gamma loss on what it leaves. */
export interface ScaleHead {
  /** ln E(|y| / v), linear in the features. */
  readonly regression: RidgeModel;
  /** Correction of it, on the scale of the logarithm. */
  readonly trees: Model;
}

function correctionOptions(seed: number): TreeOptions {
  return {
    ...defaultTreeOptions('leaf-wise'),
    loss: { kind: 'gamma' },
    seed,
    trees: 60,
    learningRate: 0.03,
    maximumLeaves: 6,
    minimumRowsPerLeaf: 1000,
    l2: 20,
    rowSample: 0.7,
    columnSamplePerTree: 0.5,
  };
}

/**
 * Fits the scale head to the size of returns: its prediction is the factor on the EWMA scale v that makes the mean of
 * |y| / (factor * v) the same in every condition. The log-linear regression finds most of it (volatility is close to
 * log-linear in past log variances); small trees add what is not linear.
 *
 * @param magnitude |y| / v by row of the matrix
 */
export function fitScaleHead(
  matrix: Matrix,
  bins: BinnedMatrix,
  rows: Int32Array,
  magnitude: Float64Array,
  seed: number,
): ScaleHead {
  const regression = fitGammaRegression(matrix, rows, magnitude, regressionPenalty);
  const offset = new Float64Array(matrix.rows);
  for (const [i, value] of boundedRegression(regression, matrix, rows).entries()) offset[rows[i]!] = value;
  return { regression, trees: trainTrees(correctionOptions(seed), { matrix, bins, rows, target: magnitude, offset }) };
}

/** Factors on the EWMA scale for some rows. */
export function predictScaleFactor(head: ScaleHead, matrix: Matrix, rows: Int32Array): Float64Array {
  const logs = learnedLogs(head, matrix, rows);
  const raises = raisesAfterRise(matrix, rows, logs, usualLog(head.regression));
  return factorsOf(
    logs.map((log, i) => log + raises[i]!),
    matrix,
    rows,
  );
}

/**
 * Factors for the rows of a training, by which other heads learn: without the floor after rises, a rule for days of
 * which a training has hardly any, so that it moves nothing on all others.
 */
export function fittedScaleFactor(head: ScaleHead, matrix: Matrix, rows: Int32Array): Float64Array {
  return factorsOf(learnedLogs(head, matrix, rows), matrix, rows);
}

function learnedLogs({ regression, trees }: ScaleHead, matrix: Matrix, rows: Int32Array): Float64Array {
  const correction = predict(trees, matrix, { rows, scale: 'link' });
  return boundedRegression(regression, matrix, rows).map((value, i) => value + correction[i]!);
}

function factorsOf(logs: Float64Array, matrix: Matrix, rows: Int32Array): Float64Array {
  const widenings = fallWidenings(matrix, rows);
  return logs.map((log, i) => Math.min(bounds.most, Math.max(bounds.least, widenings[i]! * Math.exp(log))));
}

/** The regression's prediction, which past returns with their sign lower no further than to a bound. */
function boundedRegression(regression: RidgeModel, matrix: Matrix, rows: Int32Array): Float64Array {
  const raised = narrowingBeyondBound(regression, matrix, rows);
  return predict(regression, matrix, { rows }).map((value, i) => value + raised[i]!);
}
