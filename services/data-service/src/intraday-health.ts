import type { SymbolHealth } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, japanDay, sessionsBetween } from '@daytrade/market';
import { missingBars } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** The 5-minute bars of a symbol, and the fault of their files. */
export interface IntradayHealth {
  readonly intraday: SymbolHealth['intraday'];
  readonly damage: string | undefined;
}

const barMilliseconds = 300_000;

/**
 * Returns the 5-minute bars of symbols and the sessions without any.
 *
 * @param daily daily bars of each symbol; other days had no trade
 */
export async function intradayHealth(
  daily: readonly { readonly columns: { readonly days: Int32Array } }[],
  records: readonly { readonly symbol: string }[],
  bars: DataServiceDependencies['stores']['bars'],
): Promise<readonly IntradayHealth[]> {
  const withBars = new Set(await bars.symbols('5m'));
  try {
    const columns = await bars.readManyIntraday(records.map(({ symbol }) => symbol));
    return columns.map(({ times }, index) => {
      const intraday = times.length === 0 ? null : healthOf(times, daily[index]!.columns.days);
      return { intraday, damage: undefined };
    });
  } catch (error) {
    if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
    return records.map(({ symbol }) => ({
      intraday: null,
      damage: withBars.has(symbol) ? error.message : undefined,
    }));
  }
}

function healthOf(times: Float64Array, traded: Int32Array): SymbolHealth['intraday'] {
  const days = Int32Array.from(new Set(Array.from(times, japanDay)));
  const [firstDate, lastDate] = [dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!)];
  const known = new Set(traded);
  const withoutTrade = sessionsBetween(firstDate, lastDate).filter((session) => !known.has(dayNumber(session)));
  const { gaps, missing } = missingBars(days, new Set(withoutTrade));
  return {
    bars: times.length,
    sessions: days.length,
    firstDate,
    lastBar: new Date(times.at(-1)! + barMilliseconds).toISOString(),
    gaps: [...gaps],
    missingSessions: missing,
  };
}
