import {
  addDays,
  addSessions,
  instantOf,
  isSession,
  nextSession,
  parseTradeDate,
  type SymbolCode,
  sessionMovedBy,
  type TradeDate,
} from '@daytrade/market';
import type { Announcement } from '../provider.ts';

/** Factor on the symbol's own deviation in the session that results move. */
export const resultsMove = 2.5;

/** Months in which companies announce a quarter. */
const months = ['02', '05', '08', '11'] as const;
/** Days for which a plan is known beforehand. */
const daysAhead = 28;

/** The results of a synthetic company: four days a year, after the close or, of one company in five, at 13:00. */
function resultsDays(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly TradeDate[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const day = String(1 + ((7 * Number(symbol)) % 14)).padStart(2, '0');
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return years
    .flatMap((year) => months.map((month) => parseTradeDate(`${year}-${month}-${day}`)))
    .map((date) => (isSession(date) ? date : nextSession(date)))
    .filter((date) => date >= from && date <= to);
}

function timeOf(symbol: SymbolCode): '13:00' | '15:30' {
  return Number(symbol) % 5 === 0 ? '13:00' : '15:30';
}

/** The sessions that the results of a company move, from one day to another. */
export function movedSessions(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly TradeDate[] {
  // The results of the last session may move one that is outside of the calendar.
  return resultsDays(symbol, from, addSessions(to, -1)).map((date) => sessionMovedBy(date, timeOf(symbol)));
}

/** What is known of a company's results by the end of a day: those that came, and each plan since it was known. */
export function syntheticAnnouncements(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly Announcement[] {
  const about = { time: timeOf(symbol), source: 'synthetic' };
  return resultsDays(symbol, from, addDays(to, daysAhead)).flatMap((date): readonly Announcement[] => {
    const knownSince = new Date(instantOf(addDays(date, -daysAhead), '00:00')).toISOString();
    const planned: Announcement = { date, kind: 'planned', ...about, knownSince };
    return date > to ? [planned] : [planned, { date, kind: 'made', ...about }];
  });
}
