import type { Matrix } from '@daytrade/learners';
import type { LogReturn } from '@daytrade/series';

/** Log returns of the market from which on, and down to which, a fall comes to widen the next session's interval. */
const falls = { from: -0.02, fullAt: -0.03 } as const;

/** ln of the last days' deviation of the market over that of the last months above which a fall is a surprise. */
const usualJump = 0.1;

/** How fast the logarithm of the widening grows with the surprise. */
const slope = 1.5;

/** The largest widening, chosen on the Nikkei 225 of 1966 to 2012 alone. */
const most = 1.25;

/** The features that say how the market moved in the newest session, in the last days and in the last months. */
export const marketReturn = 'market_return_1';
const lastDays = 'market_variance_80';
const lastMonths = 'market_variance_97';

/** The columns that a widening after a fall needs. */
export const fallColumns = [marketReturn, lastDays, lastMonths] as const;

/**
 * Factor on the scale after a fall of the market: the more, the more its last days moved beyond its last months. What
 * follows a fall out of calm has heavier tails than a scale that was fitted to the mean size of moves says, and years
 * without one teach it nothing; in a crisis the scale is wide already (docs/forecasting.md).
 *
 * @param jump ln of the deviation of its last days over that of its last months
 */
export function fallWidening(move: LogReturn, jump: number): number {
  const share = Math.min(1, Math.max(0, (falls.from - move) / (falls.from - falls.fullAt)));
  return Math.min(most, Math.exp(slope * share * Math.max(0, jump - usualJump)));
}

/** The widening of each row; 1 where the moves of the market are not known. */
export function fallWidenings({ names, values, rows: height }: Matrix, rows: Int32Array): Float64Array {
  const [move, days, months] = [marketReturn, lastDays, lastMonths].map((name) => names.indexOf(name) * height);
  return Float64Array.from(rows, (row) => {
    const widening = fallWidening(values[move! + row]!, (values[days! + row]! - values[months! + row]!) / 2);
    return Number.isNaN(widening) ? 1 : widening;
  });
}
