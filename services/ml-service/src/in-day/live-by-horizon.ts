import type { HorizonAccuracy } from '@daytrade/contracts';
import { type Horizon, inDayHorizons } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import { type JudgedInterval, judgedInterval, liveAccuracy } from '../predictions/judged-interval.ts';
import { isLateInDay, readInDayCloses } from './judge-in-day.ts';

/** Newest sessions that are looked back over: with 500 symbols a session has 11,500 forecasts. */
const inDaySessions = 20;

/**
 * What the forecasts did that were published in time, by the time of the day, beside the intervals of the evening
 * before for the same sessions; empty while nothing was published within a day.
 *
 * @param evening judged intervals for the next close, of whatever sessions
 */
export async function liveByHorizon(
  stores: Stores,
  evening: readonly JudgedInterval[],
  synthetic: boolean,
): Promise<HorizonAccuracy[]> {
  const published = await stores.inDayPredictions.newestSessions(inDaySessions, synthetic);
  const [first] = published;
  if (first === undefined) return [];
  const inTime = published.filter((forecast) => !isLateInDay(forecast));
  const closes = await readInDayCloses(stores, inTime);
  const judged = Map.groupBy(inTime, ({ horizon }) => horizon);
  return [
    accuracyOf(
      'next-close',
      evening.filter(({ session }) => session >= first.session),
    ),
    ...inDayHorizons.flatMap((horizon) => {
      const forecasts = judged.get(horizon) ?? [];
      const outcomes = forecasts.flatMap((forecast) => {
        const close = closes(forecast);
        return close === undefined ? [] : [judgedInterval(forecast, close)];
      });
      return forecasts.length === 0 ? [] : [accuracyOf(horizon, outcomes)];
    }),
  ];
}

function accuracyOf(horizon: Horizon, outcomes: readonly JudgedInterval[]): HorizonAccuracy {
  const width = outcomes.reduce((sum, { widthBp }) => sum + widthBp, 0);
  return {
    horizon,
    ...liveAccuracy(outcomes),
    meanWidthBp: outcomes.length === 0 ? null : width / outcomes.length,
  };
}
