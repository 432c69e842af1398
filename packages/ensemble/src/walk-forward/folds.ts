import type { SessionIndex } from '@daytrade/series';
/** One training of the walk-forward and the sessions that it predicts; upper ends are exclusive. */
export interface Fold {
  readonly trainFrom: SessionIndex;
  readonly trainTo: SessionIndex;
  readonly predictFrom: SessionIndex;
  readonly predictTo: SessionIndex;
}

/** What {@link planFolds} needs of the options. */
export interface FoldOptions {
  readonly retrainEvery: number;
  readonly embargo: number;
}

/**
 * The walk-forward over sessions `first` to `end` (exclusive): an expanding training window, a new training every
 * `retrainEvery` sessions.
 *
 * Purge: the label of session t is known at t + 1, so a fold that predicts from a on is trained on sessions t with t +
 * 1 < a only. Embargo: that many sessions before are left out besides (Lopez de Prado 2018, chapter 7).
 */
export function planFolds(
  first: SessionIndex,
  end: SessionIndex,
  { retrainEvery, embargo }: FoldOptions,
): readonly Fold[] {
  const folds: Fold[] = [];
  for (let predictFrom = first; predictFrom < end; predictFrom += retrainEvery) {
    folds.push({
      trainFrom: 0,
      trainTo: Math.max(0, predictFrom - 1 - embargo),
      predictFrom,
      predictTo: Math.min(end, predictFrom + retrainEvery),
    });
  }
  return folds;
}
