import type { DayNumber, InDayHorizon } from '@daytrade/market';
import { sessionBars } from '@daytrade/series';
import type { SessionInput } from '../time-order/session-forecast.ts';
import { TimeOrderEngine } from '../time-order/time-order-engine.ts';
import { emptyPredictions, writePredictions } from '../walk-forward/predictions.ts';
import { predictHorizon } from './fit-horizon.ts';
import { knownAtHorizon } from './horizon-path.ts';
import type { InDayBars } from './in-day-bars.ts';
import { sessionMatrix } from './in-day-dataset.ts';
import type { HorizonCoefficients, HorizonModel } from './in-day-model.ts';
import { inDayEngineOptions } from './in-day-options.ts';
import { type InDayRow, InDayRows } from './in-day-rows.ts';

/** One horizon, ready at the end of the past sessions. */
export interface ReadyHorizon {
  readonly rows: InDayRows;
  readonly engine: TimeOrderEngine;
}

/** Forecasts every past session that a model has coefficients for, in time order, and learns from its outcome. */
export function goThroughPast(known: InDayBars, horizon: InDayHorizon, model: HorizonModel): ReadyHorizon {
  const { panel, overnight } = known;
  const rows = new InDayRows(panel.symbols, horizon);
  const engine = new TimeOrderEngine(panel.symbols, inDayEngineOptions);
  for (let t = 0; t < panel.days.length; t += 1) {
    const now = knownAtHorizon(known, t, horizon);
    const coefficients = coefficientsOn(model, panel.days[t]!);
    const bars = sessionBars(panel, t);
    const night = overnight?.[t - 1] ?? NaN;
    if (t > 0 && now !== undefined && coefficients !== undefined) {
      const input = inputOf(rows.row(now, night), coefficients);
      const label = bars.close.map((close, s) => Math.log(close / input.lastClose[s]!));
      engine.observe(input, engine.forecast(input), label);
    }
    rows.push(bars, now, night);
  }
  return { rows, engine };
}

/** The newest training that had ended before a session; undefined before the first. */
export function coefficientsOn(model: HorizonModel, day: DayNumber): HorizonCoefficients | undefined {
  return model.findLast(({ from }) => from <= day);
}

/** What the engine needs of a row. */
export function inputOf(
  { price, limits, ewma, scale, centre }: InDayRow,
  coefficients: HorizonCoefficients,
): SessionInput {
  const symbols = Int32Array.from(price.keys()).filter((s) => Number.isFinite(price[s]! * ewma[s]!));
  const predictions = emptyPredictions(price.length, inDayEngineOptions.members.length);
  writePredictions(
    predictions,
    symbols,
    predictHorizon(coefficients, sessionMatrix(scale), sessionMatrix(centre), symbols),
  );
  return { lastClose: price, limits, ewma, ...predictions };
}
