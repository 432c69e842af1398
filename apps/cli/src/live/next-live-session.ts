import {
  instantOf,
  isSession,
  japanDate,
  nextSession,
  sessionOpen,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';

const lastStart = 60_000;

/**
 * The session that a live session is of which is begun now: today's before its open, or while it lasts where it has
 * begun already; else the next one.
 */
export function nextLiveSession(now: number, hasBegun: (session: TradeDate) => boolean): TradeDate {
  const today = japanDate(now);
  if (!isSession(today)) return nextSession(today);
  if (now < sessionOpen(today) - lastStart) return today;
  const isOver = now >= instantOf(today, sessionTimes(today).close);
  return !isOver && hasBegun(today) ? today : nextSession(today);
}
