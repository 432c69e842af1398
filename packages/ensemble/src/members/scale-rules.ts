import type { Matrix, RidgeModel } from '@daytrade/learners';
import type { LogReturn } from '@daytrade/series';

/** Log returns of the market from which on, and down to which, a fall comes to widen the next session's interval. */
const falls = { from: -0.02, fullAt: -0.03 } as const;

/** ln of the last days' deviation of the market over that of the last months above which a fall is a surprise. */
const usualJump = 0.1;

/** Growth of the widening's logarithm with the surprise. */
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
 * Factor on the scale after a fall of the market: the more, the more its last days moved beyond its last months.
 * Returns after a fall out of a calm market have heavier tails than the fitted scale says, and calm years teach nothing
 * of it. In a crisis the scale is wide already (docs/forecasting.md).
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

/** Log returns of the market from which on, and up to which, a rise comes to hold the next session's scale. */
const rises = { from: 0.02, fullAt: 0.03 } as const;

/** Returns the share of the floor after a move of the market, 0 to 1; 0 if unknown. */
function shareOfFloor(move: LogReturn): number {
  return Math.min(1, Math.max(0, (move - rises.from) / (rises.fullAt - rises.from) || 0));
}

/** The logarithm of the factor that a regression of the scale says of a session that is usual in everything. */
export function usualLog({ coefficients, means, intercept }: RidgeModel): number {
  return coefficients.reduce((sum, coefficient, f) => sum + coefficient * means[f]!, intercept);
}

/**
 * Returns the raise of each row's log factor after a rise of the market, so that the scale is no narrower than the EWMA
 * of past returns usually makes it. Rises beyond 3 % come out of crises, and the EWMA, which does not know the sign of
 * a move, covers what follows them; what ordinary days say of calm after gains narrows it (docs/forecasting.md).
 *
 * @param logs the logarithm of the factor by row
 * @param usual see {@link usualLog}
 */
export function raisesAfterRise(
  { names, values, rows: height }: Matrix,
  rows: Int32Array,
  logs: Float64Array,
  usual: number,
): Float64Array {
  const move = names.indexOf(marketReturn) * height;
  return logs.map((log, i) => shareOfFloor(values[move + rows[i]!]!) * Math.max(0, usual - log));
}

/** Largest decrease of the scale's logarithm by signed past returns (docs/forecasting.md). */
const mostNarrowing = 0.1;

/**
 * Features that are past returns, or move with them one for one: they have a sign and no bound, so a day that is ten
 * times the usual one makes them ten times as large.
 */
const signed = new RegExp(
  '^(?:(?:market_|excess_)?return|moving_average_distance|high_distance|low_distance)_\\d+$|' +
    '^(?:overnight_gap|intraday_return|standardised_return|drawdown_250|macd_histogram)$',
);

export function isSignedReturn(feature: string): boolean {
  return signed.test(feature);
}

/**
 * Returns the remaining share of their summed contribution to the logarithm of a scale. That volatility falls after
 * gains holds for ordinary days; a straight line through them says of the largest rally of a decade that the next day
 * is the calmest.
 */
export function sharePastNarrowing(sum: number): number {
  return sum < -mostNarrowing ? -mostNarrowing / sum : 1;
}

/** Returns the raise of the linear log scale, by row, where past returns narrow it beyond the bound. */
export function narrowingBeyondBound(model: RidgeModel, matrix: Matrix, rows: Int32Array): Float64Array {
  const sums = new Float64Array(rows.length);
  for (const [f, name] of model.names.entries()) {
    const coefficient = model.coefficients[f]!;
    if (coefficient === 0 || !isSignedReturn(name)) continue;
    const mean = model.means[f]!;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      if (!Number.isNaN(value)) sums[i]! += coefficient * (value - mean);
    }
  }
  return sums.map((sum) => sum * (sharePastNarrowing(sum) - 1));
}
