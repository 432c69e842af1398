import { seededRandom } from '@daytrade/series';
import { quantile } from '../harness/statistics.ts';

/** Judged closes of a session, and those that were inside. */
export interface SessionCoverage {
  readonly judged: number;
  readonly inside: number;
}

/** Orders of the sessions that are drawn. */
const shuffles = 2000;

/** The lowest coverage over `window` sessions in a row; NaN where there are fewer. */
export function lowestCoverage(sessions: readonly SessionCoverage[], window: number): number {
  let judged = 0;
  let inside = 0;
  let lowest = NaN;
  for (const [t, session] of sessions.entries()) {
    const gone = sessions[t - window];
    judged += session.judged - (gone?.judged ?? 0);
    inside += session.inside - (gone?.inside ?? 0);
    if (t >= window - 1 && !(inside / judged >= lowest)) lowest = inside / judged;
  }
  return lowest;
}

/**
 * What the lowest coverage would be of a method that is right: the same sessions in random order. The symbols of one
 * day still miss together, and the mean is the same, but no day knows anything of the one before, which is all that a
 * forecaster could have learned from.
 *
 * @param share of the orders with a lowest coverage below what is given back
 */
export function lowestOfRightMethod(sessions: readonly SessionCoverage[], window: number, share: number): number {
  const random = seededRandom(1);
  const order = [...sessions];
  const lowest = Array.from({ length: shuffles }, () => {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return lowestCoverage(order, window);
  });
  return quantile(lowest, share);
}
