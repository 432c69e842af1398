import type { Accuracy } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import { isInside, isLate, readCloses } from './judge.ts';

/** Published sessions that the live figure looks back over. */
export const liveSessions = 250;

/** A published interval whose close is known. */
export interface JudgedInterval {
  readonly session: TradeDate;
  readonly inside: boolean;
}

/**
 * Every judged interval that stood when its session opened, of the newest published sessions of one universe, oldest
 * first. What was made later is left out: its maker could know how the session began.
 */
export async function judgedIntervals(stores: Stores, synthetic: boolean): Promise<readonly JudgedInterval[]> {
  const published = await stores.predictions.newestSessions(liveSessions, synthetic);
  const live = published.filter((interval) => !isLate(interval));
  const closes = await readCloses(stores, live);
  return live.flatMap((interval) => {
    const close = closes(interval);
    return close === undefined ? [] : [{ session: interval.session, inside: isInside(interval, close) }];
  });
}

/** How many of them held. */
export function liveAccuracy(judged: readonly JudgedInterval[]): Accuracy['live'] {
  const inside = judged.filter((outcome) => outcome.inside).length;
  return {
    judged: judged.length,
    inside,
    coverage: judged.length === 0 ? null : inside / judged.length,
    firstSession: judged[0]?.session ?? null,
    lastSession: judged.at(-1)?.session ?? null,
  };
}
