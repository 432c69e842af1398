import {
  close,
  closeLocation,
  high,
  highDistance,
  intraday,
  logClose,
  logLow,
  low,
  overnightGap,
  return1,
  returnOver,
  variance,
} from '../bar-series.ts';
import { type Feature, featuresOf } from '../feature.ts';
import {
  change,
  exponentialMean,
  lag,
  rollingDeviation,
  rollingLargest,
  rollingMean,
  rollingSmallest,
  spanMean,
} from '../operators.ts';
import type { Series } from '../series.ts';

const feature = featuresOf('price');

const returns = [1, 2, 3, 5, 10, 20, 60, 120].map((bars) =>
  feature(`return_${bars}`, bars, `ln(close / close ${bars} bars before)`, returnOver(bars)),
);

const movingAverages = [5, 10, 20, 50, 100].map((bars) =>
  feature(
    `moving_average_distance_${bars}`,
    bars - 1,
    `ln(close / mean close of ${bars} bars)`,
    logClose.minus(rollingMean(close, bars).log()),
  ),
);

const extremes = [20, 60, 250].flatMap((bars) => [
  feature(`high_distance_${bars}`, bars - 1, `ln(close / highest high of ${bars} bars), at most 0`, highDistance(bars)),
  feature(
    `low_distance_${bars}`,
    bars - 1,
    `ln(close / lowest low of ${bars} bars), at least 0`,
    logClose.minus(rollingSmallest(logLow, bars)),
  ),
]);

/** Gains as a share of all changes, in percent. */
function relativeStrength(): Series {
  const gain = exponentialMean(change(close, 1).positivePart(), 13 / 14);
  const loss = exponentialMean(change(close, 1).times(-1).positivePart(), 13 / 14);
  return gain.times(100).over(gain.plus(loss));
}

function macdHistogram(): Series {
  const difference = spanMean(logClose, 12).minus(spanMean(logClose, 26));
  return difference.minus(spanMean(difference, 9)).over(variance.squareRoot());
}

function bollinger(): Series {
  const halfBand = rollingDeviation(close, 20).times(2 * Math.sqrt(19 / 20));
  return close.minus(rollingMean(close, 20)).over(halfBand.times(2)).plus(0.5);
}

function stochastic(): Series {
  const lowest = rollingSmallest(low, 14);
  return close.minus(lowest).over(rollingLargest(high, 14).minus(lowest));
}

/** Features of the price's level and path. */
export const priceFeatures: readonly Feature[] = [
  ...returns,
  feature('overnight_gap', 1, 'ln(open / close of the bar before)', overnightGap),
  feature('intraday_return', 0, 'ln(close / open)', intraday),
  feature('close_location', 0, '(close - low) / (high - low), 0 at the low, 1 at the high', closeLocation),
  ...movingAverages,
  feature(
    'rsi_14',
    14,
    'relative strength index (Wilder 1978) over 14 bars, 0 to 100, weights decay 13/14',
    relativeStrength(),
  ),
  feature(
    'macd_histogram',
    33,
    'MACD(12, 26) of ln(close) less its 9-bar signal, in units of the EWMA 0.94 volatility',
    macdHistogram(),
  ),
  feature(
    'bollinger_20',
    19,
    'place in the Bollinger band of 20 bars: 0 at mean - 2 deviations (divisor 20), 1 at mean + 2',
    bollinger(),
  ),
  feature('stochastic_14', 13, '(close - lowest low) / (highest high - lowest low) of 14 bars', stochastic()),
  ...extremes,
  feature(
    'drawdown_250',
    249,
    'ln(close / highest close of 250 bars), at most 0',
    logClose.minus(rollingLargest(logClose, 250)),
  ),
  feature(
    'standardised_return',
    18,
    'return_1 in units of the EWMA 0.94 volatility up to the bar before',
    return1.over(lag(variance.squareRoot(), 1)),
  ),
  feature(
    'trend_efficiency_20',
    20,
    '|return_20| / sum of |return_1| over 20 bars (Kaufman 1995)',
    returnOver(20).absolute().over(rollingMean(return1.absolute(), 20).times(20)),
  ),
];
