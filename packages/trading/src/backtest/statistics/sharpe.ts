import type { Estimate } from '@daytrade/contracts';
import { type RandomSource, resampleBlocks, seededRandom } from '@daytrade/series';

/** Sessions of a year, by which a ratio of days becomes one of years. */
export const sessionsOfYear = 245;

const resamples = 1_000;

/** Mean / deviation of daily returns; 0 where nothing moved. */
export function dailySharpe(returns: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < returns.length; i += 1) {
    sum += returns[i]!;
    squares += returns[i]! ** 2;
  }
  return sharpeOf(sum, squares, returns.length);
}

/** The same from sums. */
export function sharpeOf(sum: number, squares: number, count: number): number {
  const variance = (squares - (sum * sum) / count) / (count - 1);
  return variance > 1e-24 ? sum / count / Math.sqrt(variance) : 0;
}

/**
 * The Sharpe ratio of a year with its 95 % interval, by circular blocks of 10 days (Politis & Romano 1992; Ledoit &
 * Wolf 2008): days near one another are alike. The interval is from percentiles.
 */
export function sharpeEstimate(returns: Float64Array, seed: number): Estimate {
  const random = seededRandom(seed);
  const ratios = Float64Array.from({ length: resamples }, () => resampledSharpe(returns, random)).sort();
  const ofYear = (ratio: number) => ratio * Math.sqrt(sessionsOfYear);
  return {
    value: ofYear(dailySharpe(returns)),
    low: ofYear(ratios[Math.floor(resamples * 0.025)]!),
    high: ofYear(ratios[Math.ceil(resamples * 0.975) - 1]!),
  };
}

function resampledSharpe(returns: Float64Array, random: RandomSource): number {
  let [sum, squares] = [0, 0];
  resampleBlocks(returns.length, random, (day) => {
    sum += returns[day]!;
    squares += returns[day]! ** 2;
  });
  return sharpeOf(sum, squares, returns.length);
}
