import type { DayNumber, InDayHorizon } from '@daytrade/market';
import { type SessionPath, sessionBars, slicePanel } from '@daytrade/series';
import { type SessionClasses, sessionClasses } from '../intervals/session-stretch.ts';
import type { SessionInput } from '../time-order/session-forecast.ts';
import { TimeOrderEngine } from '../time-order/time-order-engine.ts';
import { emptyPredictions, writePredictions } from '../walk-forward/fold-task.ts';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import { predictHorizon } from './fit-horizon.ts';
import { type InDayBars, knownAtHorizon } from './in-day-bars.ts';
import { sessionMatrix } from './in-day-dataset.ts';
import { type HorizonCoefficients, type HorizonModel, inDayEngineOptions } from './in-day-model.ts';
import { type InDayRow, inDayRow } from './session-columns.ts';

export interface ReadyHorizon {
  readonly engine: TimeOrderEngine;
  /** The knowledge of the past sessions about the running one. */
  readonly running: DailyKnown;
}

/**
 * Forecasts every past session that a model has coefficients for, in time order, and learns from its outcome.
 *
 * @param days what is known of these sessions, and of the running one, from the first with the horizon on
 */
export function goThroughPast(
  bars: InDayBars,
  horizon: InDayHorizon,
  model: HorizonModel,
  days: Iterable<DailyKnown>,
): ReadyHorizon {
  const { panel, announced } = bars;
  const engine = new TimeOrderEngine(panel.symbols, inDayEngineOptions(horizon));
  let running: DailyKnown | undefined;
  for (const known of days) {
    running = known;
    if (known.session >= panel.days.length) break;
    const now = knownAtHorizon(bars, known.session, horizon);
    const coefficients = coefficientsOn(model, panel.days[known.session]!);
    if (now !== undefined && coefficients !== undefined) {
      const classes = sessionClasses(announced, panel.symbols.length, panel.days[known.session - 1]!, horizon);
      const input = inputOf(inDayRow(horizon, known, now), coefficients, classes);
      const { close } = sessionBars(panel, known.session);
      const label = close.map((price, s) => Math.log(price / input.lastClose[s]!));
      engine.observe(input, engine.forecast(input), label);
    }
  }
  return { engine, running: running! };
}

/** The newest training that had ended before a session; undefined before the first. */
export function coefficientsOn(model: HorizonModel, day: DayNumber): HorizonCoefficients | undefined {
  return model.findLast(({ from }) => from <= day);
}

export function inputOf(
  { price, limits, ewma, scale, centre }: InDayRow,
  coefficients: HorizonCoefficients,
  classes: SessionClasses,
): SessionInput {
  const symbols = Int32Array.from(price.keys()).filter((s) => Number.isFinite(price[s]! * ewma[s]!));
  const predictions = emptyPredictions(price.length, 1);
  writePredictions(
    predictions,
    symbols,
    predictHorizon(coefficients, sessionMatrix(scale), sessionMatrix(centre), symbols),
  );
  return { lastClose: price, limits, ewma, classes, ...predictions };
}

/** The sessions that have 5-minute bars, with the one before them, numbered from that one on. */
export interface FiveMinuteSessions {
  readonly bars: InDayBars;
  /** The knowledge of earlier sessions about each one, and about the running one. */
  readonly days: readonly DailyKnown[];
}

/**
 * Cuts off the sessions before the first 5-minute bars, once all of them have been gone through: what the horizons of
 * 15 minutes share. They are few, so that what is computed for each horizon is small.
 */
export function fiveMinuteSessions(bars: InDayBars, path: SessionPath): FiveMinuteSessions {
  const { panel, overnight, announced } = bars;
  const begin = Math.max(0, path.from - 1);
  return {
    bars: {
      panel: slicePanel(panel, begin, panel.days.length),
      path: { ...path, from: path.from - begin },
      overnight: overnight?.subarray(begin),
      announced,
    },
    days: Array.from(dailySessions(bars, false, path.from), (known) => ({ ...known, session: known.session - begin })),
  };
}
