import type { BarInterval } from '@daytrade/contracts';
import { addDays, dayNumber, instantOf, type TradeDate } from '@daytrade/market';
import { type BarColumns, barValues, type IntradayColumns } from '@daytrade/series';

export const barIntervals = ['1d', '5m'] as const satisfies readonly BarInterval[];

/** Names of the value columns, in the order of files and hashes. */
export const valueNames = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Bars of one symbol by rising days since 1970 (daily) or milliseconds since 1970 UTC (5-minute). */
export type Columns = Readonly<Record<(typeof valueNames)[number] | 'axis', Float64Array>>;

/** Inclusive days of Japan; an end that is left out is open. */
export interface DateRange {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

/** First and last value of the axis, both included. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
}

export function columnsOf(column: (name: keyof Columns) => Float64Array): Columns {
  return { axis: column('axis'), ...barValues(column) };
}

export function columnsOfDailyBars(bars: BarColumns): Columns {
  return columnsOf((name) => (name === 'axis' ? new Float64Array(bars.days) : bars[name]));
}

export function columnsOfIntradayBars(bars: IntradayColumns): Columns {
  return columnsOf((name) => (name === 'axis' ? bars.times : bars[name]));
}

export function dailyBars({ axis, ...values }: Columns): BarColumns {
  return { days: new Int32Array(axis), ...values };
}

export function intradayBars({ axis, ...values }: Columns): IntradayColumns {
  return { times: axis, ...values };
}

/** Returns days of Japan as values of the axis of an interval. */
export function axisRange(interval: BarInterval, { from, to }: DateRange): AxisRange {
  const isDaily = interval === '1d';
  const first = (date: TradeDate) => (isDaily ? dayNumber(date) : instantOf(date, '00:00'));
  return {
    from: from === undefined ? -Infinity : first(from),
    to: to === undefined ? Infinity : first(addDays(to, 1)) - 1,
  };
}
