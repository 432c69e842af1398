import type { InDayPrediction } from '@daytrade/contracts';
import { lateFrom } from '@daytrade/market';
import type { PublishedInDay, Stores } from '@daytrade/storage';
import { isInside, type JudgedClose, readCloses } from '../predictions/judge.ts';

/** Returns true when a forecast was made too late for its time of the day. */
export function isLateInDay({ session, horizon, madeAt }: PublishedInDay): boolean {
  return Date.parse(madeAt) >= lateFrom(session, horizon);
}

/**
 * Puts what happened beside published forecasts; the bars of all symbols are read at once. A centre is shown beside a
 * close, as of the evening's predictions, since skill in the direction of the rest of a day is not measured.
 */
export async function judgeInDay(
  stores: Stores,
  published: readonly PublishedInDay[],
  now: number,
): Promise<readonly InDayPrediction[]> {
  const closes = await readInDayCloses(stores, published, now);
  return published.map((prediction) => {
    const close = closes(prediction)?.close ?? null;
    const inside = close === null ? null : isInside(prediction, close);
    return {
      ...prediction,
      centre: close === null ? null : prediction.centre,
      late: isLateInDay(prediction),
      close,
      inside,
    };
  });
}

/** Looks up the closes of the sessions in the prices of the forecasts, undefined until there is one. */
export async function readInDayCloses(
  stores: Stores,
  wanted: readonly PublishedInDay[],
  now: number,
): Promise<(at: PublishedInDay) => JudgedClose | undefined> {
  const closes = await readCloses(stores, wanted.map(anchoredInEvening), now);
  return (at) => closes(anchoredInEvening(at));
}

/** As a forecast of the evening before, which is anchored at the same close. */
function anchoredInEvening({ symbol, session, previousSession, previousClose, priceBasis }: PublishedInDay) {
  return { symbol, session, lastSession: previousSession, lastClose: previousClose, priceBasis };
}
