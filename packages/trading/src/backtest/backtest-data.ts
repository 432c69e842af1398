import { DayTradeError } from '@daytrade/errors';
import { type IntradayColumns, type LimitBands, mapBars, type Panel, type SessionIndex } from '@daytrade/series';
import type { Strategy } from '../strategies/strategy.ts';
import type { SizeGroup } from './tick-tables.ts';

/**
 * Forecasts published before each session opened, at row `t * symbols + s`: yen in the panel's prices, NaN where
 * missing. On SharedArrayBuffers.
 */
export interface ForecastColumns {
  readonly centre: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Input of a backtest. Large arrays lie on SharedArrayBuffers, so that threads read them without a copy. */
export interface BacktestData {
  readonly panel: Panel;
  /** Row t holds the limits of the session after t, as `limitColumns` returns them. */
  readonly limits: LimitBands;
  /** Shares in a lot of each symbol; default 100. */
  readonly lots?: readonly number[] | undefined;
  /** Size group of each symbol, by which its tick table has a date. */
  readonly groups?: readonly SizeGroup[] | undefined;
  /** New shares for each old one by row `t * symbols + s`, of splits that the prices show as a step. */
  readonly splits?: ReadonlyMap<number, number> | undefined;
  readonly forecasts?: ForecastColumns | undefined;
  /** 5-minute bars of each symbol; undefined for a symbol without. */
  readonly intraday?: readonly (IntradayColumns | undefined)[] | undefined;
}

/** Returns a copy of the data as known before session `t`; later values are not even in its memory. */
export function cutBefore(data: BacktestData, t: number): BacktestData {
  const { panel, limits, lots, groups, forecasts, intraday } = data;
  const rows = t * panel.symbols.length;
  const next = rows + panel.symbols.length;
  const column = (values: Float64Array) => values.slice(0, rows);
  return {
    panel: {
      symbols: panel.symbols,
      days: panel.days.slice(0, t),
      ...mapBars(panel, column),
      members: panel.members?.slice(0, next),
    },
    limits: { lower: column(limits.lower), upper: column(limits.upper) },
    lots,
    groups,
    forecasts: forecasts && {
      centre: forecasts.centre.slice(0, next),
      lower: forecasts.lower.slice(0, next),
      upper: forecasts.upper.slice(0, next),
    },
    intraday,
  };
}

/** Sessions that a backtest needs: those before its first one, for volatility and volume, and those that count. */
export const leastSessions = { before: 21, judged: 2 } as const;

/**
 * Returns the sessions of a range that count in the statistics: those in which a strategy can act. For a strategy that
 * needs forecasts these are the sessions with a forecast.
 */
export function countedSessions(
  { panel, forecasts }: Pick<BacktestData, 'panel' | 'forecasts'>,
  { needsForecasts }: Pick<Strategy, 'needsForecasts'>,
  from: SessionIndex,
  to: SessionIndex,
): readonly SessionIndex[] {
  const counted: SessionIndex[] = [];
  const symbols = panel.symbols.length;
  for (let t = Math.max(from, leastSessions.before); t < Math.min(to, panel.days.length); t += 1) {
    const own = forecasts?.lower.subarray(t * symbols, (t + 1) * symbols);
    if (!needsForecasts || own?.some((bound) => bound > 0) === true) counted.push(t);
  }
  return counted;
}

/** Returns the error of a backtest without a session to judge. */
export function nothingToJudge(needsForecasts: boolean): DayTradeError {
  const { before, judged } = leastSessions;
  const why = needsForecasts
    ? `fewer than ${judged} sessions have forecasts; run \`daytrade evaluate\` or \`daytrade predict\` first`
    : `fewer than ${judged} sessions are left after the ${before} that volatility and volume are taken from`;
  return new DayTradeError('input.invalid', `--from, --to: ${why}`, { details: { field: '--from' } });
}
