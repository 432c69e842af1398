import type { InDayPrediction, Selection } from '@daytrade/contracts';
import { changeBetween, type ForecastChange, widthOf } from './session-fan.ts';

/** A forecast of today's close with what the table shows beside it. */
export interface InDayRow {
  readonly prediction: InDayPrediction;
  /** Its rank among the selected symbols, 1 the best; null when it is not selected. */
  readonly rank: number | null;
  /** Bounds as shares of the price that the forecast was made from. */
  readonly lowerMove: number;
  readonly upperMove: number;
  /** The price as a move from the previous close. */
  readonly priceMove: number;
  /** Upper minus lower, a share of the price. */
  readonly width: number;
  /** From the first forecast of the day; null where this is the first one. */
  readonly change: ForecastChange | null;
}

/** Rows of the table: the newest forecasts, beside those with which the day began. */
export function inDayRows(
  newest: readonly InDayPrediction[],
  morning: readonly InDayPrediction[],
  selected: readonly Pick<Selection['symbols'][number], 'symbol' | 'rank'>[],
): readonly InDayRow[] {
  const ranks = new Map(selected.map(({ symbol, rank }) => [symbol, rank]));
  const first = new Map(morning.map((forecast) => [forecast.symbol, forecast]));
  return newest.map((prediction) => {
    const { symbol, horizon, lower, upper, price, previousClose } = prediction;
    const earlier = first.get(symbol);
    return {
      prediction,
      rank: ranks.get(symbol) ?? null,
      lowerMove: lower / price - 1,
      upperMove: upper / price - 1,
      priceMove: price / previousClose - 1,
      width: widthOf(prediction),
      change: earlier === undefined || earlier.horizon === horizon ? null : changeBetween(earlier, prediction),
    };
  });
}
