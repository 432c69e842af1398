import { closedReason } from './calendar.ts';
import { instantOf, japanDate } from './japan-time.ts';
import { newYorkClosedReason } from './new-york-calendar.ts';
import { sessionTimes } from './session-times.ts';
import { addDays, type TradeDate, weekday } from './trade-date.ts';

/** Daily series beside the stocks: what the rest of the world did while Tokyo slept, and what Tokyo's market did. */
export const indexNames = ['nasdaq', 'sp500', 'usdjpy', 'vix', 'nikkei225', 'topix'] as const;
export type IndexName = (typeof indexNames)[number];

export interface MarketIndex {
  readonly title: string;
  /** Market whose days the values have. */
  readonly market: 'new-york' | 'currency' | 'tokyo';
  /** Time in Japan, on the day after, at which the value of a day is known at the latest; null: at Tokyo's close. */
  readonly knownAt: string | null;
  /** Largest change from one value to the next, as a ratio, that is not taken for a fault of the file. */
  readonly largestChange: number;
}

/**
 * Every index series. New York closes at 16:00, which is 06:00 of the next day in Japan, in summer an hour earlier; the
 * VIX is quoted a quarter of an hour longer, and the day of currencies ends at 17:00. The largest changes lie above all
 * since 1985: 23 % of the S&P 500 on 1987-10-19, 17 % of USD/JPY in 2008, 115 % of the VIX on 2018-02-05.
 */
export const marketIndices: Readonly<Record<IndexName, MarketIndex>> = {
  nasdaq: { title: 'Nasdaq Composite', market: 'new-york', knownAt: '06:00', largestChange: 1.3 },
  sp500: { title: 'S&P 500', market: 'new-york', knownAt: '06:00', largestChange: 1.3 },
  usdjpy: { title: 'US dollar in yen', market: 'currency', knownAt: '07:00', largestChange: 1.2 },
  vix: { title: 'VIX', market: 'new-york', knownAt: '06:15', largestChange: 3 },
  nikkei225: { title: 'Nikkei 225', market: 'tokyo', knownAt: null, largestChange: 1.3 },
  topix: { title: 'TOPIX', market: 'tokyo', knownAt: null, largestChange: 1.3 },
};

/** Why an index has no value of a day, in English; undefined where it has one. */
export function indexClosedReason(name: IndexName, date: TradeDate): string | undefined {
  switch (marketIndices[name].market) {
    case 'tokyo':
      return closedReason(date);
    case 'new-york':
      return newYorkClosedReason(date);
    case 'currency':
      return weekday(date) === 0 ? 'Sunday' : weekday(date) === 6 ? 'Saturday' : undefined;
  }
}

/**
 * The instant at which the value of a day is final, milliseconds since 1970-01-01 UTC. Before it, what a source has is
 * a value of the running session.
 *
 * @param date a day on which {@link indexClosedReason} has none
 */
export function indexKnownAt(name: IndexName, date: TradeDate): number {
  const { knownAt } = marketIndices[name];
  return knownAt === null ? instantOf(date, sessionTimes(date).close) : instantOf(addDays(date, 1), knownAt);
}

/** The newest day whose value is final at an instant, milliseconds since 1970-01-01 UTC. */
export function newestIndexDay(name: IndexName, now: number): TradeDate {
  let date = japanDate(now);
  while (indexClosedReason(name, date) !== undefined || indexKnownAt(name, date) > now) date = addDays(date, -1);
  return date;
}
