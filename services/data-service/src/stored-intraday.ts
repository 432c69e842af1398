import { isDayTradeError } from '@daytrade/errors';
import type { StoredIntraday } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Which 5-minute bars the store has. Of a damaged file none: all are fetched again, and take its place. */
export function storedIntraday(bars: DataServiceDependencies['stores']['bars']): StoredIntraday {
  return async (symbol, range) => {
    try {
      return (await bars.readIntraday(symbol, range)).times;
    } catch (error) {
      if (isDayTradeError(error) && error.code === 'data.bars-damaged') return [];
      throw error;
    }
  };
}
