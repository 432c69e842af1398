import { isDayTradeError } from '@daytrade/errors';
import { type InDayHorizon, inDayHorizons } from '@daytrade/market';
import type { EvaluationResult } from '../evaluate-ensemble.ts';
import { buildReport } from '../evaluation/build-report.ts';
import { judgePredictions } from '../evaluation/judge.ts';
import { endedSymbols, stretchOf } from '../evaluation/judged-stretch.ts';
import type { EnsembleOptions, EvaluationOptions } from '../options.ts';
import type { InDayBars } from './in-day-bars.ts';
import { type HorizonModel, type InDayModel, inDayOptions, needsFiveMinutes } from './in-day-model.ts';
import { type FiveMinuteSessions, fiveMinuteSessions } from './past-sessions.ts';
import { walkForwardInDay } from './walk-forward-in-day.ts';

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
 * @param now a clock in milliseconds
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
