import type { RollingCoverage } from '@daytrade/contracts';
import type { Unit } from '@daytrade/market';
import type { LogReturn } from '@daytrade/series';

/** Basis points of log return. */
type BasisPoints = Unit<'BasisPoints'>;

const basisPoint = 1e-4;

export function inBasisPoints(logReturn: LogReturn): BasisPoints {
  return logReturn / basisPoint;
}

/**
 * Winkler's interval score, lower is better (Winkler 1972; Gneiting & Raftery 2007, equation 43): the width, plus 2 /
 * alpha for each unit by which the outcome lies outside. In the unit of the bounds.
 *
 * @param alpha share of outcomes that may lie outside, 0.07 for a promise of 93 %
 */
export function winklerScore(lower: number, upper: number, outcome: number, alpha: number): number {
  return upper - lower + (2 / alpha) * (Math.max(0, lower - outcome) + Math.max(0, outcome - upper));
}

/**
 * Share of a window's sessions that need a judged outcome: a symbol that was listed or delisted within it, or that was
 * halted for long, has too few of them for a promise about the whole window.
 */
const leastJudgedShare = 0.8;

/**
 * Share of outcomes inside over each full window of sessions; NaN while the window is not full, or when fewer than 0.8
 * of its sessions have a judged outcome.
 *
 * @param inside outcomes inside the interval, one count a session
 * @param judged outcomes judged, one count a session
 */
export function rollingCoverage(inside: ArrayLike<number>, judged: ArrayLike<number>, window: number): Float64Array {
  const coverage = new Float64Array(inside.length).fill(NaN);
  let insideSum = 0;
  let judgedSum = 0;
  let sessions = 0;
  for (let t = 0; t < inside.length; t += 1) {
    const gone = t - window;
    insideSum += inside[t]! - (gone >= 0 ? inside[gone]! : 0);
    judgedSum += judged[t]! - (gone >= 0 ? judged[gone]! : 0);
    sessions += (judged[t]! > 0 ? 1 : 0) - (gone >= 0 && judged[gone]! > 0 ? 1 : 0);
    if (gone >= -1 && sessions >= leastJudgedShare * window) coverage[t] = insideSum / judgedSum;
  }
  return coverage;
}

/** Smallest, largest and newest of a curve of {@link rollingCoverage}. */
export function summariseCoverage(curve: ArrayLike<number>, window: number): RollingCoverage {
  let min = Infinity;
  let max = -Infinity;
  let last: number | null = null;
  for (let t = 0; t < curve.length; t += 1) {
    const value = curve[t]!;
    if (Number.isNaN(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    last = value;
  }
  return last === null ? { window, min: null, max: null, last } : { window, min, max, last };
}
