import { dayNumber, isTradeDate, type TradeDate } from '@daytrade/market';
import type { MalformedRow, SourceRows } from '../../provider.ts';

type Row = Readonly<Record<string, unknown>>;

/** The bar of a day: open, high, low, close, volume. */
export interface DailyValues {
  readonly day: number;
  readonly values: readonly number[];
  readonly row: Row;
}

/** Returns bars as columns. A reply has no lines: the day number stands for the line, so a row keeps its identity. */
export function dailyColumns(
  bars: readonly DailyValues[],
): Pick<SourceRows, 'times' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'lines' | 'rowText'> {
  const column = (index: number) => Float64Array.from(bars, ({ values }) => values[index]!);
  return {
    times: Float64Array.from(bars, ({ day }) => day),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    lines: Int32Array.from(bars, ({ day }) => day),
    rowText: (index) => textOfRow(bars[index]!.row),
  };
}

/** Returns the bar of a row by the names of its five values. Five nulls are a day without a trade. */
export function readDailyValues(
  row: Row,
  date: TradeDate,
  names: readonly string[],
  found: readonly unknown[],
): DailyValues | MalformedRow | 'no trade' {
  if (found.every((value) => value === null)) return 'no trade';
  const wrong = found.findIndex((value) => typeof value !== 'number');
  if (wrong < 0) return { day: dayNumber(date), values: found as number[], row };
  const reason = found[wrong] === undefined || found[wrong] === null ? 'fields-missing' : 'not-a-number';
  return malformedRow(row, date, reason, `${names[wrong]}: expected a number, got ${shown(found[wrong])}`);
}

/** @param date the text in the place of the date; empty where there is none */
export function malformedRow(row: Row, date: string, reason: MalformedRow['reason'], message: string): MalformedRow {
  return { line: isTradeDate(date) ? dayNumber(date) : 0, date, reason, message, row: textOfRow(row) };
}

const longestRow = 400;

/** A row as it came, for the quarantine. */
export function textOfRow(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row).slice(0, longestRow);
}

/** A value of the wire in a message. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
}
