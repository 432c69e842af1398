import { type FeatureSource, featuresOf, type RankFeature } from '../feature-source.ts';

const feature = featuresOf('cross-section');

function rank(name: string, rankOf: string, lookback: number): RankFeature {
  const description = `rank of ${rankOf} across the symbols of the session, in (0, 1)`;
  return { name, group: 'cross-section', lookback, scaleFree: true, description, rankOf };
}

/** The symbol's place among the others, and what all of them do. Ranks come after what they rank. */
export const crossSectionFeatures: readonly FeatureSource[] = [
  feature(
    'market_return_1',
    1,
    'mean return_1 across the symbols',
    () =>
      (_bar, { market }) =>
        market.return1,
  ),
  feature(
    'market_return_5',
    5,
    'mean return_5 across the symbols',
    () =>
      (_bar, { market }) =>
        market.return5,
  ),
  feature(
    'market_return_20',
    20,
    'mean return_20 across the symbols',
    () =>
      (_bar, { market }) =>
        market.return20,
  ),
  feature(
    'market_variance_80',
    5,
    'ln of the EWMA, at decay 0.8, of market_return_1 squared',
    () =>
      (_bar, { market }) =>
        Math.log(market.variance80.value),
  ),
  feature(
    'market_variance_94',
    17,
    'ln of the EWMA, at decay 0.94, of market_return_1 squared',
    () =>
      (_bar, { market }) =>
        Math.log(market.variance94.value),
  ),
  feature(
    'market_variance_97',
    33,
    'ln of the EWMA, at decay 0.97, of market_return_1 squared',
    () =>
      (_bar, { market }) =>
        Math.log(market.variance97.value),
  ),
  feature(
    'market_range_variance',
    16,
    'mean parkinson_94 across the symbols',
    () =>
      (_bar, { market }) =>
        market.logRangeVariance,
  ),
  feature(
    'dispersion',
    1,
    'deviation of return_1 across the symbols',
    () =>
      (_bar, { market }) =>
        market.dispersion,
  ),
  feature(
    'breadth',
    1,
    'share of the symbols that rose',
    () =>
      (_bar, { market }) =>
        market.breadth,
  ),
  feature(
    'excess_return_1',
    1,
    'return_1 less the market',
    () =>
      (bar, { market }) =>
        bar.return1 - market.return1,
  ),
  feature(
    'excess_return_5',
    5,
    'return_5 less the market',
    () =>
      (bar, { market }) =>
        bar.return5 - market.return5,
  ),
  feature(
    'excess_return_20',
    20,
    'return_20 less the market',
    () =>
      (bar, { market }) =>
        bar.return20 - market.return20,
  ),
  feature(
    'excess_range_variance',
    16,
    'parkinson_94 less the market',
    () =>
      (bar, { market }) =>
        Math.log(bar.rangeVariance.value) - market.logRangeVariance,
  ),
  feature('beta_60', 60, 'slope of return_1 on market_return_1 over 60 bars', () => (bar) => bar.againstMarket.slope),
  feature(
    'residual_volatility_60',
    60,
    'deviation of what beta_60 leaves of return_1',
    () => (bar) => Math.sqrt(bar.againstMarket.residualVariance),
  ),
  feature(
    'market_correlation_60',
    60,
    'correlation of return_1 and market_return_1 over 60 bars',
    () => (bar) => bar.againstMarket.correlation,
  ),
  rank('rank_return_1', 'return_1', 1),
  rank('rank_return_5', 'return_5', 5),
  rank('rank_return_20', 'return_20', 20),
  rank('rank_volatility', 'ewma_variance_94', 17),
  rank('rank_volume_ratio', 'volume_ratio_20', 19),
];
