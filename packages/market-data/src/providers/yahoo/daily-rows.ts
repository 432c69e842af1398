import type { PriceBasis } from '@daytrade/contracts';
import { isTradeDate, japanDate } from '@daytrade/market';
import type { MalformedRow, SourceRows, SymbolMaster } from '../../provider.ts';
import { type DailyValues, dailyColumns, malformedRow, readDailyValues, shown } from '../network/daily-values.ts';
import type { DateRange } from '../network/missing-bars.ts';
import { chartColumns, factorsIn, laterSplits, splitsIn, type YahooChart } from './chart.ts';

/** Price bases of Yahoo. */
export type YahooPriceBasis = Extract<PriceBasis, 'traded' | 'split-adjusted'>;

interface YahooRowsOptions {
  readonly master: SymbolMaster;
  readonly file: string;
  readonly basis: YahooPriceBasis;
  readonly range: DateRange;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Returns the daily bars of a chart in columns. Five nulls are a day without a trade. A session after the requested
 * days, as the live one, is left out. Rows of another form are returned as malformed.
 *
 * Yahoo's prices are adjusted for splits and in single precision. Traded prices are computed from them by the splits up
 * to today, to a tenth of a yen.
 */
export function dailyRows(chart: YahooChart, { master, file, basis, range }: YahooRowsOptions): SourceRows {
  const splits = splitsIn(chart);
  const read = Array.from(rowsOf(chart), (row) => readRow(row, range)).filter((row) => row !== 'later');
  const traded = (row: (typeof read)[number]) =>
    basis === 'traded' && typeof row === 'object' && 'values' in row ? asTraded(row, splits) : row;
  return {
    master,
    interval: '1d',
    file,
    priceBasis: basis,
    ...dailyColumns(read.map(traded)),
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
    return malformedRow(row, '', 'date-invalid', `timestamp: expected seconds since 1970, got ${shown(timestamp)}`);
  }
  if (date > to) return 'later';
  if (date < from) {
    return malformedRow(row, date, 'date-out-of-range', `timestamp: asked for ${from} to ${to}, got ${date}`);
  }
  return readDailyValues(
    row,
    date,
    chartColumns,
    chartColumns.map((name) => row[name] ?? null),
  );
}

function asTraded({ day, values, row }: DailyValues, splits: ReturnType<typeof splitsIn>): DailyValues {
  const later = laterSplits(splits, japanDate(1000 * Number(row.timestamp)));
  const [volume = 0, ...prices] = values.toReversed();
  const traded = prices.toReversed().map((price) => Math.round((10 * price) / later) / 10);
  return { day, row, values: [...traded, Math.round(volume * later)] };
}
