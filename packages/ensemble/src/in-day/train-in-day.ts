import { isDayTradeError } from '@daytrade/errors';
import { type InDayHorizon, inDayHorizons } from '@daytrade/market';
import type { EnsembleOptions } from '../options.ts';
import type { InDayBars } from './in-day-bars.ts';
import type { HorizonModel, InDayModel } from './in-day-model.ts';
import { inDayOptions } from './in-day-options.ts';
import { walkForwardInDay } from './walk-forward-in-day.ts';

/** Judged sessions whose misses a forecaster goes through before it forecasts. */
const sessionsGoneThrough = 250;

/**
 * Trains every horizon within the day that has bars enough: `close@open` from daily bars alone, the others from
 * 5-minute bars, `close@08:30` from the sessions in America.
 *
 * @param progress told the share that is done, 0 to 1
 */
export function trainInDay(
  bars: InDayBars,
  options: EnsembleOptions,
  progress: (fraction: number, horizon: InDayHorizon) => void,
): InDayModel {
  const horizons: Partial<Record<InDayHorizon, HorizonModel>> = {};
  for (const [i, horizon] of inDayHorizons.entries()) {
    progress(i / inDayHorizons.length, horizon);
    const model = trainHorizon(bars, horizon, options);
    if (model !== undefined) horizons[horizon] = model;
  }
  return { trainedTo: bars.panel.days.at(-1)!, horizons };
}

/** Undefined when there is too little data for the horizon. */
function trainHorizon(bars: InDayBars, horizon: InDayHorizon, options: EnsembleOptions): HorizonModel | undefined {
  try {
    return walkForwardInDay(bars, horizon, inDayOptions(horizon, options, sessionsGoneThrough)).folds;
  } catch (error) {
    if (isDayTradeError(error) && error.code === 'training.too-little-data') return undefined;
    throw error;
  }
}
