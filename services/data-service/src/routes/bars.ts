import {
  type BarInterval,
  barFileTypes,
  type PartOf,
  type PriceBasis,
  type PriceFactor,
  routes,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, japanDate, japanTime, type TradeDate } from '@daytrade/market';
import { barFileText } from '@daytrade/market-data';
import { type BarColumns, type IntradayColumns, type PriceChange, pricesAsOf } from '@daytrade/series';
import { addFileRoute, addRoute, type Service } from '@daytrade/service';
import { barsDamaged, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';

/** The bars of one symbol. */
export function addBarRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addRoute(service, routes.bars, async ({ params, query }) => {
    const { interval, adjustedTo, ...range } = query;
    const record = await knownSymbol(params.symbol, stores);
    const { symbol, name, priceBasis, synthetic } = record;
    if (adjustedTo !== undefined) {
      const adjusted = await adjustedBars(record, adjustedTo, stores);
      const bars = dailyBars(adjusted.columns).filter(({ date }) => isWithin(date, range));
      return { symbol, name, interval, priceBasis: adjusted.priceBasis, synthetic, bars };
    }
    const bars =
      interval === '1d'
        ? dailyBars(await stores.bars.read(symbol, range))
        : intradayBars(await stores.bars.readIntraday(symbol, range));
    if (interval === '1d' && bars.length === 0) {
      const lost = await stores.bars.lost([record]);
      if (lost.length > 0) throw barsDamaged(lost);
    }
    return { symbol, name, interval, priceBasis, synthetic, bars };
  });
}

type Bar = { date: string; open: number; high: number; low: number; close: number; volume: number };

function dailyBars(columns: BarColumns): Bar[] {
  return Array.from(columns.days, (day, row) => barAt(columns, row, dateOfDayNumber(day)));
}

function intradayBars(columns: IntradayColumns): Bar[] {
  return Array.from(columns.times, (time, row) => barAt(columns, row, `${japanDate(time)}T${japanTime(time)}+09:00`));
}

function barAt(columns: Omit<BarColumns, 'days'>, row: number, date: string): Bar {
  const { open, high, low, close, volume } = columns;
  return { date, open: open[row]!, high: high[row]!, low: low[row]!, close: close[row]!, volume: volume[row]! };
}

/** Either end may be left out. */
interface DateRange {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

function isWithin(date: string, { from, to }: DateRange): boolean {
  return (from === undefined || date >= from) && (to === undefined || date <= to);
}

/** Bars with what their prices are. */
interface AdjustedBars {
  readonly columns: BarColumns;
  readonly priceBasis: PriceBasis;
}

/**
 * All daily bars of a symbol up to a day, adjusted as of it.
 *
 * @throws DayTradeError `input.invalid` where the stored prices are adjusted already
 */
async function adjustedBars(
  { symbol, priceBasis }: SymbolRecord,
  asOf: TradeDate,
  { bars, priceFactors }: Pick<DataServiceDependencies['stores'], 'bars' | 'priceFactors'>,
): Promise<AdjustedBars> {
  if (priceBasis !== 'traded') {
    throw new DayTradeError(
      'input.invalid',
      `adjustedTo: the stored prices of ${symbol} are ${priceBasis} already, up to the day of their ` +
        'last fetch; only traded prices can be adjusted as of a day',
      { details: { field: 'adjustedTo', value: asOf, priceBasis } },
    );
  }
  const factors = await priceFactors.of(symbol);
  const columns = pricesAsOf(await bars.read(symbol, { to: asOf }), factors.map(changeOf), dayNumber(asOf));
  const hasDividends = factors.some(({ kind }) => kind === 'dividend');
  return { columns, priceBasis: hasDividends ? 'fully-adjusted' : 'split-adjusted' };
}

function changeOf({ date, knownOn, kind, value }: PriceFactor): PriceChange {
  return { day: dayNumber(date), knownOn: dayNumber(knownOn), kind, value };
}

type Stores = DataServiceDependencies['stores'];
type FileRange = Pick<PartOf<typeof routes.barFile, 'query'>, 'from' | 'to'>;

/** The bars of one symbol as a file. */
export function addBarFileRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addFileRoute(service, routes.barFile, async ({ params, query }) => {
    const { format, interval, symbolColumn, ...range } = query;
    const record = await knownSymbol(params.symbol, stores);
    const { symbol, priceBasis } = record;
    const stored = await barsOf(record, interval, range, stores);
    const column = symbolColumn === 'true' ? { symbol } : {};
    const beside = { before: column, after: { price_basis: priceBasis } };
    return {
      contentType: format === 'csv' ? `${barFileTypes.csv}; charset=utf-8` : barFileTypes.parquet,
      fileName: `${symbol}.${format}`,
      content:
        format === 'csv'
          ? barFileText(stored, { priceBasis, ...column, origins: stored.origins })
          : [await stores.bars.parquetFile(symbol, interval, range, beside)],
    };
  });
}

/** @throws DayTradeError `data.bars-damaged`; `data.no-bars` when the range has none */
async function barsOf(record: SymbolRecord, interval: BarInterval, range: FileRange, { bars }: Stores) {
  const { symbol, name } = record;
  const stored = await bars.readWithOrigins(symbol, interval, range);
  if (stored.columns.close.length > 0) return stored;
  const lost = interval === '1d' ? await bars.lost([record]) : [];
  if (lost.length > 0) throw barsDamaged(lost);
  const { from, to } = range;
  const days = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`].join('');
  const label = name === symbol ? symbol : `${symbol} (${name})`;
  throw new DayTradeError('data.no-bars', `${label} has no bars of interval ${interval}${days}`, {
    details: { symbol, interval, from, to },
  });
}
