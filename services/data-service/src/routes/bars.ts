import { routes } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate, japanTime } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { addRoute, type Service } from '@daytrade/service-kit';
import { barsDamaged } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';

/** The bars of one symbol. */
export function addBarRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addRoute(service, routes.bars, async ({ params, query }) => {
    const { interval, ...range } = query;
    const { symbol, name, priceBasis, synthetic, bars: stored } = await knownSymbol(params.symbol, stores);
    const bars =
      interval === '1d'
        ? dailyBars(await stores.bars.read(symbol, range))
        : intradayBars(await stores.bars.readIntraday(symbol, range));
    if (interval === '1d' && stored > 0 && bars.length === 0) {
      const damaged = await stores.bars.damaged([symbol]);
      if (damaged.length > 0) throw barsDamaged(damaged);
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
