import { type BarInterval, barFileTypes, type PartOf, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, japanDate, japanTime } from '@daytrade/market';
import { barFileText } from '@daytrade/market-data';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { addFileRoute, addRoute, type Service } from '@daytrade/service';
import { barsDamaged, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';

export function addBarRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addRoute(service, routes.bars, async ({ params, query }) => {
    const { interval, ...range } = query;
    const record = await knownSymbol(params.symbol, stores);
    const { symbol, name, priceBasis, synthetic } = record;
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

type Stores = DataServiceDependencies['stores'];
type FileRange = Pick<PartOf<typeof routes.barFile, 'query'>, 'from' | 'to'>;

export function addBarFileRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addFileRoute(service, routes.barFile, async ({ params, query }) => {
    const { format, interval, ...range } = query;
    const record = await knownSymbol(params.symbol, stores);
    const { symbol, priceBasis } = record;
    const stored = await barsOf(record, interval, range, stores);
    return {
      contentType: format === 'csv' ? `${barFileTypes.csv}; charset=utf-8` : barFileTypes.parquet,
      fileName: `${symbol}.${format}`,
      content:
        format === 'csv'
          ? barFileText(stored, { priceBasis, origins: stored.origins })
          : [await stores.bars.parquetFile(symbol, interval, range, { price_basis: priceBasis })],
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
  throw new DayTradeError('data.no-bars', `${label} has no bars of interval ${interval}${days}`);
}
