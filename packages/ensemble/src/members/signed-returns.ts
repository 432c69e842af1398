import type { Matrix, RidgeModel } from '@daytrade/learners';

/** By how much past returns with their sign may lower the logarithm of the scale (docs/forecasting.md). */
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
 * What is left of the sum of their contributions to the logarithm of a scale, as a share of it. That volatility falls
 * after gains holds for ordinary days; a straight line through them says of the largest rally of a decade that the next
 * day is the calmest.
 */
export function sharePastNarrowing(sum: number): number {
  return sum < -mostNarrowing ? -mostNarrowing / sum : 1;
}

/** By how much the linear logarithm of a scale is raised, by row, where past returns narrow it beyond the bound. */
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
