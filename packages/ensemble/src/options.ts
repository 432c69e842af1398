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

export interface EvaluationOptions extends EnsembleOptions {
  /** The first judged day; it takes the place of `judgedSessions`. */
  readonly from?: TradeDate | undefined;
  /** The last judged day. Nothing after it is used, as if the evaluation had been made that evening. */
  readonly to?: TradeDate | undefined;
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
  readonly combination: Combination;
  readonly members: readonly MemberOptions[];
  /** The interval method that is published. Default `ensemble-regime`. */
  readonly method?: EnsembleMethod | undefined;
}

/** Fills in the defaults. Requests check the ranges of what a user sets. */
export function compileOptions(options: EnsembleOptions, judgedSessions: number): CompiledEnsembleOptions {
  return {
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
}
