import type { DailyReport, ReportedHorizon } from '@daytrade/contracts';
import { barsAge, type TradeDate } from '@daytrade/market';
import { newestBar, type Stores, type SymbolRecord } from '@daytrade/storage';
import { isLateInDay, readInDayCloses } from '../in-day/judge-in-day.ts';
import { meanOf, widthBp } from '../predictions/judge.ts';
import { liveAccuracy, liveInterval } from '../predictions/judged-interval.ts';

/**
 * Returns the symbols without a bar of the session, and the age of the newest bar.
 *
 * @param now milliseconds since 1970 UTC
 */
export function qualityOfSession(
  records: readonly SymbolRecord[],
  session: TradeDate,
  now: number,
): DailyReport['quality'] {
  const newest = newestBar(records);
  return {
    symbols: records.length,
    stale: records
      .filter(({ lastDate }) => lastDate < session)
      .map(({ symbol, name, lastDate }) => ({ symbol, name, lastDate })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}

/**
 * Returns the outcomes of forecasts within a session by horizon; late ones do not count.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function horizonsOfSession(
  stores: Stores,
  session: TradeDate,
  synthetic: boolean,
  now: number,
): Promise<ReportedHorizon[]> {
  const horizons = await stores.inDayPredictions.ofSession(session, synthetic);
  const published = await Promise.all(
    horizons.map(async (horizon) => await stores.inDayPredictions.ofHorizon({ session, horizon }, synthetic)),
  );
  const closes = await readInDayCloses(stores, published.flat(), now);
  return horizons.map((horizon, i) => {
    const forecasts = published[i]!;
    const inTime = forecasts.filter((forecast) => !isLateInDay(forecast));
    const intervals = inTime.map((forecast) => liveInterval(forecast, closes(forecast)));
    const { judged, inside, coverage } = liveAccuracy(intervals, now);
    return {
      horizon,
      published: forecasts.length,
      late: forecasts.length - inTime.length,
      judged,
      inside,
      coverage,
      meanWidthBp: meanOf(inTime.map(widthBp)),
    };
  });
}
