import type { Horizon } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import { labelledRows } from './dataset.ts';
import { stretchOf } from './evaluation/judged-stretch.ts';
import type { InDayBars } from './in-day/in-day-bars.ts';
import { inDayOptions } from './in-day/in-day-model.ts';
import { checkInDay } from './in-day/walk-forward-in-day.ts';
import { compileOptions, type EvaluationOptions } from './options.ts';
import { defaultTrainingSessions } from './train-ensemble.ts';
import { planTimeRange, sessionsNeeded } from './walk-forward/folds.ts';

/** The fewest sessions that a report is made of: an evaluation of so few takes the most sessions in all. */
const fewestJudged = 20;

/**
 * Sessions of a symbol with a bar at each that are enough for every training and every evaluation, whatever stretch it
 * judges: with the fewest judged sessions, which take the most.
 */
export const enoughSessions = sessionsNeeded(compileOptions({}, fewestJudged));

/** As {@link enoughSessions}, of sessions with 5-minute bars, where there are bars of many symbols. */
export const enoughFiveMinuteSessions = sessionsNeeded(inDayOptions('close@10:00', {}, fewestJudged));

/**
 * Refuses bars that {@link trainEnsemble} would refuse, without computing a feature.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed
 */
export function checkTrainable(panel: Panel): void {
  planTimeRange(labelledRows(panel), compileOptions({}, defaultTrainingSessions));
}

/**
 * Refuses bars that an evaluation of the horizon would refuse. It is instant, except at 08:30, where it reads every
 * session.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed; `input.invalid` where there
 * is no session between the days
 */
export function checkJudgeable(bars: InDayBars, horizon: Horizon, options: EvaluationOptions): void {
  if (horizon === 'next-close') {
    const asked = stretchOf(bars.panel, options);
    planTimeRange(labelledRows(asked.panel), asked.options);
  } else {
    const asked = stretchOf(bars.panel, options, (own, judged) => inDayOptions(horizon, own, judged));
    checkInDay({ ...bars, panel: asked.panel }, horizon, asked.options);
  }
}
