import { averageRanks } from './ranks.ts';

/**
 * Area under the receiver operating characteristic: the chance that a rising one of two outcomes has the higher score
 * (Mann-Whitney). NaN when all outcomes are the same.
 *
 * @param rose 1 where the outcome is up, 0 where it is down
 */
export function areaUnderCurve(scores: ArrayLike<number>, rose: ArrayLike<number>): number {
  const ranks = averageRanks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < ranks.length; i += 1) {
    if (rose[i] !== 1) continue;
    positives += 1;
    rankSum += ranks[i]!;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (ranks.length - positives));
}

/** Mean squared difference between a probability and what happened (Brier 1950): 0 best, 0.25 for a constant half. */
export function brierScore(probabilities: ArrayLike<number>, rose: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i += 1) sum += (probabilities[i]! - rose[i]!) ** 2;
  return sum / probabilities.length;
}
