/** P(up) = 1 / (1 + exp(-(intercept + slope * score))). */
export interface PlattParameters {
  readonly intercept: number;
  readonly slope: number;
}

/** Where the slope begins: a normal z around the score has P(up) of about 1 / (1 + exp(-1.6 score)). */
const naturalSlope = 1.6;

/**
 * How strongly the slope is held there, as a penalty on its square distance: scores are small, so a year of them knows
 * little.
 */
const slopePenalty = 5;

/** Nothing known: a coin. */
export const uninformedPlatt: PlattParameters = { intercept: 0, slope: naturalSlope };

/**
 * Platt's calibration (Platt 1999) by Newton's method: logistic regression of "rose" on the score, the slope drawn
 * towards the natural one and never negative, since a calibration must not turn an ensemble around.
 *
 * @param rose 1 up, 0 down
 */
export function fitPlatt(scores: ArrayLike<number>, rose: ArrayLike<number>): PlattParameters {
  if (scores.length === 0) return uninformedPlatt;
  let intercept = 0;
  let slope = naturalSlope;
  for (let step = 0; step < 20; step += 1) {
    const { gradient, curvature } = derivatives(scores, rose, intercept, slope);
    const determinant = curvature[0] * curvature[2] - curvature[1] * curvature[1];
    const interceptStep = (curvature[2] * gradient[0] - curvature[1] * gradient[1]) / determinant;
    const slopeStep = (curvature[0] * gradient[1] - curvature[1] * gradient[0]) / determinant;
    intercept -= interceptStep;
    slope = Math.max(0, slope - slopeStep);
    if (Math.abs(interceptStep) + Math.abs(slopeStep) < 1e-10) break;
  }
  return { intercept, slope };
}

/** @returns a probability strictly between 0 and 1 */
export function plattProbability({ intercept, slope }: PlattParameters, score: number): number {
  return 1 / (1 + Math.exp(-(intercept + slope * score)));
}

interface Derivatives {
  readonly gradient: readonly [number, number];
  /** Second derivatives: intercept twice, both, slope twice. */
  readonly curvature: readonly [number, number, number];
}

function derivatives(
  scores: ArrayLike<number>,
  rose: ArrayLike<number>,
  intercept: number,
  slope: number,
): Derivatives {
  let gradientIntercept = 0;
  let gradientSlope = slopePenalty * (slope - naturalSlope);
  let both = 0;
  let interceptTwice = 1e-9;
  let slopeTwice = slopePenalty;
  for (let i = 0; i < scores.length; i += 1) {
    const score = scores[i]!;
    const probability = 1 / (1 + Math.exp(-(intercept + slope * score)));
    const weight = probability * (1 - probability);
    gradientIntercept += probability - rose[i]!;
    gradientSlope += (probability - rose[i]!) * score;
    interceptTwice += weight;
    both += weight * score;
    slopeTwice += weight * score * score;
  }
  return { gradient: [gradientIntercept, gradientSlope], curvature: [interceptTwice, both, slopeTwice] };
}
