import { addDays, japanDate, lastClosedSession, type TradeDate } from '@daytrade/market';

/** What a plan of J-Quants allows. */
export interface JQuantsPlan {
  readonly requestsPerMinute: number;
  /** Days by which the newest bar is held back. */
  readonly delayDays: number;
  /** Years of history that are asked for where no first day is given; the server decides what there is. */
  readonly historyYears: number;
}

/**
 * The plans. Requests a minute: https://jpx-jquants.com/en/spec/rate-limits. History, and the 12 weeks of the free
 * plan: the provider's table of plans.
 */
export const jquantsPlans = {
  free: { requestsPerMinute: 5, delayDays: 84, historyYears: 2 },
  light: { requestsPerMinute: 60, delayDays: 0, historyYears: 5 },
  standard: { requestsPerMinute: 120, delayDays: 0, historyYears: 10 },
  premium: { requestsPerMinute: 500, delayDays: 0, historyYears: 10 },
} as const satisfies Record<string, JQuantsPlan>;

export type JQuantsPlanName = keyof typeof jquantsPlans;

/** Daily bars are there about an hour after the close: 16:30 in Japan for one at 15:30. */
const readyAfterClose = 3_600_000;
const millisecondsPerDay = 86_400_000;

/** The newest session whose bars the plan gives at an instant, milliseconds since 1970 UTC. */
export function newestSessionOf({ delayDays }: JQuantsPlan, now: number): TradeDate {
  return lastClosedSession(now - readyAfterClose - delayDays * millisecondsPerDay);
}

/**
 * The first day that is asked for where none is given; a week within what the plan gives, since that moves on every
 * day.
 */
export function firstDayOf({ delayDays, historyYears }: JQuantsPlan, now: number): TradeDate {
  return addDays(japanDate(now), 7 - delayDays - Math.floor(historyYears * 365.25));
}
