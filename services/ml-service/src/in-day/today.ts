import type { Today } from '@daytrade/contracts';
import { type InDayHorizon, phaseAt, previousSession, type TradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import { activeSymbols } from '../universe.ts';
import { judgeInDay } from './judge-in-day.ts';

/** The session of the day in Japan, or the last one before a day on which the exchange is closed. */
export function sessionOfDay(now: number): TradeDate {
  const { session, date } = phaseAt(now);
  return session ?? previousSession(date);
}

/**
 * The forecasts of the close of the day's session that stood, of one horizon.
 *
 * @param asked default: the newest that was published
 * @param now milliseconds since 1970 UTC
 */
export async function readToday(stores: Stores, asked: InDayHorizon | undefined, now: number): Promise<Today> {
  const { records, synthetic } = await activeSymbols(stores);
  const session = sessionOfDay(now);
  const horizons = await stores.inDayPredictions.ofSession(session, synthetic);
  const horizon = asked ?? horizons.at(-1) ?? null;
  const published = horizon === null ? [] : await stores.inDayPredictions.ofHorizon({ session, horizon }, synthetic);
  const predictions = await judgeInDay(stores, published);
  const forecast = new Set<string>(published.map(({ symbol }) => symbol));
  const withoutForecast = records
    .filter(({ symbol }) => !forecast.has(symbol))
    .map(({ symbol, name }) => ({ symbol, name, reason: 'not-published' as const }));
  return { session, horizon, horizons: [...horizons], predictions: [...predictions], withoutForecast };
}
