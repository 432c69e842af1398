import { defaultEvaluationSessions } from '@daytrade/contracts/objective';
import type { InDayHorizon } from '@daytrade/market';
import type { EvaluationResult } from '../evaluate-ensemble.ts';
import { buildReport } from '../evaluation/build-report.ts';
import { endedSymbols } from '../evaluation/ended-symbols.ts';
import { judgePredictions } from '../evaluation/judge.ts';
import { stretchOf } from '../evaluation/judged-stretch.ts';
import type { EvaluationOptions } from '../options.ts';
import type { InDayBars } from './in-day-bars.ts';
import { inDayOptions } from './in-day-options.ts';
import { walkForwardInDay } from './walk-forward-in-day.ts';

/**
 * Judges the forecasts of one horizon within the day walk-forward and out of sample over the newest sessions (500 by
 * default) or those between two days, as {@link evaluateEnsemble} judges those of the next close: by the same engine,
 * and with the same report.
 *
 * @param now a clock in milliseconds
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed
 *
 * @example
 * const { report } = evaluateInDay({ panel }, 'close@open', {}, () => performance.now());
 */
export function evaluateInDay(
  bars: InDayBars,
  horizon: InDayHorizon,
  options: EvaluationOptions,
  now: () => number,
): EvaluationResult {
  const started = now();
  const { panel, judgedSessions } = stretchOf(bars.panel, options);
  const compiled = inDayOptions(horizon, options, defaultEvaluationSessions);
  const asked = { ...compiled, judgedSessions: judgedSessions ?? compiled.judgedSessions };
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
