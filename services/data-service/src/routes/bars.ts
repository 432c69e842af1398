import { routes } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate, japanTime, type TradeDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { addRoute, type Service } from '@daytrade/service';
import { barsDamaged } from '@daytrade/storage';
import { adjustedBars } from '../adjusted-bars.ts';
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
