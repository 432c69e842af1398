import { addDays, isTradeDate, sessionsBetween, type TradeDate } from '@daytrade/market';
import type { StoredBars } from './stored-bars.ts';

/** Days from `from` to `to`, both included. */
export interface DateRange {
  readonly from: TradeDate;
  readonly to: TradeDate;
}

/**
 * The days of a range that are not stored, before and after what is; those in between were judged when they were
 * fetched, and those after the last bar that were asked for had no trade. Ranges without a session are left out.
 *
 * @param isFromGiven whether `from` is the user's word: else history before the first stored bar is not asked for
 * again, since the symbol may not have been listed
 */
export function missingRanges(
  { from, to }: DateRange,
  stored: Pick<StoredBars, 'firstDate' | 'lastDate' | 'askedTo'> | undefined,
  isFromGiven: boolean,
): readonly DateRange[] {
  const ranges =
    stored === undefined
      ? [{ from, to }]
      : [
          ...(isFromGiven ? [{ from, to: earlier(to, addDays(stored.firstDate, -1)) }] : []),
          { from: later(from, addDays(later(stored.lastDate, stored.askedTo ?? stored.lastDate), 1)), to },
        ];
  return ranges.filter((range) => sessionsBetween(range.from, range.to).length > 0);
}

/** The sessions of some ranges, each once, oldest first. */
export function sessionsMissing(ranges: readonly DateRange[]): readonly TradeDate[] {
  return [...new Set(ranges.flatMap(({ from, to }) => sessionsBetween(from, to)))].sort();
}

/** Whether a row of a day is among some ranges; one without a day is too, to be kept out with its reason. */
export function isWanted(date: unknown, ranges: readonly DateRange[]): boolean {
  if (typeof date !== 'string' || !isTradeDate(date)) return true;
  return ranges.some(({ from, to }) => from <= date && date <= to);
}

export function earlier(one: TradeDate, other: TradeDate): TradeDate {
  return one < other ? one : other;
}

export function later(one: TradeDate, other: TradeDate): TradeDate {
  return one > other ? one : other;
}
