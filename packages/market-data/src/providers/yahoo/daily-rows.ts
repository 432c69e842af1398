import type { PriceBasis } from '@daytrade/contracts';
import { dayNumber, isTradeDate, japanDate } from '@daytrade/market';
import type { MalformedRow, SourceRows, SymbolMaster } from '../../provider.ts';
import type { DateRange } from '../network/missing-bars.ts';
import { shown, textOfRow } from '../network/row-text.ts';
import { chartColumns, factorsIn, laterSplits, splitsIn, type YahooChart } from './chart.ts';

/** Price bases of Yahoo. */
export type YahooPriceBasis = Extract<PriceBasis, 'traded' | 'split-adjusted'>;

interface YahooRowsOptions {
  readonly master: SymbolMaster;
  readonly file: string;
  readonly basis: YahooPriceBasis;
  /** The days that were asked for. */
  readonly range: DateRange;
}

type Row = Readonly<Record<string, unknown>>;

/** The bar of a day: open, high, low, close in yen, volume in shares. */
interface DailyValues {
  readonly day: number;
  readonly values: readonly number[];
  readonly row: Row;
}

/**
 * Returns the daily bars of a chart in columns. Five nulls are a day without a trade. A session after the requested
 * days, as the live one, is left out. Rows of another form are returned as malformed.
 *
 * Yahoo's prices are adjusted for splits and in single precision. Traded prices are computed from them by the splits up
 * to today, to a tenth of a yen.
 */
export function dailyRows(chart: YahooChart, { master, file, basis, range }: YahooRowsOptions): SourceRows {
  const bars: DailyValues[] = [];
  const malformed: MalformedRow[] = [];
  let rowsWithoutTrade = 0;
  const splits = splitsIn(chart);
  for (const row of rowsOf(chart)) {
    const read = readRow(row, range);
    if (read === 'later') continue;
    if (read === 'no trade') rowsWithoutTrade += 1;
    else if ('values' in read) bars.push(basis === 'traded' ? asTraded(read, splits) : read);
    else malformed.push(read);
  }
  const column = (index: number) => Float64Array.from(bars, ({ values }) => values[index]!);
  return {
    master,
    interval: '1d',
    file,
    priceBasis: basis,
    times: Float64Array.from(bars, ({ day }) => day),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    // A reply has no lines; the number of the day stands for them, so that a row is the same one whenever it comes.
    lines: Int32Array.from(bars, ({ day }) => day),
    rowText: (index) => textOfRow(bars[index]!.row),
    malformed,
    rowsWithoutTrade,
    factors: factorsIn(chart),
  };
}

function* rowsOf({ timestamps, columns }: YahooChart): Iterable<Row> {
  for (const [index, timestamp] of timestamps.entries()) {
    yield { timestamp, ...Object.fromEntries(chartColumns.map((name) => [name, columns[name][index]])) };
  }
}

function readRow(row: Row, { from, to }: DateRange): DailyValues | MalformedRow | 'no trade' | 'later' {
  const { timestamp } = row;
  const date = typeof timestamp === 'number' && Number.isSafeInteger(timestamp) ? japanDate(1000 * timestamp) : '';
  if (!isTradeDate(date)) {
    return malformed(row, '', 'date-invalid', `timestamp: expected seconds since 1970, got ${shown(timestamp)}`);
  }
  if (date > to) return 'later';
  if (date < from) {
    return malformed(row, date, 'date-out-of-range', `timestamp: asked for ${from} to ${to}, got ${date}`);
  }
  const found = chartColumns.map((name) => row[name] ?? null);
  if (found.every((value) => value === null)) return 'no trade';
  const wrong = found.findIndex((value) => typeof value !== 'number');
  if (wrong < 0) return { day: dayNumber(date), values: found as number[], row };
  const reason = found[wrong] === null ? 'fields-missing' : 'not-a-number';
  return malformed(row, date, reason, `${chartColumns[wrong]}: expected a number, got ${shown(found[wrong])}`);
}

function malformed(row: Row, date: string, reason: MalformedRow['reason'], message: string): MalformedRow {
  return { line: isTradeDate(date) ? dayNumber(date) : 0, date, reason, message, row: textOfRow(row) };
}

function asTraded({ day, values, row }: DailyValues, splits: ReturnType<typeof splitsIn>): DailyValues {
  const later = laterSplits(splits, japanDate(1000 * Number(row.timestamp)));
  const [volume = 0, ...prices] = values.toReversed();
  const traded = prices.toReversed().map((price) => Math.round((10 * price) / later) / 10);
  return { day, row, values: [...traded, Math.round(volume * later)] };
}
