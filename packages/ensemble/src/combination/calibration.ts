import { firstAfter } from '@daytrade/series';

/** A function from scores to probabilities of a rise; plain data. */
export type Calibration =
  | { readonly kind: 'platt'; readonly parameters: PlattParameters }
  | { readonly kind: 'isotonic'; readonly parameters: IsotonicParameters };

/** Name of a way to calibrate. */
export type CalibrationKind = Calibration['kind'];

/** P(up) of a score, strictly between 0 and 1. */
export function calibratedProbability(calibration: Calibration, score: number): number {
  return calibration.kind === 'platt'
    ? plattProbability(calibration.parameters, score)
    : isotonicProbability(calibration.parameters, score);
}

/** P(up) = 1 / (1 + exp(-(intercept + slope * score))). */
interface PlattParameters {
  readonly intercept: number;
  readonly slope: number;
}

/** Prior of the slope: a normal z around the score has P(up) of about 1 / (1 + exp(-1.6 score)). */
const naturalSlope = 1.6;

/** Penalty on the squared distance of the slope from its prior: scores are small, so a year of them knows little. */
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
    const slopeStep = (curvature[0] * gradient[1] - curvature[1] * gradient[0]) / determinant;
    const nextSlope = Math.max(0, slope - slopeStep);
    // With the slope at its bound the intercept goes to the base rate alone.
    const interceptStep =
      nextSlope > 0
        ? (curvature[2] * gradient[0] - curvature[1] * gradient[1]) / determinant
        : gradient[0] / curvature[0];
    const change = Math.abs(interceptStep) + Math.abs(slope - nextSlope);
    intercept -= interceptStep;
    slope = nextSlope;
    if (change < 1e-10) break;
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

/**
 * P(up) as a function of the score that never falls: linear between the points, constant beyond the first and the last.
 */
export interface IsotonicParameters {
  /** Rising. */
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

/** No score makes a move certain: the first and last blocks may hold a handful of rows. */
const bounds = { least: 0.01, most: 0.99 } as const;

/**
 * Isotonic calibration (Zadrozny & Elkan 2002): the non-falling function of the score with the least squared error, by
 * pooling adjacent violators (Barlow et al. 1972), limited to 1 % to 99 %. Equal scores are one point.
 *
 * @param rises scores of what rose, smallest first
 * @param falls scores of what fell, smallest first
 */
export function fitIsotonic(rises: Float64Array, falls: Float64Array): IsotonicParameters {
  const blocks = new Blocks(rises.length + falls.length);
  for (let i = 0, j = 0; i < rises.length || j < falls.length; ) {
    const score = Math.min(rises[i] ?? Infinity, falls[j] ?? Infinity);
    const before = i + j;
    const risesBefore = i;
    while (rises[i] === score) i += 1;
    while (falls[j] === score) j += 1;
    blocks.add(score, i - risesBefore, i + j - before);
  }
  return blocks.parameters();
}

/** Rows that share a probability, side by side; each block has more rises among its rows than the one before it. */
class Blocks {
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #rises: Float64Array;
  readonly #rows: Float64Array;
  #count = 0;

  constructor(most: number) {
    this.#first = new Float64Array(most);
    this.#last = new Float64Array(most);
    this.#rises = new Float64Array(most);
    this.#rows = new Float64Array(most);
  }

  /** Adds the rows of a score that is larger than all before. */
  add(score: number, rises: number, rows: number): void {
    const [first, last, rose, all] = [this.#first, this.#last, this.#rises, this.#rows];
    let block = this.#count;
    first[block] = score;
    last[block] = score;
    rose[block] = rises;
    all[block] = rows;
    for (; block > 0 && rose[block - 1]! * all[block]! >= rose[block]! * all[block - 1]!; block -= 1) {
      last[block - 1] = last[block]!;
      rose[block - 1]! += rose[block]!;
      all[block - 1]! += all[block]!;
    }
    this.#count = block + 1;
  }

  parameters(): IsotonicParameters {
    const scores: number[] = [];
    const probabilities: number[] = [];
    for (let block = 0; block < this.#count; block += 1) {
      const probability = Math.min(bounds.most, Math.max(bounds.least, this.#rises[block]! / this.#rows[block]!));
      for (const score of new Set([this.#first[block]!, this.#last[block]!])) {
        scores.push(score);
        probabilities.push(probability);
      }
    }
    return { scores: Float64Array.from(scores), probabilities: Float64Array.from(probabilities) };
  }
}

/** @returns a probability from 0.01 to 0.99; 0.5 when nothing is known */
export function isotonicProbability({ scores, probabilities }: IsotonicParameters, score: number): number {
  if (scores.length === 0) return 0.5;
  const above = firstAfter(scores, score);
  if (above === 0) return probabilities[0]!;
  if (above === scores.length) return probabilities[above - 1]!;
  const share = (score - scores[above - 1]!) / (scores[above]! - scores[above - 1]!);
  return probabilities[above - 1]! + share * (probabilities[above]! - probabilities[above - 1]!);
}
