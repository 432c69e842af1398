import type { HorizonAccuracy } from '@daytrade/contracts';
import { type Horizon, inDayHorizons } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import { meanOf } from '../predictions/judge.ts';
import { isJudged, type LiveInterval, liveAccuracy, liveInterval } from '../predictions/judged-interval.ts';
import { isLateInDay, readInDayCloses } from './judge-in-day.ts';

/** Newest sessions that are looked back over: with 500 symbols a session has 11,500 forecasts. */
const inDaySessions = 20;

/**
 * Returns the live accuracy of forecasts published in time, by time of the day, with the evening's intervals for the
 * same sessions; empty without publications within a day.
 *
 * @param evening intervals for the next close, of whatever sessions
 * @param now milliseconds since 1970 UTC
 */
export async function liveByHorizon(
  stores: Stores,
  evening: readonly LiveInterval[],
  synthetic: boolean,
  now: number,
): Promise<HorizonAccuracy[]> {
  const published = await stores.inDayPredictions.newestSessions(inDaySessions, synthetic);
  const [first] = published;
  if (first === undefined) return [];
  const inTime = published.filter((forecast) => !isLateInDay(forecast));
  const closes = await readInDayCloses(stores, inTime, now);
  const byHorizon = Map.groupBy(inTime, ({ horizon }) => horizon);
  return [
    accuracyOf(
      'next-close',
      evening.filter(({ session }) => session >= first.session),
      now,
    ),
    ...inDayHorizons.flatMap((horizon) => {
      const intervals = (byHorizon.get(horizon) ?? []).map((forecast) => liveInterval(forecast, closes(forecast)));
      return intervals.length === 0 ? [] : [accuracyOf(horizon, intervals, now)];
    }),
  ];
}

function accuracyOf(horizon: Horizon, intervals: readonly LiveInterval[], now: number): HorizonAccuracy {
  const widths = intervals.filter(isJudged).map(({ widthBp }) => widthBp);
  return { horizon, ...liveAccuracy(intervals, now), meanWidthBp: meanOf(widths) };
}
