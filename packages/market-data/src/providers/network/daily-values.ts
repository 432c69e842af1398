import { dayNumber, isTradeDate, type TradeDate } from '@daytrade/market';
import { barValues } from '@daytrade/series';
import type { MalformedRow, SourceRows } from '../../provider.ts';

type Row = Readonly<Record<string, unknown>>;

/** The bar of a day: open, high, low, close, volume. */
export interface DailyValues {
  readonly day: number;
  readonly values: readonly number[];
  readonly row: Row;
}

/** Sorts rows into bars, malformed ones and days without a trade. A reply has no lines: the day number is the line. */
export function dailyColumns(
  read: Iterable<DailyValues | MalformedRow | 'no trade'>,
): Omit<SourceRows, 'master' | 'interval' | 'file' | 'priceBasis'> {
  const bars: DailyValues[] = [];
  const malformed: MalformedRow[] = [];
  let rowsWithoutTrade = 0;
  for (const row of read) {
    if (row === 'no trade') rowsWithoutTrade += 1;
    else if ('values' in row) bars.push(row);
    else malformed.push(row);
  }
  return {
    times: Float64Array.from(bars, ({ day }) => day),
    ...barValues((_, index) => Float64Array.from(bars, ({ values }) => values[index]!)),
    lines: Int32Array.from(bars, ({ day }) => day),
    rowText: (index) => textOfRow(bars[index]!.row),
    malformed,
    rowsWithoutTrade,
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

/** @param date the text in the place of the date; empty without one */
export function malformedRow(row: Row, date: string, reason: MalformedRow['reason'], message: string): MalformedRow {
  return { line: isTradeDate(date) ? dayNumber(date) : 0, date, reason, message, row: textOfRow(row) };
}

const longestRow = 400;

/** A row as it came, for the quarantine. */
export function textOfRow(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row).slice(0, longestRow);
}

export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
}
