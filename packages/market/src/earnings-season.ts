import { dayNumber, parseTradeDate, type TradeDate } from './trade-date.ts';

/** Days after the end of a calendar quarter in which most companies announce its results. */
const season = { first: 24, last: 45 } as const;

/**
 * Whether a day lies in an earnings season of the exchange. It asks companies to announce results within 45 days of the
 * end of a quarter, and most quarters of Japanese companies end with a calendar quarter: late January to 14 February,
 * late April to 15 May, late July to 14 August, late October to 14 November.
 */
export function inEarningsSeason(date: TradeDate): boolean {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const quarter = String(month - ((month - 1) % 3)).padStart(2, '0');
  const begun = parseTradeDate(`${year}-${quarter}-01`);
  const since = dayNumber(date) - dayNumber(begun) + 1;
  return since >= season.first && since <= season.last;
}
