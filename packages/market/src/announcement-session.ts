import { isSession, nextSession } from './calendar.ts';
import { sessionTimes } from './session-times.ts';
import type { TradeDate } from './trade-date.ts';

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
