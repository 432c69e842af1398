import { featuresOf, type MachineFeature } from '../feature-source.ts';
import { ExponentialMean, memoryOf } from '../operators/exponential-mean.ts';
import { RollingExtreme } from '../operators/rolling-extreme.ts';
import { RollingMean } from '../operators/rolling-mean.ts';
import { RollingRank } from '../operators/rolling-rank.ts';
import { RollingVariance } from '../operators/rolling-variance.ts';
import type { SymbolBar } from '../symbol-bar.ts';

const feature = featuresOf('volatility');

/** ln of the exponential mean of a variance of the day, one feature a decay. */
function logVariance(
  prefix: string,
  what: string,
  firstBar: number,
  decays: readonly number[],
  varianceOf: (bar: SymbolBar) => number,
): readonly MachineFeature[] {
  return decays.map((decay) =>
    feature(
      `${prefix}_${Math.round(decay * 100)}`,
      firstBar + memoryOf(decay) - 1,
      `ln of the EWMA, at decay ${decay}, of ${what}`,
      () => {
        const mean = new ExponentialMean(decay);
        return (bar) => Math.log(mean.push(varianceOf(bar)));
      },
    ),
  );
}

/** How much the price moves, and whether that is changing. */
export const volatilityFeatures: readonly MachineFeature[] = [
  feature('realised_volatility_5', 5, 'deviation of return_1 over 5 bars', () => (bar) => bar.deviation5),
  feature('realised_volatility_10', 10, 'deviation of return_1 over 10 bars', () => {
    const returns = new RollingVariance(10);
    return (bar) => returns.push(bar.return1);
  }),
  feature('realised_volatility_20', 20, 'deviation of return_1 over 20 bars', () => (bar) => bar.deviation20),
  feature('realised_volatility_60', 60, 'deviation of return_1 over 60 bars', () => (bar) => bar.deviation60),
  ...logVariance(
    'ewma_variance',
    'return_1 squared',
    1,
    [0.8, 0.9, 0.94, 0.97, 0.99],
    (bar) => bar.return1 * bar.return1,
  ),
  ...logVariance('parkinson', "Parkinson's range variance", 0, [0.8, 0.9, 0.94, 0.97, 0.99], (bar) => bar.parkinson),
  ...logVariance('garman_klass', "Garman and Klass's range variance", 0, [0.8, 0.94], (bar) => bar.garmanKlass),
  ...logVariance(
    'rogers_satchell',
    "Rogers and Satchell's range variance",
    0,
    [0.8, 0.94],
    (bar) => bar.rogersSatchell,
  ),
  feature(
    'volatility_ratio_5_20',
    20,
    'ln(realised_volatility_5 / realised_volatility_20)',
    () => (bar) => Math.log(bar.deviation5 / bar.deviation20),
  ),
  feature(
    'volatility_ratio_20_60',
    60,
    'ln(realised_volatility_20 / realised_volatility_60)',
    () => (bar) => Math.log(bar.deviation20 / bar.deviation60),
  ),
  feature('volatility_of_volatility_20', 37, 'deviation over 20 bars of the daily change of ewma_variance_94', () => {
    const changes = new RollingVariance(20);
    return (bar) => changes.push(bar.logVariance - bar.previousLogVariance);
  }),
  feature('downside_share_20', 20, 'share of falling bars in the sum of squared return_1 over 20 bars', () => {
    const all = new RollingMean(20);
    const falling = new RollingMean(20);
    return (bar) => {
      const square = bar.return1 * bar.return1;
      return falling.push(bar.return1 > 0 ? 0 : square) / all.push(square);
    };
  }),
  feature('largest_move_20', 20, 'largest |return_1| of 20 bars', () => {
    const largest = new RollingExtreme(20, 'largest');
    return (bar) => largest.push(Math.abs(bar.return1));
  }),
  feature('average_true_range_14', 14, 'true range averaged with decay 13/14 (Wilder 1978) / close', () => {
    const mean = new ExponentialMean(13 / 14);
    return (bar) => mean.push(bar.trueRange) / bar.close;
  }),
  feature('log_range', 0, 'ln(high / low)', () => (bar) => bar.logRange),
  feature('absolute_return_1', 1, '|return_1|', () => (bar) => Math.abs(bar.return1)),
  feature('volatility_rank_120', 135, 'rank of the newest parkinson_94 among its last 120, in (0, 1)', () => {
    const rank = new RollingRank(120);
    return (bar) => rank.push(bar.rangeVariance);
  }),
];
