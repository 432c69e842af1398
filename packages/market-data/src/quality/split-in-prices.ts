import { runsAfter, runsFrom, sessionLimits, type TickTable } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { dayOfSession, sessionIndex } from './session-index.ts';
import { timeOrder } from './time-order.ts';

/** New shares for one old share in the splits that the exchange sees. */
export const splitRatios = [2, 3, 4, 5, 10, 1.5, 1.2, 1.1, 1.3, 6, 7, 8, 9, 15, 20, 25, 30, 50, 100] as const;

/** Rows on either side of a step that show whether it lasts. */
const rowsBeside = 5;
/** Over more days a price may come to any other. */
const longestGapDays = 12;
/** What a price may move by beside the split itself. */
const tolerance = 0.15;

/** True for a ratio, or one over it, of a split of 1.5 or more: less is within what a price may move by in a day. */
export function isSplitRatio(ratio: number, within = 0.02): boolean {
  return splitRatios.some((each) => each >= 1.5 && (near(ratio, each, within) || near(ratio, 1 / each, within)));
}

/** A ratio as it is announced: 1 to 5, or 5 to 1 for shares that were joined. */
export function shownRatio(ratio: number): string {
  const rounded = (value: number) => String(Math.round(value * 10) / 10);
  return ratio >= 1 ? `1 to ${rounded(ratio)}` : `${rounded(1 / ratio)} to 1`;
}

/**
 * A step in daily prices that lies beyond the daily limits, has the ratio of a split and lasts, in words; undefined
 * when there is none. Adjusted prices have none.
 */
export function splitInPrices({ times, open, close, master }: SourceRows): string | undefined {
  const order = timeOrder(times);
  for (let i = rowsBeside; i + rowsBeside <= order.length; i += 1) {
    const before = close[order[i - 1]!]!;
    const after = open[order[i]!]!;
    if (!(before > 0) || !(after > 0)) continue;
    const ratio = before / after;
    if (ratio < 1.4 && ratio > 0.7) continue;
    const isNext = times[order[i]!]! - times[order[i - 1]!]! <= longestGapDays;
    if (!isNext || !isSplitRatio(ratio, tolerance)) continue;
    if (!lasts(order, i, close, after) || !lasts(order, i - rowsBeside, close, before)) continue;
    if (isWithinLimits(before, after, times[order[i - 1]!]!, times[order[i]!]!, master.tickTable)) continue;
    return `they step by a split of ${shownRatio(ratio)}, which adjusted prices do not`;
  }
  return undefined;
}

/** Whether a price may follow a close by the limits of the exchange, also where no session in between had a trade. */
function isWithinLimits(close: number, price: number, from: number, to: number, table: TickTable): boolean {
  const [first, last] = [sessionIndex(from), sessionIndex(to)];
  if (first === undefined || last === undefined) return false;
  let runs = runsFrom(close);
  for (let session = first + 1; session < last; session += 1) {
    runs = runsAfter(runs, dayOfSession(session), undefined, table);
  }
  const { lower, upper } = sessionLimits(runs, to, table);
  return price >= lower && price <= upper;
}

/** Whether five rows from one on stay near a level. */
function lasts(order: Uint32Array, from: number, close: Float64Array, level: number): boolean {
  return order.slice(from, from + rowsBeside).every((row) => near(close[row]! / level, 1, 0.35));
}

function near(value: number, target: number, within: number): boolean {
  return Math.abs(value / target - 1) <= within;
}
