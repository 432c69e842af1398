import { dayNumber, type TradeDate } from '@daytrade/market';
import { type Columns, columnsOf } from './columns.ts';

/** A split or a reverse split: what prices before its day are multiplied by, once they are adjusted for it. */
export interface Split {
  readonly date: TradeDate;
  readonly value: number;
}

/** How far, as a logarithm, prices of a day may lie from those of a split: they are rounded, or of two providers. */
const mostApart = 0.05;

/**
 * Returns stored daily bars in the prices of newer ones that are adjusted for later splits.
 *
 * A day of both is replaced by the newer bar, so only days that the newer bars lack are returned. They would keep a
 * price of before the split among prices of after it. Each is multiplied by the factor that the nearest day of both
 * shows for the splits since then. A day stays as it is if that day has the new price already, as after a fetch that
 * was cut off, or if its ratio is of no such split.
 */
export function restatedBars(stored: Columns, incoming: Columns, splits: readonly Split[]): Columns {
  const days = splits
    .map(({ date, value }) => ({ day: dayNumber(date), value }))
    .sort((one, other) => one.day - other.day);
  const { axis } = stored;
  const restated: { readonly row: number; readonly factor: number }[] = [];
  if (days.some(({ day }) => day > (axis[0] ?? Infinity))) {
    const incomingAt = new Map(Array.from(incoming.axis, (day, i) => [day, i]));
    for (const [row, near] of nearestOfBoth(axis, days, (day) => incomingAt.has(day)).entries()) {
      if (near === undefined || near === row) continue;
      const ratio = incoming.close[incomingAt.get(axis[near]!)!]! / stored.close[near]!;
      const later = days.filter(({ day }) => day > axis[row]!);
      const factor = factorOf(ratio, later);
      if (factor !== 1) restated.push({ row, factor });
    }
  }
  return columnsOf((name) =>
    Float64Array.from(restated, ({ row, factor }) => {
      const value = stored[name][row]!;
      if (name === 'axis') return value;
      return name === 'volume' ? Math.round(value / factor) : value * factor;
    }),
  );
}

/** A split by the number of its day. */
interface SplitDay {
  readonly day: number;
  readonly value: number;
}

/**
 * For each stored day the position of the nearest one that both have with no split between, itself where it is one; of
 * two as near the later. Undefined where there is none, and for days that no split follows.
 *
 * @param days splits, oldest first
 */
function nearestOfBoth(axis: Float64Array, days: readonly SplitDay[], isInBoth: (day: number) => boolean) {
  const nearest: (number | undefined)[] = Array.from(axis, () => undefined);
  let begin = 0;
  for (const { day } of days) {
    const end = begin + axis.subarray(begin).findIndex((stored) => stored >= day);
    if (end < begin) return fillNearest(nearest, axis, [begin, axis.length], isInBoth);
    fillNearest(nearest, axis, [begin, end], isInBoth);
    begin = end;
  }
  return nearest;
}

/** Does so for the days of one stretch between splits, by one walk forwards and one back. */
function fillNearest(
  nearest: (number | undefined)[],
  axis: Float64Array,
  [begin, end]: readonly [number, number],
  isInBoth: (day: number) => boolean,
) {
  let before: number | undefined;
  for (let s = begin; s < end; s += 1) {
    if (isInBoth(axis[s]!)) before = s;
    nearest[s] = before;
  }
  let after: number | undefined;
  for (let s = end - 1; s >= begin; s -= 1) {
    if (isInBoth(axis[s]!)) after = s;
    if (after !== undefined && (nearest[s] === undefined || after - s <= s - nearest[s]!)) nearest[s] = after;
  }
  return nearest;
}

/** What of the splits after a day the ratio of new to stored prices says; 1 where it is of none. */
function factorOf(ratio: number, later: readonly SplitDay[]): number {
  // None of them, the newest alone, the newest two: earlier ones are in the stored prices already.
  const factors = [1];
  for (const { value } of later.toReversed()) factors.push(factors.at(-1)! * value);
  const apart = (factor: number) => Math.abs(Math.log(ratio / factor));
  const best = factors.reduce((found, factor) => (apart(factor) < apart(found) ? factor : found));
  return apart(best) <= mostApart ? best : 1;
}
