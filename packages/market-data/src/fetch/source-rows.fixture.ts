import { dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { barValues } from '@daytrade/series';
import type { BarProvider, BarSource, SourceList, SourceRows } from '../provider.ts';
import { masterOf } from '../symbols/symbol-table.ts';

/** Good daily rows of a price on the first sessions from a day on. */
export function sourceRows(code: string, more: Partial<SourceRows> = {}, count = 3, from = '2024-01-04'): SourceRows {
  const sessions = sessionsBetween(parseTradeDate(from), parseTradeDate('2024-12-30')).slice(0, count);
  const times = Float64Array.from(sessions, dayNumber);
  return {
    master: masterOf(parseSymbol(code), { name: `name of ${code}` }),
    interval: '1d',
    file: `${code}.csv`,
    priceBasis: 'traded',
    times,
    ...barValues((name) => times.map(() => (name === 'volume' ? 100 : 1_000))),
    lines: Int32Array.from(times.keys(), (row) => row + 2),
    rowText: (row) => `row ${row}`,
    malformed: [],
    rowsWithoutTrade: 0,
    ...more,
  };
}

/** A provider of sources that are read by a function each; its sources are named `7203.csv`, or `7203.csv 5m`. */
export function providerOf(
  reads: Readonly<Record<string, () => SourceRows>>,
  more: Partial<Omit<BarProvider, 'list'>> & Partial<Omit<SourceList, 'sources'>> = {},
): BarProvider {
  const { skipped = [], refused, notes, ...provider } = more;
  const sources = Object.keys(reads).map((file): BarSource => ({ symbol: parseSymbol(file.slice(0, 4)), file }));
  return {
    name: 'csv',
    synthetic: false,
    list: async () => ({ sources, skipped, refused, notes }),
    read: async ({ file }) => reads[file]!(),
    ...provider,
  };
}
