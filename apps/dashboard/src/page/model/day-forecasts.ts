import type { InDayPrediction, Selection, SessionEntry, SymbolToday } from '@daytrade/contracts';

/** The time of a forecast of the day's close: the evening before, or a time of the day. */
export type ForecastTime = 'next-close' | SymbolToday['forecasts'][number]['horizon'];

/** Returns the forecasts of a day's close, oldest first, each with the time HH:MM from which on it was the newest. */
export function standingForecasts({ evening, forecasts }: SymbolToday, session: SessionEntry) {
  const ofDay = forecasts.map((forecast) => ({ ...forecast, from: horizonTime(forecast.horizon, session) }));
  return evening === null ? ofDay : [{ ...evening, from: '' }, ...ofDay];
}

/** Returns HH:MM in Japan. The forecast at the open is made from the opening price. */
function horizonTime(horizon: string, { morningOpen }: SessionEntry): string {
  const time = horizon.replace('close@', '');
  return time === 'open' ? morningOpen : time;
}

/** A forecast of today's close with the figures of its row. */
export interface InDayRow {
  readonly prediction: InDayPrediction;
  /** Its rank among the selected symbols, 1 the best; null if it is not selected. */
  readonly rank: number | null;
  /** Bounds as shares of the price that the forecast was made from. */
  readonly lowerMove: number;
  readonly upperMove: number;
  /** The price as a move from the previous close. */
  readonly priceMove: number;
  /** Upper minus lower, a share of the price. */
  readonly width: number;
}

export function inDayRows(
  newest: readonly InDayPrediction[],
  selected: readonly Pick<Selection['symbols'][number], 'symbol' | 'rank'>[],
): readonly InDayRow[] {
  const ranks = new Map(selected.map(({ symbol, rank }) => [symbol, rank]));
  return newest.map((prediction) => {
    const { symbol, lower, upper, price, previousClose } = prediction;
    return {
      prediction,
      rank: ranks.get(symbol) ?? null,
      lowerMove: lower / price - 1,
      upperMove: upper / price - 1,
      priceMove: price / previousClose - 1,
      width: (upper - lower) / price,
    };
  });
}
