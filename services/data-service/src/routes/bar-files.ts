import { type BarInterval, barFileTypes, type PartOf, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { barFileText } from '@daytrade/market-data';
import { addFileRoute, type Service } from '@daytrade/service';
import { barsDamaged, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';

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
