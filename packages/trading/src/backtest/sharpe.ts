import type { Estimate } from '@daytrade/contracts';
import { normalDistribution, normalQuantile, type RandomSource, resampleBlocks, seededRandom } from '@daytrade/series';

/** Sessions of a year, by which daily ratios are annualised. */
export const sessionsOfYear = 245;

/** Returns the return of each session, relative to the equity before it. */
export function returnsOf(equity: Float64Array, cash: number): Float64Array {
  return equity.map((value, i) => value / (i === 0 ? cash : equity[i - 1]!) - 1);
}

/** Returns the largest fall from a peak, as a share of the peak. */
export function maxDrawdown(equity: ArrayLike<number>, cash: number): number {
  let [peak, deepest] = [cash, 0];
  for (let i = 0; i < equity.length; i += 1) {
    peak = Math.max(peak, equity[i]!);
    deepest = Math.max(deepest, 1 - equity[i]! / peak);
  }
  return deepest;
}

/** Returns mean / deviation of daily returns; 0 for constant returns. */
export function dailySharpe(returns: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < returns.length; i += 1) {
    sum += returns[i]!;
    squares += returns[i]! ** 2;
  }
  return sharpeOf(sum, squares, returns.length);
}

/** Returns {@link dailySharpe} from the sums of returns and of their squares. */
export function sharpeOf(sum: number, squares: number, count: number): number {
  const variance = (squares - (sum * sum) / count) / (count - 1);
  // What is left of equal returns is rounding, relative to their size.
  return variance > 1e-12 * (squares / count) ? sum / count / Math.sqrt(variance) : 0;
}

const resamples = 1_000;

/**
 * Returns the annualised Sharpe ratio with its 95 % percentile interval, by circular blocks of 10 days, since
 * neighbouring days are alike (Politis & Romano 1992; Ledoit & Wolf 2008).
 */
export function sharpeEstimate(returns: Float64Array, seed: number): Estimate {
  const random = seededRandom(seed);
  const ratios = Float64Array.from({ length: resamples }, () => resampledSharpe(returns, random)).sort();
  const annual = (ratio: number) => ratio * Math.sqrt(sessionsOfYear);
  return {
    value: annual(dailySharpe(returns)),
    low: annual(ratios[Math.floor(resamples * 0.025)]!),
    high: annual(ratios[Math.ceil(resamples * 0.975) - 1]!),
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

/** Deviation (n - 1), skewness and kurtosis (3 for the normal distribution) of a sample. */
export interface Moments {
  readonly count: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[i]!;
  const mean = sum / count;
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    const off = values[i]! - mean;
    second += off * off;
    third += off ** 3;
    fourth += off ** 4;
  }
  const variance = second / count;
  return {
    count,
    deviation: Math.sqrt(second / (count - 1)),
    skewness: third / count / variance ** 1.5,
    kurtosis: fourth / count / variance ** 2,
  };
}

const eulerMascheroni = 0.5772156649015329;

/**
 * Returns the expected best Sharpe ratio of some trials without any skill (Bailey & Lopez de Prado 2014, "The Deflated
 * Sharpe Ratio", equation 1).
 *
 * @param variance of the Sharpe ratios of the trials
 */
export function expectedBestSharpe(trials: number, variance: number): number {
  if (trials <= 1) return 0;
  const luck =
    (1 - eulerMascheroni) * normalQuantile(1 - 1 / trials) +
    eulerMascheroni * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * luck;
}

/** Input of {@link deflate}; ratios per day. */
export interface DeflatedInput {
  readonly sharpe: number;
  readonly best: number;
  readonly count: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Returns the probability that a Sharpe ratio is truly above the best one of lucky trials. */
export function deflate({ sharpe, best, count, skewness, kurtosis }: DeflatedInput): number {
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  return normalDistribution(((sharpe - best) * Math.sqrt(count - 1)) / Math.sqrt(spread));
}

/**
 * Returns the deflated Sharpe ratio of returns. The variance of the trials is at least that of a ratio without skill,
 * 1 / days: parameter sets that differ little would else deflate nothing.
 *
 * @param trials daily Sharpe ratios of all trials, also of those that are not shown; null for an unknown one
 */
export function deflatedSharpe(returns: ArrayLike<number>, trials: readonly (number | null)[]): number {
  const { count, skewness, kurtosis } = momentsOf(returns);
  const ratios = trials.filter((ratio) => ratio !== null);
  const variance = Math.max(1 / count, ratios.length > 1 ? momentsOf(ratios).deviation ** 2 : 0);
  const sharpe = dailySharpe(returns);
  if (sharpe === 0) return 0;
  return deflate({ sharpe, best: expectedBestSharpe(trials.length, variance), count, skewness, kurtosis });
}
