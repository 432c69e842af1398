import {
  closeLocation,
  highDistance,
  intraday,
  largestMove20,
  overnightGap,
  rangeVariance,
  return1,
  returnOver,
  variance,
} from '../bar-series.ts';
import { type Feature, featuresOf } from '../feature.ts';
import {
  deviationAcross,
  everySymbol,
  exponentialMean,
  meanAcross,
  memoryOf,
  positiveShareAcross,
  rankAcross,
  rollingCovariance,
  rollingVariance,
} from '../operators.ts';
import type { Series } from '../series.ts';
import { volumeRatio } from './volume.ts';

// "The market" is the panel: its values depend on which symbols are in it, each with equal weight.

const feature = featuresOf('cross-section');

function marketReturn(bars: number): Series {
  return everySymbol(meanAcross(returnOver(bars)));
}

const marketRangeVariance = everySymbol(meanAcross(rangeVariance.log()));

const marketVariances = [0.8, 0.94, 0.97].map((decay) =>
  feature(
    `market_variance_${Math.round(decay * 100)}`,
    memoryOf(decay),
    `ln of the EWMA, at decay ${decay}, of market_return_1 squared`,
    everySymbol(exponentialMean(meanAcross(return1).squared(), decay).log()),
  ),
);

const covariance60 = rollingCovariance(return1, marketReturn(1), 60);
const variance60 = rollingVariance(return1, 60);
const marketVariance60 = rollingVariance(marketReturn(1).whereKnown(return1), 60);

/** The variance that the slope on the market leaves; rounding may make it negative. */
const residualVariance60 = variance60.minus(covariance60.squared().over(marketVariance60)).positivePart();

const beta60 = covariance60.over(marketVariance60);

function rank(name: string, ranked: string, lookback: number, series: Series): Feature {
  const description = `rank of ${ranked} across the symbols of the session, in (0, 1)`;
  return feature(name, lookback, description, rankAcross(series));
}

/** Market features: one number of the session. */
export const marketFeatures: readonly Feature[] = [
  ...[1, 5, 20].map((bars) =>
    feature(`market_return_${bars}`, bars, `mean return_${bars} across the symbols`, marketReturn(bars)),
  ),
  ...marketVariances,
  feature('market_range_variance', 16, 'mean parkinson_94 across the symbols', marketRangeVariance),
  feature('dispersion', 1, 'deviation of return_1 across the symbols', everySymbol(deviationAcross(return1))),
  feature('breadth', 1, 'share of the symbols that rose', everySymbol(positiveShareAcross(return1))),
];

/** The symbol measured against all of them. */
const againstMarketFeatures: readonly Feature[] = [
  ...[1, 5, 20].map((bars) =>
    feature(
      `excess_return_${bars}`,
      bars,
      `return_${bars} less the market`,
      returnOver(bars).minus(marketReturn(bars)),
    ),
  ),
  feature('excess_range_variance', 16, 'parkinson_94 less the market', rangeVariance.log().minus(marketRangeVariance)),
  feature('beta_60', 60, 'slope of return_1 on market_return_1 over 60 bars', beta60),
  feature(
    'residual_volatility_60',
    60,
    'deviation of what beta_60 leaves of return_1',
    residualVariance60.squareRoot(),
  ),
  feature(
    'market_correlation_60',
    60,
    'correlation of return_1 and market_return_1 over 60 bars',
    covariance60.over(variance60.times(marketVariance60).squareRoot()),
  ),
];

/**
 * The symbol's place among the others: what orders them, whatever all of them do, and however far off one of them is.
 */
export const rankFeatures: readonly Feature[] = [
  ...[1, 5, 20].map((bars) => rank(`rank_return_${bars}`, `return_${bars}`, bars, returnOver(bars))),
  rank('rank_volatility', 'ewma_variance_94', 17, variance.log()),
  rank('rank_volume_ratio', 'volume_ratio_20', 19, volumeRatio(20)),
  rank('rank_close_location', 'close_location', 0, closeLocation),
  rank('rank_intraday_return', 'intraday_return', 0, intraday),
  rank('rank_overnight_gap', 'overnight_gap', 1, overnightGap),
  rank('rank_return_2', 'return_2', 2, returnOver(2)),
  rank('rank_return_60', 'return_60', 60, returnOver(60)),
  rank('rank_high_distance_20', 'high_distance_20', 19, highDistance(20)),
  rank('rank_beta_60', 'beta_60', 60, beta60),
  rank('rank_largest_move_20', 'largest_move_20', 20, largestMove20),
];

/** The symbol's place among the others, and what all of them do. */
export const crossSectionFeatures: readonly Feature[] = [...marketFeatures, ...againstMarketFeatures, ...rankFeatures];
