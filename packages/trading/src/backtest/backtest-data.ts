import type { IntradayColumns, LimitBands, Panel } from '@daytrade/series';

/**
 * What was published of each session before it opened, at row `t * symbols + s`: yen in the panel's prices, NaN where
 * nothing was. On SharedArrayBuffers.
 */
export interface ForecastColumns {
  readonly centre: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /**
   * 1 for each session before which skill in the direction was measured, by what was known then; without it the centre
   * is not worth more than the last close.
   */
  readonly skilled: Uint8Array;
}

/** What a backtest goes through. Large arrays lie on SharedArrayBuffers, so that threads read them without a copy. */
export interface BacktestData {
  readonly panel: Panel;
  /** Row t holds the limits of the session after t, as `limitColumns` gives them. */
  readonly limits: LimitBands;
  /** Shares in a lot of each symbol; 100 where it is left out. */
  readonly lots?: readonly number[] | undefined;
  readonly forecasts?: ForecastColumns | undefined;
  /** 5-minute bars of each symbol; undefined for one without. */
  readonly intraday?: readonly (IntradayColumns | undefined)[] | undefined;
}

/** The same data as it was before session `t`: what came later is not there, not even in memory. */
export function cutBefore(data: BacktestData, t: number): BacktestData {
  const { panel, limits, lots, forecasts, intraday } = data;
  const rows = t * panel.symbols.length;
  const next = rows + panel.symbols.length;
  const column = (values: Float64Array) => values.slice(0, rows);
  return {
    panel: {
      symbols: panel.symbols,
      days: panel.days.slice(0, t),
      open: column(panel.open),
      high: column(panel.high),
      low: column(panel.low),
      close: column(panel.close),
      volume: column(panel.volume),
      members: panel.members?.slice(0, next),
    },
    limits: { lower: column(limits.lower), upper: column(limits.upper) },
    lots,
    forecasts: forecasts && {
      skilled: forecasts.skilled.slice(0, t + 1),
      centre: forecasts.centre.slice(0, next),
      lower: forecasts.lower.slice(0, next),
      upper: forecasts.upper.slice(0, next),
    },
    intraday,
  };
}
