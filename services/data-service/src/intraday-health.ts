import type { SymbolHealth } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, japanDay, sessionsBetween } from '@daytrade/market';
import { missingBars } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** The 5-minute bars of a symbol, and what is wrong with their file where something is. */
export interface IntradayHealth {
  readonly intraday: SymbolHealth['intraday'];
  readonly damage: string | undefined;
}

const barMilliseconds = 300_000;

/**
 * Returns the 5-minute bars of a symbol and the sessions without any.
 *
 * @param traded days of its daily bars; other days had no trade
 */
export async function intradayHealth(
  symbol: string,
  traded: Iterable<number>,
  bars: DataServiceDependencies['stores']['bars'],
): Promise<IntradayHealth> {
  try {
    const { times } = await bars.readIntraday(symbol);
    if (times.length === 0) return { intraday: null, damage: undefined };
    const days = Int32Array.from(new Set(Array.from(times, japanDay)));
    const [firstDate, lastDate] = [dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!)];
    const known = new Set(traded);
    const withoutTrade = sessionsBetween(firstDate, lastDate).filter((session) => !known.has(dayNumber(session)));
    const { gaps, missing } = missingBars(days, new Set(withoutTrade));
    const intraday = {
      bars: times.length,
      sessions: days.length,
      firstDate,
      lastBar: new Date(times.at(-1)! + barMilliseconds).toISOString(),
      gaps: [...gaps],
      missingSessions: missing,
    };
    return { intraday, damage: undefined };
  } catch (error) {
    if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
    return { intraday: null, damage: error.message };
  }
}
