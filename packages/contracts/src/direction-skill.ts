import type { Evaluation } from './bodies/accuracy.ts';

/**
 * Whether a judgement measured skill in the direction: the 95 % interval of its hit rate lies above a coin and above
 * saying "up" each day.
 */
export function measuresDirectionSkill({ hitRate }: Pick<Evaluation, 'hitRate'>): boolean {
  return hitRate.low > Math.max(0.5, hitRate.alwaysUp);
}
