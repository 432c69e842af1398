import type { SessionEntry, SymbolToday } from '@daytrade/contracts';
import { japanTime, secondsOfDay } from './japan-time.ts';

/** When a forecast of the day's close was made: the evening before, or a time of the day. */
export type ForecastTime = 'next-close' | SymbolToday['forecasts'][number]['horizon'];

/** A forecast of the day's close, from its time on until the next one. */
export interface FanForecast {
  readonly time: ForecastTime;
  /** Where it begins on the axis of the day, 0 to 1. */
  readonly at: number;
  readonly lower: number;
  readonly upper: number;
  /** The price that it was made from; that of the evening is the last close. */
  readonly price: number;
  readonly madeAt: string;
  readonly late: boolean;
}

/** The forecasts of a session's close and the prices that were paid, on an axis from before the open to the close. */
export interface SessionFan {
  readonly forecasts: readonly FanForecast[];
  readonly prices: readonly { readonly at: number; readonly price: number }[];
  readonly close: number | null;
  /** Ends of the axis of prices, in yen. */
  readonly low: number;
  readonly high: number;
  /** Where the parts of the day lie on its axis; no break at noon on a half day. */
  readonly open: number;
  readonly lunch: { readonly from: number; readonly to: number } | null;
  readonly end: number;
}

/** Seconds on the axis before the open, where the evening and 08:30 stand, and after the close. */
const [before, after] = [75 * 60, 10 * 60];
/** Seconds before the open at which the forecast of the evening stands. */
const evening = 60 * 60;
const margin = 0.06;

/** What is known of a day; undefined while there is neither a forecast nor a price. */
export function sessionFan(day: SymbolToday, session: SessionEntry): SessionFan | undefined {
  const open = secondsOfDay(session.morningOpen);
  const close = secondsOfDay(session.close);
  const place = (seconds: number) => (seconds - open + before) / (close - open + before + after);
  const placeOf = (time: string) => place(secondsOfDay(time));
  const forecasts = [
    ...(day.evening === null ? [] : [eveningForecast(day.evening, place(open - evening))]),
    ...day.forecasts.map((forecast) => ({
      time: forecast.horizon,
      at: placeOf(clockOf(forecast.horizon, session)),
      lower: forecast.lower,
      upper: forecast.upper,
      price: forecast.price,
      madeAt: forecast.madeAt,
      late: forecast.late,
    })),
  ];
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

function eveningForecast(said: NonNullable<SymbolToday['evening']>, at: number): FanForecast {
  const { lower, upper, lastClose, madeAt, late } = said;
  return { time: 'next-close', at, lower, upper, price: lastClose, madeAt, late };
}

/** HH:MM in Japan. What is said at the open is said of the opening price. */
function clockOf(horizon: string, { morningOpen }: SessionEntry): string {
  const time = horizon.replace('close@', '');
  return time === 'open' ? morningOpen : time;
}

function extent(values: readonly number[]): Pick<SessionFan, 'low' | 'high'> {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * margin, high * 1e-4);
  return { low: low - room, high: high + room };
}

/** Round prices within an axis, 2 to 5 of them. */
export function roundPrices({ low, high }: Pick<SessionFan, 'low' | 'high'>): readonly number[] {
  const rough = (high - low) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10) * magnitude;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Width of an interval, a share of the price that it was made from. */
export function widthOf({ lower, upper, price }: Pick<FanForecast, 'lower' | 'upper' | 'price'>): number {
  return (upper - lower) / price;
}

/** What changed between two forecasts of one close, each a share: of the earlier width, middle, and price. */
export interface ForecastChange {
  readonly width: number;
  readonly middle: number;
  readonly price: number;
}

type Compared = Pick<FanForecast, 'lower' | 'upper' | 'price'>;

/** From an earlier forecast of a close to a later one. */
export function changeBetween(earlier: Compared, later: Compared): ForecastChange {
  return {
    width: widthOf(later) / widthOf(earlier) - 1,
    middle: (later.lower + later.upper) / (earlier.lower + earlier.upper) - 1,
    price: later.price / earlier.price - 1,
  };
}

/** Where a price stands beside an interval. */
export type PricePlace = 'below' | 'at-lower' | 'inside' | 'at-upper' | 'above';

/** Compares a price with the bounds of an interval. */
export function placeOf(price: number, { lower, upper }: Pick<FanForecast, 'lower' | 'upper'>): PricePlace {
  if (price < lower) return 'below';
  if (price > upper) return 'above';
  return price === lower ? 'at-lower' : price === upper ? 'at-upper' : 'inside';
}

/**
 * The first forecast of the day, with which the morning began; that of the evening where there is no earlier one.
 * Undefined where the newest is the only one.
 */
export function morningOf({ forecasts }: Pick<SessionFan, 'forecasts'>): FanForecast | undefined {
  const newest = forecasts.at(-1);
  const first = forecasts.find(({ time }) => time !== 'next-close');
  const morning = first === newest ? forecasts[0] : first;
  return morning === newest ? undefined : morning;
}
