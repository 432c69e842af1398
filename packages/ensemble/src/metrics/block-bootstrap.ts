import type { Estimate } from '@daytrade/contracts';
import { resampleBlocks, seededRandom } from '@daytrade/series';

const resamples = 1000;

/**
 * A ratio of two sums over days, such as hits / judged symbol-days, with its 95 % interval. Days are drawn in circular
 * blocks of 10 (Politis & Romano 1992), since neighbouring days and the symbols of one day are alike: the binomial
 * formula would be too narrow. NaN when the denominators sum to 0.
 *
 * @param numerators one a day
 * @param denominators one a day
 */
export function blockBootstrap(numerators: ArrayLike<number>, denominators: ArrayLike<number>, seed: number): Estimate {
  const days = numerators.length;
  const random = seededRandom(seed);
  const ratioOver = (eachDay: (take: (day: number) => void) => void) => {
    let [above, below] = [0, 0];
    eachDay((day) => {
      above += numerators[day]!;
      below += denominators[day]!;
    });
    return below === 0 ? NaN : above / below;
  };
  const ratios = Float64Array.from({ length: resamples }, () =>
    ratioOver((take) => resampleBlocks(days, random, take)),
  ).sort();
  return {
    value: ratioOver((take) => {
      for (let day = 0; day < days; day += 1) take(day);
    }),
    low: ratios[Math.floor(resamples * 0.025)]!,
    high: ratios[Math.ceil(resamples * 0.975) - 1]!,
  };
}
