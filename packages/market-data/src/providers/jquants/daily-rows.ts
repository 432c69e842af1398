import type { PriceBasis, PriceFactor } from '@daytrade/contracts';
import { isTradeDate } from '@daytrade/market';
import type { MalformedRow, SourceRows, SymbolMaster } from '../../provider.ts';
import { type DailyValues, dailyColumns, malformedRow, readDailyValues, shown } from '../network/daily-values.ts';
import type { DateRange } from '../network/missing-bars.ts';
import type { JQuantsRow } from './client.ts';

/** Price bases of J-Quants. Prices are never adjusted for dividends. */
export type JQuantsPriceBasis = Extract<PriceBasis, 'traded' | 'split-adjusted'>;

/** Names of open, high, low, close and volume on the wire. */
const columnsOf = {
  traded: ['O', 'H', 'L', 'C', 'Vo'],
  'split-adjusted': ['AdjO', 'AdjH', 'AdjL', 'AdjC', 'AdjVo'],
} as const satisfies Record<JQuantsPriceBasis, readonly string[]>;

/**
 * Returns rows of `/equities/bars/daily` of one symbol in columns. Five nulls are a day without a trade. Rows of
 * another form are returned as malformed.
 */
export function dailyRows(rows: readonly JQuantsRow[], { master, file, basis, range }: DailyRowsOptions): SourceRows {
  const columns = dailyColumns(rows.map((row) => readRow(row, columnsOf[basis], range)));
  return {
    master,
    interval: '1d',
    file,
    priceBasis: basis,
    ...columns,
    // Shares that were adjusted for a split may come as a fraction.
    volume: columns.volume.map((shares) => (basis === 'traded' ? shares : Math.round(shares))),
    factors: splitFactors(rows),
  };
}

interface DailyRowsOptions {
  readonly master: SymbolMaster;
  readonly file: string;
  readonly basis: JQuantsPriceBasis;
  readonly range: DateRange;
}

/**
 * Returns true where a split or reverse split falls among the rows: it changes all earlier adjusted prices. A value
 * that is not a number counts as a split, since asking once too often costs one request.
 */
export function hasSplit(rows: readonly JQuantsRow[]): boolean {
  return rows.some(({ AdjFactor: factor }) => factor !== undefined && factor !== null && factor !== 1);
}

function readRow(
  row: JQuantsRow,
  columns: readonly string[],
  { from, to }: DateRange,
): DailyValues | MalformedRow | 'no trade' {
  const date = row.Date;
  if (typeof date !== 'string' || !isTradeDate(date)) {
    const text = typeof date === 'string' ? date.slice(0, 40) : '';
    return malformedRow(row, text, 'date-invalid', `Date: expected YYYY-MM-DD, got ${shown(date)}`);
  }
  if (date < from || date > to) {
    return malformedRow(row, date, 'date-out-of-range', `Date: asked for ${from} to ${to}, got ${date}`);
  }
  return readDailyValues(
    row,
    date,
    columns,
    columns.map((name) => row[name]),
  );
}

/**
 * The splits and reverse splits among the rows of one symbol. The factor stands in the row of the ex-day, also where
 * nothing was traded, and is known then at the latest.
 */
function splitFactors(rows: readonly JQuantsRow[]): readonly PriceFactor[] {
  return rows.flatMap(({ Date: date, AdjFactor: value }) => {
    if (typeof date !== 'string' || !isTradeDate(date) || !isFactor(value)) return [];
    return [{ date, kind: 'split' as const, value, knownOn: date, source: 'jquants' }];
  });
}

function isFactor(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value !== 1;
}
