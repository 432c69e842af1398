import { resampleBlocks, seededRandom } from '@daytrade/series';
import { quantile } from './statistics.ts';

const resamples = 1000;

/** Ends of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % interval of 1 - (sum of scores / sum of baseline scores) over days, which are drawn in circular blocks of 10.
 */
export function skillInterval(scores: readonly number[], baseline: readonly number[]): Interval {
  const skills = resampledRatios(scores, baseline).map((ratio) => 1 - ratio);
  return { low: quantile(skills, 0.025), high: quantile(skills, 0.975) };
}

/** 95 % interval of a ratio of two sums over days, by the same resampling. */
export function ratioInterval(above: readonly number[], below: readonly number[]): Interval {
  const ratios = resampledRatios(above, below);
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}

/** 95 % interval of a mean over days, by the same resampling. */
export function meanInterval(values: readonly number[]): Interval {
  return ratioInterval(
    values,
    values.map(() => 1),
  );
}

function resampledRatios(scores: readonly number[], baseline: readonly number[]): readonly number[] {
  const days = scores.length;
  const random = seededRandom(1);
  return Array.from({ length: resamples }, () => {
    let above = 0;
    let below = 0;
    resampleBlocks(days, random, (day) => {
      above += scores[day]!;
      below += baseline[day]!;
    });
    return above / below;
  });
}
