import type { Estimate } from '@daytrade/contracts';
import { resampleBlocks, seededRandom } from '@daytrade/series';

/** Settings of the bootstrap: 95 % interval by default, from resampled blocks of neighbouring days. */
const resamples = 1000;

/**
 * A ratio of two sums over days, such as hits / judged symbol-days, with its 95 % interval. Days are drawn in circular
 * blocks of 10 (Politis & Romano 1992), since neighbouring days and the symbols of one day are alike: the binomial
 * formula would be too narrow. NaN when the denominators sum to 0.
 *
 * @param numerators one a day
 * @param denominators one a day
 * @param miss share of resamples that the interval leaves out, half of it on each side
 */
export function blockBootstrap(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  seed: number,
  miss = 0.05,
): Estimate {
  const days = numerators.length;
  const ratios = new Float64Array(resamples);
  const random = seededRandom(seed);
  for (let i = 0; i < resamples; i += 1) ratios[i] = resampledRatio(numerators, denominators, random);
  ratios.sort();
  const value = ratioOf(numerators, denominators, 0, days);
  return {
    value,
    low: ratios[Math.floor((resamples * miss) / 2)]!,
    high: ratios[Math.ceil(resamples * (1 - miss / 2)) - 1]!,
  };
}

function resampledRatio(numerators: ArrayLike<number>, denominators: ArrayLike<number>, random: () => number): number {
  const days = numerators.length;
  let above = 0;
  let below = 0;
  resampleBlocks(days, random, (day) => {
    above += numerators[day]!;
    below += denominators[day]!;
  });
  return below === 0 ? NaN : above / below;
}

function ratioOf(numerators: ArrayLike<number>, denominators: ArrayLike<number>, from: number, to: number): number {
  let above = 0;
  let below = 0;
  for (let i = from; i < to; i += 1) {
    above += numerators[i]!;
    below += denominators[i]!;
  }
  return above / below;
}
