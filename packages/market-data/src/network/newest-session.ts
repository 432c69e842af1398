import { lastClosedSession, type TradeDate } from '@daytrade/market';

/** Daily bars are there about an hour after the close: 16:30 in Japan for one at 15:30. */
const readyAfterClose = 3_600_000;
const millisecondsPerDay = 86_400_000;

/**
 * The newest session whose daily bars a provider has at an instant.
 *
 * @param now milliseconds since 1970 UTC
 * @param delayDays days by which they are held back
 */
export function newestReadySession(now: number, delayDays = 0): TradeDate {
  return lastClosedSession(now - readyAfterClose - delayDays * millisecondsPerDay);
}
