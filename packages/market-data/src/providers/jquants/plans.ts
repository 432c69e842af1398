import { addDays, japanDate, parseTradeDate, type TradeDate } from '@daytrade/market';
import { type DateRange, later, newestReadySession } from '../network/missing-bars.ts';

export interface JQuantsPlan {
  readonly name: string;
  readonly requestsPerMinute: number;
  /** Days by which the newest bar is held back. */
  readonly delayDays: number;
  /** Years of history that are asked for where no first day is given; the server decides what there is. */
  readonly historyYears: number;
  readonly hasTopix: boolean;
}

/**
 * The plans. Requests a minute: https://jpx-jquants.com/en/spec/rate-limits. History, and the 12 weeks of the
 * free plan: the provider's table of plans.
 */
export const jquantsPlans = {
  free: {
    name: 'free',
    requestsPerMinute: 5,
    delayDays: 84,
    historyYears: 2,
    hasTopix: false,
  },
  light: {
    name: 'light',
    requestsPerMinute: 60,
    delayDays: 0,
    historyYears: 5,
    hasTopix: true,
  },
  standard: {
    name: 'standard',
    requestsPerMinute: 120,
    delayDays: 0,
    historyYears: 10,
    hasTopix: true,
  },
  premium: {
    name: 'premium',
    requestsPerMinute: 500,
    delayDays: 0,
    historyYears: 20,
    hasTopix: true,
  },
} as const satisfies Record<string, JQuantsPlan>;

/** Requests a minute of the add-on for minute bars, which are counted apart from those of the plan. */
export const minuteRequestsPerMinute = 60;

/** Every company reports each quarter, within 45 days of its end; some weeks more for who is late. */
export const daysOfReports = 140;

/** No plan has anything before. */
const firstDayOfAll = parseTradeDate('2008-05-07');

/** The newest session whose bars the plan gives at an instant, milliseconds since 1970 UTC. */
export function newestSessionOf({ delayDays }: JQuantsPlan, now: number): TradeDate {
  return newestReadySession(now, delayDays);
}

/**
 * The first day that is asked for where none is given; a week within what the plan gives, since that moves on every
 * day.
 */
export function firstDayOf({ delayDays, historyYears }: JQuantsPlan, now: number): TradeDate {
  return later(firstDayOfAll, addDays(japanDate(now), 7 - delayDays - Math.floor(historyYears * 365.25)));
}

export function historyOf({ name, historyYears }: JQuantsPlan, { from, to }: DateRange): string {
  const limit = from === firstDayOfAll ? `, none of them before ${firstDayOfAll}` : '';
  return (
    `the ${name} plan of J-Quants gives ${historyYears} years of daily bars${limit}: those from ` +
    `${from} to ${to} were asked for`
  );
}

export function delayOf({ name, delayDays }: JQuantsPlan, { to }: DateRange): string {
  return (
    `the ${name} plan of J-Quants holds bars back for ${delayDays / 7} weeks: the newest are of ${to}, ` +
    'and a forecast made from them is for a session that is over'
  );
}
