import { isSession, nextSession } from './calendar.ts';
import { instantOf } from './japan-time.ts';
import { sessionTimes } from './session-times.ts';
import { addDays, type TradeDate } from './trade-date.ts';

/**
 * The first session whose close knows an announcement of a company: that of its day where it came before the close,
 * else the next. Where the time is not known it is taken for one after the close, as most are.
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
