import type { LiveAccuracy } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { PublishedInterval, Stores } from '@daytrade/storage';
import { isInside, isLate, readCloses, widthBp } from './judge.ts';

/** Published sessions that the live figure looks back over. */
export const liveSessions = 250;

/** A published interval whose close is known. */
export interface JudgedInterval {
  readonly session: TradeDate;
  readonly inside: boolean;
  readonly widthBp: number;
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
    return close === undefined ? [] : [judgedInterval(interval, close)];
  });
}

/** An interval beside its close, in the prices that it was published in. */
export function judgedInterval(
  interval: Pick<PublishedInterval, 'session' | 'lower' | 'upper'>,
  close: number,
): JudgedInterval {
  return { session: interval.session, inside: isInside(interval, close), widthBp: widthBp(interval) };
}

/** How many of them held. */
export function liveAccuracy(judged: readonly JudgedInterval[]): LiveAccuracy {
  const inside = judged.filter((outcome) => outcome.inside).length;
  return {
    judged: judged.length,
    inside,
    coverage: judged.length === 0 ? null : inside / judged.length,
    firstSession: judged[0]?.session ?? null,
    lastSession: judged.at(-1)?.session ?? null,
  };
}
