import { normalDistribution, normalQuantile } from '@daytrade/series';
import { momentsOf } from './moments.ts';
import { dailySharpe } from './sharpe.ts';

const eulerMascheroni = 0.5772156649015329;

/**
 * The Sharpe ratio that the best of some trials without any skill has, in the unit of theirs (Bailey & Lopez de Prado
 * 2014, "The Deflated Sharpe Ratio", equation 1).
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

/** What {@link deflate} goes by; ratios in the unit of the returns' days. */
export interface DeflatedInput {
  readonly sharpe: number;
  readonly best: number;
  readonly count: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** The probability that a Sharpe ratio is truly above what the best of the trials has by luck. */
export function deflate({ sharpe, best, count, skewness, kurtosis }: DeflatedInput): number {
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  return normalDistribution(((sharpe - best) * Math.sqrt(count - 1)) / Math.sqrt(spread));
}

/**
 * The deflated Sharpe ratio of returns.
 *
 * @param trials everything that was tried, not what is shown alone
 * @param ratios daily Sharpe ratios of trials, whose variance counts; with fewer than two that of luck, 1 / days
 */
export function deflatedSharpe(returns: ArrayLike<number>, trials: number, ratios: readonly number[]): number {
  const { count, skewness, kurtosis } = momentsOf(returns);
  const variance = ratios.length > 1 ? momentsOf(ratios).deviation ** 2 : 1 / count;
  const sharpe = dailySharpe(returns);
  if (sharpe === 0) return 0;
  return deflate({ sharpe, best: expectedBestSharpe(trials, variance), count, skewness, kurtosis });
}
