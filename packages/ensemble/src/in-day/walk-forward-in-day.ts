import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, type InDayHorizon, nextSession } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { type LabelledRows, predictableRows, trainableRows } from '../dataset.ts';
import type { CompiledEnsembleOptions } from '../options.ts';
import { emptyPredictions, type Predictions, writePredictions } from '../walk-forward/fold-task.ts';
import { planFolds, planTimeRange, type TimeRange } from '../walk-forward/folds.ts';
import type { DailyKnown } from './daily-known.ts';
import { fitHorizon, predictHorizon } from './fit-horizon.ts';
import type { InDayBars } from './in-day-bars.ts';
import { buildInDayDataset, type InDayDataset } from './in-day-dataset.ts';
import type { HorizonFold } from './in-day-model.ts';

/** Trainings of a walk-forward at most, so that years of 5-minute bars do not cost a training for each session. */
const mostTrainings = 250;

export interface InDayWalkForward {
  readonly dataset: InDayDataset;
  readonly predictions: Predictions;
  readonly range: TimeRange;
  /** Oldest first; the last one is on all sessions. */
  readonly folds: readonly HorizonFold[];
}

/**
 * Trains one horizon again and again in time order, each time on what was known, with the purge and the embargo of the
 * next close.
 *
 * @param days as of {@link buildInDayDataset}
 * @throws DayTradeError `training.too-little-data` with what there is and what is needed
 */
export function walkForwardInDay(
  bars: InDayBars,
  horizon: InDayHorizon,
  options: CompiledEnsembleOptions,
  days?: Iterable<DailyKnown>,
): InDayWalkForward {
  const { panel } = bars;
  const { dataset, range } = planInDay(bars, horizon, options, days);
  const centreOf = horizon === 'close@08:30' ? 'each symbol' : 'beyond the market';
  const predictions = emptyPredictions(dataset.label.length, options.members.length);
  const folds: HorizonFold[] = [];
  const retrainEvery = Math.max(options.retrainEvery, Math.ceil((range.end - range.first) / mostTrainings));
  for (const { trainFrom, trainTo, predictFrom, predictTo } of planFolds(range.first, range.end, {
    ...options,
    retrainEvery,
  })) {
    const coefficients = fitHorizon(dataset, trainableRows(dataset, trainFrom, trainTo), centreOf);
    const rows = predictableRows(dataset, predictFrom, predictTo);
    const { scaleColumns, centreColumns } = dataset;
    writePredictions(predictions, rows, predictHorizon(coefficients, scaleColumns, centreColumns, rows));
    folds.push({ from: panel.days[predictFrom + 1]!, ...coefficients });
  }
  const next = dayNumber(nextSession(dateOfDayNumber(panel.days.at(-1)!)));
  folds.push({ from: next, ...fitHorizon(dataset, trainableRows(dataset, 0, range.end), centreOf) });
  return { dataset, predictions, range, folds };
}

/**
 * Plans the walk-forward of one horizon: its dataset and the predicted sessions.
 *
 * @throws DayTradeError as {@link walkForwardInDay}
 */
function planInDay(
  bars: InDayBars,
  horizon: InDayHorizon,
  options: CompiledEnsembleOptions,
  days?: Iterable<DailyKnown>,
): Pick<InDayWalkForward, 'dataset' | 'range'> {
  checkKnown(bars, horizon);
  const dataset = buildInDayDataset(bars, horizon, days);
  return { dataset, range: planTimeRange(dataset, options, firstLabelled(dataset)) };
}

/**
 * Refuses a horizon of which nothing is known.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is not
 */
function checkKnown({ path, overnight }: InDayBars, horizon: InDayHorizon): void {
  if (horizon === 'close@open' || (horizon === 'close@08:30' ? overnight : path) !== undefined) return;
  const what = horizon === 'close@08:30' ? 'the sessions in America' : '5-minute bars';
  throw new DayTradeError('training.too-little-data', `${horizon} needs ${what}, and there are none`);
}

/** Returns the first session with a row that can be trained on; one after the last without one. */
function firstLabelled({ symbols, sessions, label, scale }: LabelledRows): SessionIndex {
  const row = label.findIndex((y, i) => Number.isFinite(y / scale[i]!));
  return row === -1 ? sessions : Math.floor(row / symbols);
}
