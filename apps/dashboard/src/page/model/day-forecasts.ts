import type { InDayPrediction, Selection, SessionEntry, SymbolToday } from '@daytrade/contracts';
import { japanTime, secondsOfDay } from './japan-time.ts';

/** The time of a forecast of the day's close: the evening before, or a time of the day. */
export type ForecastTime = 'next-close' | SymbolToday['forecasts'][number]['horizon'];

/** A forecast of the day's close, which stands until the next one. */
export interface FanForecast {
  readonly time: ForecastTime;
  /** Its beginning on the axis of the day, 0 to 1. */
  readonly at: number;
  readonly lower: number;
  readonly upper: number;
  /** The price that it was made from: the last close for that of the evening. */
  readonly price: number;
  readonly madeAt: string;
  readonly late: boolean;
}

/** The forecasts of a session's close and its prices, on an axis from before the open to after the close. */
export interface SessionFan {
  readonly forecasts: readonly FanForecast[];
  readonly prices: readonly { readonly at: number; readonly price: number }[];
  readonly close: number | null;
  /** Ends of the axis of prices, in yen. */
  readonly low: number;
  readonly high: number;
  /** The parts of the day on its axis. A half day has no lunch break. */
  readonly open: number;
  readonly lunch: { readonly from: number; readonly to: number } | null;
  readonly end: number;
}

/** Seconds on the axis before the open, with the evening and 08:30 in them, and after the close. */
const [before, after] = [75 * 60, 10 * 60];
/** Seconds before the open for the forecast of the evening. */
const eveningSeconds = 60 * 60;
const margin = 0.06;

/** Returns the fan of a day, undefined while there is neither a forecast nor a price. */
export function sessionFan(day: SymbolToday, session: SessionEntry): SessionFan | undefined {
  const open = secondsOfDay(session.morningOpen);
  const close = secondsOfDay(session.close);
  const place = (seconds: number) => (seconds - open + before) / (close - open + before + after);
  const placeOf = (time: string) => place(secondsOfDay(time));
  const evening = day.evening === null ? [] : [eveningForecast(day.evening, place(open - eveningSeconds))];
  const ofDay = day.forecasts.map((forecast) => ({
    ...forecast,
    time: forecast.horizon,
    at: placeOf(clockOf(forecast.horizon, session)),
  }));
  const forecasts: readonly FanForecast[] = [...evening, ...ofDay];
  const prices = day.prices.map(({ at, price }) => ({ at: placeOf(japanTime(at).time), price }));
  if (forecasts.length === 0 && prices.length === 0) return undefined;
  const { morningClose, afternoonOpen } = session;
  return {
    forecasts,
    prices,
    close: day.close,
    ...extent([
      ...forecasts.flatMap(({ lower, upper }) => [lower, upper]),
      ...prices.map(({ price }) => price),
      ...(day.close === null ? [] : [day.close]),
    ]),
    open: place(open),
    lunch: afternoonOpen === null ? null : { from: placeOf(morningClose), to: placeOf(afternoonOpen) },
    end: place(close),
  };
}

function eveningForecast(forecast: NonNullable<SymbolToday['evening']>, at: number): FanForecast {
  return { ...forecast, time: 'next-close', at, price: forecast.lastClose };
}

/** Returns HH:MM in Japan. The forecast at the open is made from the opening price. */
function clockOf(horizon: string, { morningOpen }: SessionEntry): string {
  const time = horizon.replace('close@', '');
  return time === 'open' ? morningOpen : time;
}

function extent(values: readonly number[]): Pick<SessionFan, 'low' | 'high'> {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * margin, high * 1e-4);
  return { low: low - room, high: high + room };
}

/** Returns 2 to 5 round prices within an axis. */
export function roundPrices({ low, high }: Pick<SessionFan, 'low' | 'high'>): readonly number[] {
  const rough = (high - low) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10) * magnitude;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Returns the width of an interval as a share of the price that it was made from. */
export function widthOf({ lower, upper, price }: Pick<FanForecast, 'lower' | 'upper' | 'price'>): number {
  return (upper - lower) / price;
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

/** Returns the rows of the newest forecasts. */
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
      width: widthOf(prediction),
    };
  });
}
