import { type FeatureSource, featuresOf, type RankFeature, sessionFeaturesOf } from '../feature-source.ts';

const feature = featuresOf('cross-section');
const sessionFeature = sessionFeaturesOf('cross-section');

function rank(name: string, rankOf: string, lookback: number): RankFeature {
  const description = `rank of ${rankOf} across the symbols of the session, in (0, 1)`;
  return { name, group: 'cross-section', lookback, scaleFree: true, description, rankOf };
}

/** The symbol's place among the others, and what all of them do. Ranks come after what they rank. */
export const crossSectionFeatures: readonly FeatureSource[] = [
  sessionFeature('market_return_1', 1, 'mean return_1 across the symbols', ({ market }) => market.return1),
  sessionFeature('market_return_5', 5, 'mean return_5 across the symbols', ({ market }) => market.return5),
  sessionFeature('market_return_20', 20, 'mean return_20 across the symbols', ({ market }) => market.return20),
  sessionFeature('market_variance_80', 5, 'ln of the EWMA, at decay 0.8, of market_return_1 squared', ({ market }) =>
    Math.log(market.variance80.value),
  ),
  sessionFeature('market_variance_94', 17, 'ln of the EWMA, at decay 0.94, of market_return_1 squared', ({ market }) =>
    Math.log(market.variance94.value),
  ),
  sessionFeature('market_variance_97', 33, 'ln of the EWMA, at decay 0.97, of market_return_1 squared', ({ market }) =>
    Math.log(market.variance97.value),
  ),
  sessionFeature(
    'market_range_variance',
    16,
    'mean parkinson_94 across the symbols',
    ({ market }) => market.logRangeVariance,
  ),
  sessionFeature('dispersion', 1, 'deviation of return_1 across the symbols', ({ market }) => market.dispersion),
  sessionFeature('breadth', 1, 'share of the symbols that rose', ({ market }) => market.breadth),
  feature('excess_return_1', 1, 'return_1 less the market', () => (bar) => bar.excessReturn1),
  feature('excess_return_5', 5, 'return_5 less the market', () => (bar) => bar.excessReturn5),
  feature('excess_return_20', 20, 'return_20 less the market', () => (bar) => bar.excessReturn20),
  feature('excess_range_variance', 16, 'parkinson_94 less the market', () => (bar) => bar.excessLogRangeVariance),
  feature('beta_60', 60, 'slope of return_1 on market_return_1 over 60 bars', () => (bar) => bar.marketSlope),
  feature(
    'residual_volatility_60',
    60,
    'deviation of what beta_60 leaves of return_1',
    () => (bar) => Math.sqrt(bar.marketResidualVariance),
  ),
  feature(
    'market_correlation_60',
    60,
    'correlation of return_1 and market_return_1 over 60 bars',
    () => (bar) => bar.marketCorrelation,
  ),
  rank('rank_return_1', 'return_1', 1),
  rank('rank_return_5', 'return_5', 5),
  rank('rank_return_20', 'return_20', 20),
  rank('rank_volatility', 'ewma_variance_94', 17),
  rank('rank_volume_ratio', 'volume_ratio_20', 19),
];
