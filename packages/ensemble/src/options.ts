import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import type { EnsembleMethod } from './intervals/method-choice.ts';
import { defaultMembers, type MemberOptions } from './members/member-options.ts';

/** The combination of the members' predictions into one centre. */
export type Combination = 'voting' | 'weighted' | 'stacking';

/**
 * Settings of a training or an evaluation; every one has a default that is documented in
 * {@link CompiledEnsembleOptions}.
 */
export type EnsembleOptions = Partial<CompiledEnsembleOptions>;

/** Settings of an evaluation. */
export interface EvaluationOptions extends EnsembleOptions {
  /** The first judged day; it takes the place of `judgedSessions`. */
  readonly from?: TradeDate | undefined;
  /** The last judged day. Nothing after it is used, as if the evaluation had been made that evening. */
  readonly to?: TradeDate | undefined;
  /** Number of seeds of the evaluation: `seed` and the ones after it. 1 to 20, default 1. */
  readonly seeds?: number;
}

/** The settings with every default filled in. */
export interface CompiledEnsembleOptions {
  /** Seed of everything drawn at random. Default 1. */
  readonly seed: number;
  /** Sessions between two trainings of the walk-forward. Default 63, a quarter of a year, and 100 for a training. */
  readonly retrainEvery: number;
  /**
   * Sessions left out between the last label of the training rows and the first predicted session, beside the purge.
   * Default 5.
   */
  readonly embargo: number;
  /** Newest sessions that are judged. Default 500 for an evaluation, 250 for a training. Fewer when there are fewer. */
  readonly judgedSessions: number;
  /**
   * Sessions before the judged ones whose out-of-fold predictions fill the conformal scores and the meta learner.
   * Default 250.
   */
  readonly warmUpSessions: number;
  /** Sessions that the first training of the walk-forward must have. Default 250. */
  readonly minimumTrainingSessions: number;
  /** The combination that is published. Default voting. */
  readonly combination: Combination;
  readonly members: readonly MemberOptions[];
  /** The interval method that is published. Default `ensemble-regime`. */
  readonly method?: EnsembleMethod | undefined;
}

/**
 * Fills in the defaults and checks the ranges.
 *
 * @throws DayTradeError `input.invalid` naming the option, its value and what is allowed
 */
export function compileOptions(options: EnsembleOptions, judgedSessions: number): CompiledEnsembleOptions {
  const compiled: CompiledEnsembleOptions = {
    seed: options.seed ?? 1,
    retrainEvery: options.retrainEvery ?? 63,
    embargo: options.embargo ?? 5,
    judgedSessions: options.judgedSessions ?? judgedSessions,
    warmUpSessions: options.warmUpSessions ?? 250,
    minimumTrainingSessions: options.minimumTrainingSessions ?? 250,
    combination: options.combination ?? 'voting',
    members: options.members ?? defaultMembers,
    method: options.method,
  };
  checkInteger('seed', compiled.seed, 0, 2 ** 32 - 1);
  checkInteger('retrainEvery', compiled.retrainEvery, 1, 1000);
  checkInteger('embargo', compiled.embargo, 0, 250);
  checkInteger('judgedSessions', compiled.judgedSessions, 1, 5000);
  checkInteger('warmUpSessions', compiled.warmUpSessions, 20, 5000);
  checkInteger('minimumTrainingSessions', compiled.minimumTrainingSessions, 20, 5000);
  checkMembers(compiled.members);
  return compiled;
}

/**
 * The seeds of an evaluation, the first one first.
 *
 * @throws DayTradeError `input.invalid` when the number of seeds is out of range
 */
export function compileSeeds(seeds: number | undefined, first: number): readonly number[] {
  const count = seeds ?? 1;
  checkInteger('seeds', count, 1, 20);
  return Array.from({ length: count }, (_, i) => (first + i) % 2 ** 32);
}

function checkInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw invalid(name, value, `a whole number from ${least} to ${most}`);
}

function checkMembers(members: readonly MemberOptions[]): void {
  const names = new Set(members.map((member) => member.name));
  if (members.length === 0) throw invalid('members', 0, 'at least one member');
  if (names.size < members.length)
    throw invalid(
      'members',
      members.map((member) => member.name),
      'different names',
    );
}

function invalid(field: string, value: unknown, allowed: string): DayTradeError {
  return new DayTradeError('input.invalid', `${field}: expected ${allowed}, got ${String(value)}`, {
    details: { field, value, allowed },
  });
}
