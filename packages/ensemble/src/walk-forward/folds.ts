import { DayTradeError } from '@daytrade/errors';
import type { SessionIndex } from '@daytrade/series';
import { type LabelledRows, trainableRows } from '../dataset.ts';
import { scaleStartUp } from '../intervals/ewma-scale.ts';
import type { CompiledEnsembleOptions } from '../options.ts';

/** One training of the walk-forward and the sessions that it predicts; upper ends are exclusive. */
export interface Fold {
  readonly trainFrom: SessionIndex;
  readonly trainTo: SessionIndex;
  readonly predictFrom: SessionIndex;
  readonly predictTo: SessionIndex;
}

interface FoldOptions {
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

/** Which sessions are predicted out of fold, and from which on they are judged. */
export interface TimeRange {
  /** First session with out-of-fold predictions. */
  readonly first: SessionIndex;
  readonly judgedFrom: SessionIndex;
  /** One after the last session that has an outcome. */
  readonly end: SessionIndex;
}

/** Judged sessions without which a report would say nothing. */
const minimumJudged = 20;

/** Training rows without which a first training makes no sense. */
const minimumRows = 200;

/**
 * Lays the judged sessions at the end, the warm-up before them and the first training before that. With fewer sessions
 * than asked for, judged sessions and warm-up shrink in proportion; the first training does not.
 *
 * @param begin the first session that can be trained on
 * @throws DayTradeError `training.too-little-data` with what there is and what is needed
 */
export function planTimeRange(
  outcomes: LabelledRows,
  options: CompiledEnsembleOptions,
  begin: SessionIndex = scaleStartUp,
): TimeRange {
  const end = Math.max(0, outcomes.sessions - 1);
  const earliest = earliestOf(options, begin);
  const wanted = options.judgedSessions + options.warmUpSessions;
  const needed = sessionsNeeded(options, begin);
  const available = Math.min(wanted, end - earliest);
  const judged = Math.min(options.judgedSessions, Math.floor((available * options.judgedSessions) / wanted));
  if (outcomes.sessions < needed) {
    // Counts sessions from the first that can be trained on, with those that a scale needs.
    const unused = begin - scaleStartUp;
    const [sessions, least] = [outcomes.sessions - unused, needed - unused];
    throw tooLittle(`${sessions} sessions, at least ${least} are needed`);
  }
  const first = end - available;
  const rows = trainableRows(outcomes, 0, first - 1 - options.embargo).length;
  if (rows < minimumRows) {
    throw tooLittle(`${rows} usable rows before the first prediction, at least ${minimumRows} are needed`);
  }
  return { first, judgedFrom: end - judged, end };
}

/**
 * Sessions without which {@link planTimeRange} refuses. As many of one symbol are enough where it has a bar at each;
 * fewer judged sessions take more of them, down to the 20 that a report needs.
 */
export function sessionsNeeded(options: CompiledEnsembleOptions, begin: SessionIndex = scaleStartUp): number {
  const { judgedSessions, warmUpSessions } = options;
  const judged = Math.min(minimumJudged, judgedSessions);
  const wanted = judgedSessions + warmUpSessions;
  return earliestOf(options, begin) + Math.ceil((judged * wanted) / judgedSessions) + 1;
}

/** The first session that can be predicted. */
function earliestOf({ minimumTrainingSessions, embargo }: CompiledEnsembleOptions, begin: SessionIndex): number {
  return begin + minimumTrainingSessions + embargo + 1;
}

function tooLittle(what: string): DayTradeError {
  return new DayTradeError('training.too-little-data', `too little data to train on: ${what}`);
}
