import { dayNumber, japanDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { median } from '../harness/statistics.ts';

/** Days of both kinds of bars that show how the one's prices are scaled to the other's. */
const overlap = 40;

/**
 * The daily bars of a symbol before its 5-minute bars begin, in their prices, and from then on the days that the
 * 5-minute bars make: opens and closes of two vendors differ, and a day's forecasts have to be judged within one.
 */
export function splicedDays(daily: BarColumns | undefined, fiveMinutes: IntradayColumns): BarColumns {
  const own = daysOf(fiveMinutes);
  if (daily === undefined) return own;
  const places = new Map(Array.from(daily.days, (day, i) => [day, i]));
  const factors = Array.from(own.days.subarray(0, overlap)).flatMap((day, i) => {
    const place = places.get(day);
    return place === undefined ? [] : [own.high[i]! / daily.high[place]!];
  });
  const factor = median(factors);
  const end = daily.days.findIndex((day) => day >= own.days[0]!);
  const before = (column: Float64Array, scale: number) => column.subarray(0, end).map((value) => value * scale);
  const join = (name: 'open' | 'high' | 'low' | 'close' | 'volume', scale: number) =>
    Float64Array.from([...before(daily[name], scale), ...own[name]]);
  return {
    days: Int32Array.from([...daily.days.subarray(0, end), ...own.days]),
    open: join('open', factor),
    high: join('high', factor),
    low: join('low', factor),
    close: join('close', factor),
    volume: join('volume', 1),
  };
}

/** The days of 5-minute bars. */
function daysOf({ times, open, high, low, close, volume }: IntradayColumns): BarColumns {
  const rows = new Map<number, { open: number; high: number; low: number; close: number; volume: number }>();
  for (const [i, time] of times.entries()) {
    const day = dayNumber(japanDate(time));
    const bar = rows.get(day) ?? { open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]!, volume: 0 };
    bar.high = Math.max(bar.high, high[i]!);
    bar.low = Math.min(bar.low, low[i]!);
    bar.close = close[i]!;
    bar.volume += volume[i]!;
    rows.set(day, bar);
  }
  const bars = [...rows.values()];
  return {
    days: Int32Array.from(rows.keys()),
    open: Float64Array.from(bars, (bar) => bar.open),
    high: Float64Array.from(bars, (bar) => bar.high),
    low: Float64Array.from(bars, (bar) => bar.low),
    close: Float64Array.from(bars, (bar) => bar.close),
    volume: Float64Array.from(bars, (bar) => bar.volume),
  };
}
