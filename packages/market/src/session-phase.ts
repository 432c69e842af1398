import { countSessions, isSession, previousSession } from './calendar.ts';
import { instantOf, japanDate, japanTime } from './japan-time.ts';
import { sessionTimes } from './session-times.ts';
import { dayNumber, type TradeDate } from './trade-date.ts';

/** State of the exchange at an instant; 'closed' lasts all day without a session. */
type MarketPhase = 'closed' | 'before-open' | 'morning' | 'lunch' | 'afternoon' | 'pre-closing' | 'after-close';

interface PhaseAt {
  readonly phase: MarketPhase;
  /** The day in Japan. */
  readonly date: TradeDate;
  /** The day when it is a session, else null. */
  readonly session: TradeDate | null;
}

/**
 * The phase of the exchange at an instant (milliseconds since 1970-01-01 UTC). A phase holds its first instant and not
 * its last: 09:00:00 is 'morning', 11:30:00 'lunch', 15:30:00 'after-close'.
 *
 * @throws DayTradeError `market.date-out-of-range` when the day in Japan is outside the calendar
 */
export function phaseAt(instantMs: number): PhaseAt {
  const date = japanDate(instantMs);
  if (!isSession(date)) return { phase: 'closed', date, session: null };
  return { phase: phaseOfSession(date, japanTime(instantMs).slice(0, 5)), date, session: date };
}

/** @param time 'HH:MM' in Japan */
function phaseOfSession(date: TradeDate, time: string): MarketPhase {
  const times = sessionTimes(date);
  if (time < times.morningOpen) return 'before-open';
  if (time < times.morningClose) return 'morning';
  if (time < times.afternoonOpen) return 'lunch';
  if (time < times.continuousClose) return 'afternoon';
  if (time < times.close) return 'pre-closing';
  return 'after-close';
}

/**
 * The newest session whose close is past (or now) at the instant: the newest one that can have a finished daily bar.
 */
export function lastClosedSession(instantMs: number): TradeDate {
  const date = japanDate(instantMs);
  if (isSession(date) && instantOf(date, sessionTimes(date).close) <= instantMs) return date;
  return previousSession(date);
}

/** The instant at which a session opens, milliseconds since 1970-01-01 UTC. */
export function sessionOpen(session: TradeDate): number {
  return instantOf(session, sessionTimes(session).morningOpen);
}

/** Returns true once a session has opened. */
export function hasBegun(session: TradeDate, instantMs: number): boolean {
  return sessionOpen(session) <= instantMs;
}

/** Age of the newest bar against the newest session that has finished. */
interface BarsAge {
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
