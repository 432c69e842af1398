import { type FeatureMachine, featuresOf, type MachineFeature } from '../feature-source.ts';
import { ExponentialMean } from '../operators/exponential-mean.ts';
import { RollingExtreme } from '../operators/rolling-extreme.ts';
import { RollingMean } from '../operators/rolling-mean.ts';
import { RollingVariance } from '../operators/rolling-variance.ts';

const feature = featuresOf('price');

const returns = [
  returnOver(1, (bar) => bar.return1),
  returnOver(2, (bar) => bar.return2),
  returnOver(3, (bar) => bar.return3),
  returnOver(5, (bar) => bar.return5),
  returnOver(10, (bar) => bar.return10),
  returnOver(20, (bar) => bar.return20),
  returnOver(60, (bar) => bar.return60),
  returnOver(120, (bar) => bar.return120),
];

function returnOver(sessions: number, of: FeatureMachine): MachineFeature {
  return feature(`return_${sessions}`, sessions, `ln(close / close ${sessions} bars before)`, () => of);
}

const movingAverages = [5, 10, 20, 50, 100].map((sessions) =>
  feature(`moving_average_distance_${sessions}`, sessions - 1, `ln(close / mean close of ${sessions} bars)`, () => {
    const mean = new RollingMean(sessions);
    return (bar) => bar.logClose - Math.log(mean.push(bar.close));
  }),
);

const extremes = [20, 60, 250].flatMap((sessions) => [
  feature(`high_distance_${sessions}`, sessions - 1, `ln(close / highest high of ${sessions} bars), at most 0`, () => {
    const highest = new RollingExtreme(sessions, 'largest');
    return (bar) => bar.logClose - highest.push(bar.logHigh);
  }),
  feature(`low_distance_${sessions}`, sessions - 1, `ln(close / lowest low of ${sessions} bars), at least 0`, () => {
    const lowest = new RollingExtreme(sessions, 'smallest');
    return (bar) => bar.logClose - lowest.push(bar.logLow);
  }),
]);

/** Exponential mean with the customary span: decay 1 - 2 / (span + 1). */
function spanMean(span: number): ExponentialMean {
  return new ExponentialMean(1 - 2 / (span + 1), span);
}

/** Where the price is and how it came there. */
export const priceFeatures: readonly MachineFeature[] = [
  ...returns,
  feature('overnight_gap', 1, 'ln(open / close of the bar before)', () => (bar) => bar.overnight),
  feature('intraday_return', 0, 'ln(close / open)', () => (bar) => bar.intraday),
  feature(
    'close_location',
    0,
    '(close - low) / (high - low), 0 at the low, 1 at the high',
    () => (bar) => (bar.close - bar.low) / (bar.high - bar.low),
  ),
  ...movingAverages,
  feature('rsi_14', 14, 'relative strength index (Wilder 1978) over 14 bars, 0 to 100, weights decay 13/14', () => {
    const gains = new ExponentialMean(13 / 14);
    const losses = new ExponentialMean(13 / 14);
    return (bar) => {
      const change = bar.close - bar.previousClose;
      const gain = gains.push(Math.max(0, change));
      const loss = losses.push(Math.max(0, -change));
      return (100 * gain) / (gain + loss);
    };
  }),
  feature(
    'macd_histogram',
    33,
    'MACD(12, 26) of ln(close) less its 9-bar signal, in units of the EWMA 0.94 volatility',
    () => {
      const fast = spanMean(12);
      const slow = spanMean(26);
      const signal = spanMean(9);
      return (bar) => {
        const difference = fast.push(bar.logClose) - slow.push(bar.logClose);
        return (difference - signal.push(difference)) / Math.sqrt(bar.variance);
      };
    },
  ),
  feature(
    'bollinger_20',
    19,
    'place in the Bollinger band of 20 bars: 0 at mean - 2 deviations (divisor 20), 1 at mean + 2',
    () => {
      const closes = new RollingVariance(20);
      return (bar) => {
        const deviation = closes.push(bar.close);
        return 0.5 + (bar.close - closes.mean) / (4 * deviation * Math.sqrt(19 / 20));
      };
    },
  ),
  feature('stochastic_14', 13, '(close - lowest low) / (highest high - lowest low) of 14 bars', () => {
    const highest = new RollingExtreme(14, 'largest');
    const lowest = new RollingExtreme(14, 'smallest');
    return (bar) => {
      const low = lowest.push(bar.low);
      return (bar.close - low) / (highest.push(bar.high) - low);
    };
  }),
  ...extremes,
  feature('drawdown_250', 249, 'ln(close / highest close of 250 bars), at most 0', () => {
    const highest = new RollingExtreme(250, 'largest');
    return (bar) => bar.logClose - highest.push(bar.logClose);
  }),
  feature(
    'standardised_return',
    18,
    'return_1 in units of the EWMA 0.94 volatility up to the bar before',
    () => (bar) => bar.return1 / Math.sqrt(bar.previousVariance),
  ),
  feature('trend_efficiency_20', 20, '|return_20| / sum of |return_1| over 20 bars (Kaufman 1995)', () => {
    const path = new RollingMean(20);
    return (bar) => Math.abs(bar.return20) / (20 * path.push(Math.abs(bar.return1)));
  }),
];
