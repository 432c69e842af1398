import type { RollingCoverage } from '@daytrade/contracts';

/**
 * Share of outcomes inside over each full window of sessions; NaN while the window is not full, or when nothing was
 * judged in it.
 *
 * @param inside outcomes inside the interval, one count a session
 * @param judged outcomes judged, one count a session
 */
export function rollingCoverage(inside: ArrayLike<number>, judged: ArrayLike<number>, window: number): Float64Array {
  const coverage = new Float64Array(inside.length).fill(NaN);
  let insideSum = 0;
  let judgedSum = 0;
  for (let t = 0; t < inside.length; t += 1) {
    insideSum += inside[t]! - (t >= window ? inside[t - window]! : 0);
    judgedSum += judged[t]! - (t >= window ? judged[t - window]! : 0);
    if (t >= window - 1 && judgedSum > 0) coverage[t] = insideSum / judgedSum;
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
