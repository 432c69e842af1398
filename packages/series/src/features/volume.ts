import { close, logVolume, return1, volume } from '../bar-series.ts';
import { type Feature, featuresOf } from '../feature.ts';
import { rollingCovariance, rollingDeviation, rollingMean, rollingVariance } from '../operators.ts';
import type { Series } from '../series.ts';

const feature = featuresOf('volume');

/** Illiquidity: |return_1| per traded yen, approximated by close times volume. */
const impact = return1.absolute().over(close.times(volume));

function logMeanVolume(bars: number): Series {
  return rollingMean(volume, bars).log();
}

/** ln(volume / mean volume of the last `bars` bars). */
export function volumeRatio(bars: number): Series {
  return logVolume.minus(logMeanVolume(bars));
}

/** Over the last 20 bars that have both. */
function priceVolumeCorrelation(): Series {
  const returns = return1.whereKnown(logVolume);
  const volumes = logVolume.whereKnown(return1);
  const variances = rollingVariance(returns, 20).times(rollingVariance(volumes, 20));
  return rollingCovariance(return1, logVolume, 20).over(variances.squareRoot());
}

/**
 * Features of the traded volume, and of the price's response to it. A bar without volume has no logarithm of it: NaN.
 */
export const volumeFeatures: readonly Feature[] = [
  ...[5, 20, 60].map((bars) =>
    feature(`volume_ratio_${bars}`, bars - 1, `ln(volume / mean volume of ${bars} bars)`, volumeRatio(bars)),
  ),
  feature('volume_trend_5_20', 19, 'ln(mean volume of 5 bars / of 20 bars)', logMeanVolume(5).minus(logMeanVolume(20))),
  feature(
    'volume_z_20',
    19,
    '(volume - mean) / deviation over 20 bars',
    volume.minus(rollingMean(volume, 20)).over(rollingDeviation(volume, 20)),
  ),
  feature(
    'illiquidity_ratio_5_60',
    60,
    'ln(mean |return_1| / turnover of 5 bars / of 60 bars)',
    rollingMean(impact, 5).over(rollingMean(impact, 60)).log(),
  ),
  feature(
    'on_balance_volume_slope_20',
    20,
    'change of on-balance volume (Granville 1963) over 20 bars / volume of those bars',
    rollingMean(return1.sign().times(volume), 20).over(rollingMean(volume, 20)),
  ),
  feature(
    'price_volume_correlation_20',
    20,
    'correlation of return_1 and ln(volume) over 20 bars',
    priceVolumeCorrelation(),
  ),
  feature('zero_volume_share_20', 19, 'share of bars without volume in 20', rollingMean(volume.isZero(), 20)),
];
