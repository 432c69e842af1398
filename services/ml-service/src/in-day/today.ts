import type { ReasonWithoutForecast, Today } from '@daytrade/contracts';
import { horizonTime, type InDayHorizon, phaseAt, previousSession, type TradeDate } from '@daytrade/market';
import { barMilliseconds } from '@daytrade/series';
import type { Stores, SymbolRecord } from '@daytrade/storage';
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
  const forecast = new Set<string>(published.map(({ symbol }) => symbol));
  const others = records.filter(({ symbol }) => !forecast.has(symbol));
  const isPublished = published.length > 0;
  return {
    session,
    horizon,
    horizons: [...horizons],
    predictions: [...(await judgeInDay(stores, published, now))],
    withoutForecast: await reasonsOf(stores, others, { session, horizon, isPublished }),
  };
}

/** Why symbols have no forecast, as far as their bars show it. */
async function reasonsOf(
  { bars }: Stores,
  records: readonly SymbolRecord[],
  of: { readonly session: TradeDate; readonly horizon: InDayHorizon | null; readonly isPublished: boolean },
): Promise<Today['withoutForecast']> {
  const { session, horizon, isPublished } = of;
  const needsBars = horizon !== 'close@08:30';
  const withBars = new Set(needsBars && records.length > 0 ? await bars.symbols('5m') : []);
  const reasonOf = async (symbol: string): Promise<ReasonWithoutForecast> => {
    if (needsBars && !withBars.has(symbol)) return 'needs-5-minute-bars';
    if (!needsBars || !isPublished || horizon === null) return 'not-published';
    const [first = Infinity] = (await bars.readIntraday(symbol, { from: session, to: session })).times;
    return first + barMilliseconds > horizonTime(session, horizon) ? 'no-trade-yet' : 'not-published';
  };
  const reasons: Today['withoutForecast'] = [];
  for (const { symbol, name } of records) reasons.push({ symbol, name, reason: await reasonOf(symbol) });
  return reasons;
}
