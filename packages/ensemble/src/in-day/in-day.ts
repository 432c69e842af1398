import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, type InDayHorizon, inDayHorizons, nextSession } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { type LabelledRows, predictableRows, trainableRows } from '../dataset.ts';
import type { EvaluationResult } from '../evaluate-ensemble.ts';
import { buildReport } from '../evaluation/build-report.ts';
import { judgePredictions } from '../evaluation/judge.ts';
import { endedSymbols, stretchOf } from '../evaluation/judged-stretch.ts';
import type { CompiledEnsembleOptions, EnsembleOptions, EvaluationOptions } from '../options.ts';
import { emptyPredictions, type Predictions, writePredictions } from '../walk-forward/fold-task.ts';
import { planFolds, planTimeRange, type TimeRange } from '../walk-forward/folds.ts';
import type { DailyKnown } from './daily-known.ts';
import { fitHorizon, predictHorizon } from './fit-horizon.ts';
import type { InDayBars } from './in-day-bars.ts';
import { buildInDayDataset, type InDayDataset } from './in-day-dataset.ts';
import {
  type HorizonFold,
  type HorizonModel,
  type InDayModel,
  inDayOptions,
  needsFiveMinutes,
} from './in-day-model.ts';
import { type FiveMinuteSessions, fiveMinuteSessions } from './past-sessions.ts';

/** Judged sessions whose misses a forecaster goes through before it forecasts. */
const sessionsGoneThrough = 250;
/** Measured processor time of a horizon on all daily sessions, where one on the few of 5-minute bars is 1. */
const dailyCost = 15;

/**
 * Trains every horizon within the day that has bars enough: `close@open` from daily bars alone, the others from
 * 5-minute bars, `close@08:30` from the sessions in America. The daily sessions are gone through once for all horizons
 * of 5-minute bars together.
 *
 * @param progress told the share that is done by its cost, 0 to 1
 */
export function trainInDay(
  bars: InDayBars,
  options: EnsembleOptions,
  progress: (fraction: number, horizon: InDayHorizon) => void,
): InDayModel {
  const horizons: Partial<Record<InDayHorizon, HorizonModel>> = {};
  const fiveMinutes = bars.path && fiveMinuteSessions(bars, bars.path);
  const costs = inDayHorizons.map((horizon) =>
    needsFiveMinutes(horizon) ? Number(fiveMinutes !== undefined) : dailyCost,
  );
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let done = 0;
  for (const [i, horizon] of inDayHorizons.entries()) {
    progress(done / total, horizon);
    done += costs[i]!;
    const known = needsFiveMinutes(horizon) ? fiveMinutes : { bars };
    const model = known && trainHorizon(known, horizon, options);
    if (model !== undefined) horizons[horizon] = model;
  }
  return { trainedTo: bars.panel.days.at(-1)!, horizons };
}

/** Undefined when there is too little data for the horizon. */
function trainHorizon(
  { bars, days }: Pick<FiveMinuteSessions, 'bars'> & Partial<FiveMinuteSessions>,
  horizon: InDayHorizon,
  options: EnsembleOptions,
): HorizonModel | undefined {
  try {
    return walkForwardInDay(bars, horizon, inDayOptions(horizon, options, sessionsGoneThrough), days).folds;
  } catch (error) {
    if (isDayTradeError(error) && error.code === 'training.too-little-data') return undefined;
    throw error;
  }
}

/**
 * Judges the forecasts of one horizon within the day walk-forward and out of sample over the newest sessions (500 by
 * default) or those between two days, as {@link evaluateEnsemble} judges those of the next close: by the same engine,
 * and with the same report.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed
 */
export function evaluateInDay(
  bars: InDayBars,
  horizon: InDayHorizon,
  options: EvaluationOptions,
  now: () => number,
): EvaluationResult {
  const started = now();
  const { panel, options: asked } = stretchOf(bars.panel, options, (own, judged) => inDayOptions(horizon, own, judged));
  const { dataset, predictions, range } = walkForwardInDay({ ...bars, panel }, horizon, asked);
  const trained = now();
  const input = { panel, outcomes: dataset, predictions, range, options: asked, horizon, beside: bars };
  const judgement = judgePredictions(input);
  const report = buildReport(input, judgement);
  const ended = now();
  const seconds = {
    total: (ended - started) / 1000,
    features: 0,
    training: (trained - started) / 1000,
    intervals: (ended - trained) / 1000,
  };
  return { report: { ...report, endedSymbols: endedSymbols(bars.panel), seconds }, judged: judgement.judged };
}

/** Trainings of a walk-forward at most, so that years of 5-minute bars do not cost a training for each session. */
const mostTrainings = 250;

interface InDayWalkForward {
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
