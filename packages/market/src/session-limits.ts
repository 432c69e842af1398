import { type PriceLimitBand, priceLimitBand } from './price-limit.ts';
import type { Yen } from './symbol-code.ts';
import type { TickTable } from './tick-size.ts';
import { type DayNumber, dayNumber, parseTradeDate } from './trade-date.ts';

/** Sessions in a row that a stock ended at one of its limits, and the base price that they leave for the next one. */
export interface LimitRun {
  readonly base: Yen;
  readonly sessions: number;
}

/** Sessions at the limit, from which the limits of the next session follow, for either side. */
export interface LimitRuns {
  readonly down: LimitRun;
  readonly up: LimitRun;
}

export interface SessionPrices {
  readonly open: Yen;
  readonly high: Yen;
  readonly low: Yen;
  readonly close: Yen;
}

/** Factors of a widened limit by the number of sessions at it. */
interface Widening {
  readonly sessions: number;
  readonly times: number;
}

/** Source: Japan Exchange Group, "Daily Price Limits", broadening; the rule was another one before 2020-08-03. */
const newRuleFrom = dayNumber(parseTradeDate('2020-08-03'));
const newRule: Widening = { sessions: 2, times: 4 };
const oldRule: Widening = { sessions: 3, times: 2 };

/** Vendors that keep prices in single precision are off by up to this share. */
const singlePrecision = 1e-6;

/** The runs after a close within the limits: the ordinary case. */
export function runsFrom(close: Yen): LimitRuns {
  const run = { base: close, sessions: 0 };
  return { down: run, up: run };
}

/**
 * The band of prices of a session, by what the sessions before it were.
 *
 * After two sessions in a row (before 2020-08-03: three) in which a stock was at its limit without a trade, or with
 * trades at the limit alone, the exchange makes that side of the limit four times (before: two times) as wide, until
 * there was a trade at another price.
 *
 * @throws DayTradeError `market.price-invalid` when a base is not positive and finite
 */
export function sessionLimits({ down, up }: LimitRuns, day: DayNumber, table: TickTable): PriceLimitBand {
  const ofDown = priceLimitBand(down.base, table, timesAfter(down, day));
  return down === up || (down.base === up.base && down.sessions === up.sessions)
    ? ofDown
    : { lower: ofDown.lower, upper: priceLimitBand(up.base, table, timesAfter(up, day)).upper };
}

/** Returns true where a limit of the session is wider than the ordinary one. */
export function isWidened({ down, up }: LimitRuns, day: DayNumber): boolean {
  return timesAfter(down, day) > 1 || timesAfter(up, day) > 1;
}

/**
 * The runs after a session.
 *
 * @param prices undefined without a trade. Nothing shows then whether the stock was at its upper limit, at its lower
 *   one or at none, so each side is taken to have been at its own
 */
export function runsAfter(
  runs: LimitRuns,
  day: DayNumber,
  prices: SessionPrices | undefined,
  table: TickTable,
): LimitRuns {
  if (prices !== undefined && prices.low !== prices.high) return runsFrom(prices.close);
  const { lower, upper } = sessionLimits(runs, day, table);
  if (prices === undefined) {
    return {
      down: { base: lower, sessions: runs.down.sessions + 1 },
      up: { base: upper, sessions: runs.up.sessions + 1 },
    };
  }
  const { close } = prices;
  const isAt = (limit: Yen) => Math.abs(close - limit) <= singlePrecision * limit;
  return {
    down: { base: close, sessions: isAt(lower) ? runs.down.sessions + 1 : 0 },
    up: { base: close, sessions: isAt(upper) ? runs.up.sessions + 1 : 0 },
  };
}

function timesAfter({ sessions }: LimitRun, day: DayNumber): number {
  const rule = day >= newRuleFrom ? newRule : oldRule;
  return sessions >= rule.sessions ? rule.times : 1;
}
