import type { Evaluation, MemberReport } from './accuracy.ts';

/**
 * Whether a judgement measured skill in the direction: an information coefficient of a combination that the best of all
 * models would not reach by luck, and a hit rate whose whole interval is above a coin and above saying "up" each day.
 */
export function measuresDirectionSkill({ hitRate, models }: Pick<Evaluation, 'hitRate' | 'models'>): boolean {
  return hasSkilledCombination(models) && hitRate.low > Math.max(0.5, hitRate.alwaysUp);
}

/** Whether a combination of the members showed skill, not a member alone; older reports do not say. */
export function hasSkilledCombination(models: readonly Pick<MemberReport, 'weight' | 'skilled'>[]): boolean {
  return models.some(({ weight, skilled }) => weight === null && skilled === true);
}
