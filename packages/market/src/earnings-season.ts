import { dayNumber, parseTradeDate, type TradeDate } from './trade-date.ts';

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
