import { isSession, nextSession } from './calendar.ts';
import { instantOf } from './japan-time.ts';
import { sessionTimes } from './session-times.ts';
import { addDays, dayNumber, parseTradeDate, type TradeDate } from './trade-date.ts';

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

/** Days after the end of a calendar quarter in which most companies announce its results. */
const season = { first: 24, last: 45 } as const;

/** Returns true for a day in an earnings season of the exchange. */
export function inEarningsSeason(date: TradeDate): boolean {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const quarter = String(month - ((month - 1) % 3)).padStart(2, '0');
  const begun = parseTradeDate(`${year}-${quarter}-01`);
  const since = dayNumber(date) - dayNumber(begun) + 1;
  return since >= season.first && since <= season.last;
}
