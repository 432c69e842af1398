import type { PriceBasis } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { instantOf, isTradeDate, japanDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { BarProvider, BarSource, MalformedRow, SourceList, SourceRows, SymbolMaster } from '../../provider.ts';
import { masterOf } from '../../symbols/symbol-table.ts';
import { type DailyValues, dailyColumns, malformedRow, readDailyValues, shown } from '../network/daily-values.ts';
import {
  type AskedDays,
  type DateRange,
  earlier,
  inUse,
  type Missing,
  missingOf,
  type StoredSymbol,
} from '../network/missing-bars.ts';
import { chartColumns, factorsIn, laterSplits, splitsIn, type YahooChart } from './chart.ts';
import type { YahooClient } from './client.ts';

export interface YahooProviderOptions extends AskedDays {
  readonly client: YahooClient;
  readonly symbols: readonly SymbolCode[];
  readonly priceBasis: YahooPriceBasis;
  readonly stored: (symbol: SymbolCode) => Promise<StoredSymbol | undefined>;
}

const unofficial =
  'Yahoo Finance is an unofficial source: it promises neither its bars nor that it answers, and whether you may use ' +
  'them is for you to know';

/**
 * Daily bars of the chart of Yahoo Finance, with splits and dividends as dated factors. Asks for what is not stored, a
 * request a symbol, always up to now: only then is every split known. A split among new adjusted prices has the whole
 * history of the symbol asked for again.
 */
export class YahooProvider implements BarProvider {
  readonly name = 'yahoo';
  readonly synthetic = false;
  readonly incremental = true;
  readonly #options: YahooProviderOptions;
  #missing: ReadonlyMap<SymbolCode, Missing> = new Map();

  constructor(options: YahooProviderOptions) {
    this.#options = options;
  }

  /** Asks nothing of Yahoo, which has no list of symbols. */
  async list(): Promise<SourceList> {
    const missing = new Map<SymbolCode, Missing>();
    for (const symbol of this.#options.symbols) {
      const found = missingOf(symbol, await this.#options.stored(symbol), this.#options);
      if (found !== undefined) missing.set(symbol, found);
    }
    this.#missing = missing;
    const sources = [...missing.keys()].map((symbol) => ({ symbol, interval: '1d' as const, file: `yahoo/${symbol}` }));
    return { sources, skipped: [], notes: [unofficial] };
  }

  watch(onActivity: (message: string) => void): void {
    this.#options.client.requests.watch(onActivity);
  }

  /** @throws DayTradeError as `YahooClient.chart` */
  async read({ symbol, file }: BarSource, signal?: AbortSignal): Promise<SourceRows> {
    const missing = this.#missing.get(symbol);
    if (missing === undefined) {
      throw new DayTradeError('data.file-unreadable', `${file}: the provider did not list this symbol`);
    }
    const { priceBasis: basis, range, stored } = this.#options;
    let asked = { from: missing.ranges[0]!.from, to: range.to };
    let chart = await this.#chartFrom(symbol, asked.from, signal);
    if (basis === 'split-adjusted' && missing.storedFrom !== undefined && splitsIn(chart).length > 0) {
      asked = { from: earlier(missing.storedFrom, range.from), to: range.to };
      chart = await this.#chartFrom(symbol, asked.from, signal);
    }
    // Stored master data first: another provider or a file knows the Japanese name and the groups.
    const known = inUse(await stored(symbol)) ?? { name: chart.names[0] ?? symbol };
    const master = masterOf(symbol, known);
    return dailyRows(chart, { master, file, basis, range: asked });
  }

  /** From a day up to now; days in between that are stored come again. */
  async #chartFrom(symbol: SymbolCode, day: TradeDate, signal?: AbortSignal): Promise<YahooChart> {
    const { client } = this.#options;
    const from = Math.floor(instantOf(day, '00:00') / 1000);
    return await client.chart(symbol, { from, to: Math.ceil(client.requests.now() / 1000) }, signal);
  }
}

type YahooPriceBasis = Extract<PriceBasis, 'traded' | 'split-adjusted'>;

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
function dailyRows(chart: YahooChart, { master, file, basis, range }: YahooRowsOptions): SourceRows {
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
