import {
  close,
  high,
  intraday,
  largestMove20,
  logClose,
  logHigh,
  logLow,
  logOpen,
  logRange,
  low,
  parkinson,
  previousClose,
  rangeVariance,
  return1,
  variance,
} from '../bar-series.ts';
import { type Feature, featuresOf } from '../feature.ts';
import { change, exponentialMean, memoryOf, rollingDeviation, rollingMean, rollingRank } from '../operators.ts';
import type { Series } from '../series.ts';

const feature = featuresOf('volatility');

/** Variance of one day from its range and its return (Garman & Klass 1980). */
const garmanKlass = logRange
  .squared()
  .times(0.5)
  .minus(intraday.squared().times(2 * Math.LN2 - 1));

/** Variance of one day from its range, whatever its trend (Rogers & Satchell 1991). */
const rogersSatchell = logHigh
  .minus(logClose)
  .times(logHigh.minus(logOpen))
  .plus(logLow.minus(logClose).times(logLow.minus(logOpen)));

/** Yen: the largest of high - low, |high - previous close|, |low - previous close|. */
const trueRange = high
  .minus(low)
  .largerOf(high.minus(previousClose).absolute())
  .largerOf(low.minus(previousClose).absolute());

/** ln of the exponential mean of a variance of the day, one feature a decay. */
function logVariance(
  prefix: string,
  what: string,
  firstBar: number,
  decays: readonly number[],
  ofDay: Series,
): readonly Feature[] {
  return decays.map((decay) =>
    feature(
      `${prefix}_${Math.round(decay * 100)}`,
      firstBar + memoryOf(decay) - 1,
      `ln of the EWMA, at decay ${decay}, of ${what}`,
      exponentialMean(ofDay, decay).log(),
    ),
  );
}

function volatilityRatio(short: number, long: number): Feature {
  return feature(
    `volatility_ratio_${short}_${long}`,
    long,
    `ln(realised_volatility_${short} / realised_volatility_${long})`,
    rollingDeviation(return1, short).over(rollingDeviation(return1, long)).log(),
  );
}

function downsideShare(bars: number): Series {
  const falling = return1.times(-1).positivePart().squared();
  return rollingMean(falling, bars).over(rollingMean(return1.squared(), bars));
}

/** Features of the size of price moves, and of its change. */
export const volatilityFeatures: readonly Feature[] = [
  ...[5, 10, 20, 60].map((bars) =>
    feature(
      `realised_volatility_${bars}`,
      bars,
      `deviation of return_1 over ${bars} bars`,
      rollingDeviation(return1, bars),
    ),
  ),
  ...logVariance('ewma_variance', 'return_1 squared', 1, [0.8, 0.9, 0.94, 0.97, 0.99], return1.squared()),
  ...logVariance('parkinson', "Parkinson's range variance", 0, [0.8, 0.9, 0.94, 0.97, 0.99], parkinson),
  ...logVariance('garman_klass', "Garman and Klass's range variance", 0, [0.8, 0.94], garmanKlass),
  ...logVariance('rogers_satchell', "Rogers and Satchell's range variance", 0, [0.8, 0.94], rogersSatchell),
  volatilityRatio(5, 20),
  volatilityRatio(20, 60),
  feature(
    'volatility_of_volatility_20',
    37,
    'deviation over 20 bars of the daily change of ewma_variance_94',
    rollingDeviation(change(variance.log(), 1), 20),
  ),
  feature(
    'downside_share_20',
    20,
    'share of falling bars in the sum of squared return_1 over 20 bars',
    downsideShare(20),
  ),
  feature('largest_move_20', 20, 'largest |return_1| of 20 bars', largestMove20),
  feature(
    'average_true_range_14',
    14,
    'true range averaged with decay 13/14 (Wilder 1978) / close',
    exponentialMean(trueRange, 13 / 14).over(close),
  ),
  feature('log_range', 0, 'ln(high / low)', logRange),
  feature('absolute_return_1', 1, '|return_1|', return1.absolute()),
  feature(
    'volatility_rank_120',
    135,
    'rank of the newest parkinson_94 among its last 120, in (0, 1)',
    rollingRank(rangeVariance, 120),
  ),
];
