import { isSession, nextSession } from './calendar.ts';
import { instantOf } from './japan-time.ts';
import { sessionTimes } from './session-times.ts';
import { addDays, type TradeDate } from './trade-date.ts';

/**
 * Returns the session whose close first reflects an announcement. Without a time it counts as made after the
 * close, as most are.
 *
 * @param time in Japan, as `15:30`; null where it is not known
 */
export function sessionMovedBy(date: TradeDate, time: string | null): TradeDate {
  const isBeforeClose = time !== null && isSession(date) && time < sessionTimes(date).close;
  return isBeforeClose ? date : nextSession(date);
}

/**
 * Returns the instant (ms UTC) from which an announcement is public: its time, or the end of its day in Japan.
 *
 * @param time in Japan, as `15:30`; null where it is not known
 */
export function announcedAt(date: TradeDate, time: string | null): number {
  return time === null ? instantOf(addDays(date, 1), '00:00') : instantOf(date, time);
}
