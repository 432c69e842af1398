import { countSessions } from './calendar.ts';
import { lastClosedSession } from './session-phase.ts';
import { dayNumber, type TradeDate } from './trade-date.ts';

/** Age of the newest bar against the newest session that has finished. */
export interface BarsAge {
  /** The day of the newest bar. */
  readonly newest: TradeDate;
  /** The newest session whose close is past: the newest one that a daily bar can be of. */
  readonly lastFinishedSession: TradeDate;
  /** Finished sessions without a bar; 0 is up to date. */
  readonly sessionsBehind: number;
  /** Calendar days from the newest bar to the last finished session. */
  readonly daysBehind: number;
}

/**
 * The age of bars that end on a day. It changes only when a session closes.
 *
 * @param now milliseconds since 1970-01-01 UTC
 * @throws DayTradeError `market.date-out-of-range`
 *
 * @example barsAge('2026-11-20', Date.parse('2026-11-25T07:00:00Z')) // …, sessionsBehind: 2, daysBehind: 5
 */
export function barsAge(newest: TradeDate, now: number): BarsAge {
  const lastFinishedSession = lastClosedSession(now);
  return {
    newest,
    lastFinishedSession,
    sessionsBehind: Math.max(0, countSessions(newest, lastFinishedSession) - countSessions(newest, newest)),
    daysBehind: Math.max(0, dayNumber(lastFinishedSession) - dayNumber(newest)),
  };
}

/** Returns true after the close of a session: a forecast for it is no longer live. */
export function isOver(session: TradeDate, now: number): boolean {
  return session <= lastClosedSession(now);
}
