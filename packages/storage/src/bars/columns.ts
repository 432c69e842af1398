import type { BarColumns, IntradayColumns } from '@daytrade/series';

/** Names of the value columns, in the order in which files and hashes hold them. */
export const valueNames = ['open', 'high', 'low', 'close', 'volume'] as const;
export type ValueName = (typeof valueNames)[number];

/** Bars of one symbol on an axis of numbers that rises strictly: days of daily bars, milliseconds of intraday ones. */
export type Columns = Readonly<Record<ValueName, Float64Array>> & { readonly axis: Float64Array };

export function columnsOfLength(length: number): Columns {
  const column = () => new Float64Array(length);
  return { axis: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

export function columnsOfDailyBars(bars: BarColumns): Columns {
  const { open, high, low, close, volume } = bars;
  return { axis: new Float64Array(bars.days), open, high, low, close, volume };
}

export function columnsOfIntradayBars(bars: IntradayColumns): Columns {
  const { open, high, low, close, volume } = bars;
  return { axis: bars.times, open, high, low, close, volume };
}

export function dailyBars({ axis, ...values }: Columns): BarColumns {
  return { days: new Int32Array(axis), ...values };
}

export function intradayBars({ axis, ...values }: Columns): IntradayColumns {
  return { times: axis, ...values };
}
