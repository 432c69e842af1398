import { featuresOf, type MachineFeature } from '../feature-source.ts';
import { RollingMean } from '../operators/rolling-mean.ts';
import { RollingPair } from '../operators/rolling-pair.ts';
import { RollingVariance } from '../operators/rolling-variance.ts';

const feature = featuresOf('volume');

/** How much is traded, and how the price answers to it. A bar without volume has no logarithm of it: NaN. */
export const volumeFeatures: readonly MachineFeature[] = [
  {
    ...feature('log_turnover', 0, 'ln(close * volume), yen', () => (bar) => bar.logClose + bar.logVolume),
    scaleFree: false,
  },
  feature('volume_ratio_5', 4, 'ln(volume / mean volume of 5 bars)', () => (bar) => bar.logVolume - bar.logMeanVolume5),
  feature(
    'volume_ratio_20',
    19,
    'ln(volume / mean volume of 20 bars)',
    () => (bar) => bar.logVolume - bar.logMeanVolume20,
  ),
  feature(
    'volume_ratio_60',
    59,
    'ln(volume / mean volume of 60 bars)',
    () => (bar) => bar.logVolume - bar.logMeanVolume60,
  ),
  feature(
    'volume_trend_5_20',
    19,
    'ln(mean volume of 5 bars / of 20 bars)',
    () => (bar) => bar.logMeanVolume5 - bar.logMeanVolume20,
  ),
  feature('volume_z_20', 19, '(volume - mean) / deviation over 20 bars', () => {
    const volumes = new RollingVariance(20);
    return (bar) => {
      const deviation = volumes.push(bar.volume);
      return (bar.volume - volumes.mean) / deviation;
    };
  }),
  {
    ...feature('amihud_20', 20, 'ln of the mean |return_1| / turnover of 20 bars with turnover (Amihud 2002)', () => {
      const mean = new RollingMean(20);
      return (bar) => Math.log(mean.push(Math.abs(bar.return1) / bar.turnover));
    }),
    scaleFree: false,
  },
  feature('illiquidity_ratio_5_60', 60, 'ln(mean |return_1| / turnover of 5 bars / of 60 bars)', () => {
    const short = new RollingMean(5);
    const long = new RollingMean(60);
    return (bar) => {
      const impact = Math.abs(bar.return1) / bar.turnover;
      return Math.log(short.push(impact) / long.push(impact));
    };
  }),
  feature(
    'on_balance_volume_slope_20',
    20,
    'change of on-balance volume (Granville 1963) over 20 bars / volume of those bars',
    () => {
      const signed = new RollingMean(20);
      return (bar) => signed.push(Math.sign(bar.return1) * bar.volume) / bar.meanVolume20;
    },
  ),
  feature('price_volume_correlation_20', 20, 'correlation of return_1 and ln(volume) over 20 bars', () => {
    const pair = new RollingPair(20);
    return (bar) => {
      pair.push(bar.return1, bar.logVolume);
      return pair.correlation;
    };
  }),
  feature('zero_volume_share_20', 19, 'share of bars without volume in 20', () => {
    const share = new RollingMean(20);
    return (bar) => share.push(bar.volume === 0 ? 1 : 0);
  }),
];
