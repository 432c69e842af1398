import type { LiveAccuracy } from '@daytrade/contracts';
import { countSessions, isOver, type TradeDate } from '@daytrade/market';
import type { PublishedInterval, Stores } from '@daytrade/storage';
import { isInside, isLate, type JudgedClose, readCloses, widthBp } from './judge.ts';

export const liveSessions = 250;

/** A published interval with its outcome. */
export interface LiveInterval {
  readonly session: TradeDate;
  /** Null while there is no close. */
  readonly inside: boolean | null;
  /** True if its close was restated after the judgement. */
  readonly restated: boolean;
  readonly widthBp: number;
}

/**
 * Returns the intervals published before their sessions opened, of the newest sessions of one universe, oldest first.
 * Later ones are left out: they may know how the session began.
 */
export async function liveIntervals(stores: Stores, synthetic: boolean, now: number): Promise<readonly LiveInterval[]> {
  const published = await stores.predictions.newestSessions(liveSessions, synthetic);
  const live = published.filter((interval) => !isLate(interval));
  const closes = await readCloses(stores, live, now);
  return live.map((interval) => liveInterval(interval, closes(interval)));
}

export function liveInterval(
  interval: Pick<PublishedInterval, 'session' | 'lower' | 'upper'>,
  judged: JudgedClose | undefined,
): LiveInterval {
  return {
    session: interval.session,
    inside: judged === undefined ? null : isInside(interval, judged.close),
    restated: judged?.restated !== undefined,
    widthBp: widthBp(interval),
  };
}

/** Returns whether the close of an interval is known. */
export function isJudged(interval: LiveInterval): interval is LiveInterval & { readonly inside: boolean } {
  return interval.inside !== null;
}

/**
 * Counts the outcomes of intervals.
 *
 * @param intervals published in time, oldest first
 */
export function liveAccuracy(intervals: readonly LiveInterval[], now: number): LiveAccuracy {
  const judged = intervals.filter(isJudged);
  const inside = judged.filter((outcome) => outcome.inside).length;
  const sessions = [...new Set(intervals.map(({ session }) => session))];
  const [first, last] = [sessions[0], sessions.at(-1)];
  return {
    judged: judged.length,
    inside,
    coverage: judged.length === 0 ? null : inside / judged.length,
    firstSession: judged[0]?.session ?? null,
    lastSession: judged.at(-1)?.session ?? null,
    unjudged: intervals.filter((interval) => !isJudged(interval) && isOver(interval.session, now)).length,
    missing: first === undefined || last === undefined ? 0 : countSessions(first, last) - sessions.length,
    restated: judged.filter(({ restated }) => restated).length,
  };
}
