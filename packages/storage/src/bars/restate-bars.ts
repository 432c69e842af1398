import { dayNumber, type TradeDate } from '@daytrade/market';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';

/** A split or a reverse split: what prices before its day are multiplied by, once they are adjusted for it. */
export interface Split {
  readonly date: TradeDate;
  readonly value: number;
}

/** How far, as a logarithm, prices of a day may lie from those of a split: they are rounded, or of two providers. */
const mostApart = 0.05;

/**
 * Stored daily bars in the prices of newer ones that are adjusted for later splits. A day that both have is replaced by
 * the newer bar, whatever it was; one that the newer ones lack would keep a price of before the split among prices of
 * after it. It is multiplied by what the nearest day that both have says of the splits since then: nothing where that
 * day has the new price already, as after a fetch that was cut off, and nothing where it is of no such split.
 */
export function restatedBars(stored: Columns, incoming: Columns, splits: readonly Split[]) {
  const days = splits
    .map(({ date, value }) => ({ day: dayNumber(date), value }))
    .sort((one, other) => one.day - other.day);
  const { axis } = stored;
  if (!days.some(({ day }) => day > (axis[0] ?? Infinity))) return { columns: stored, restated: 0 };
  const incomingAt = new Map(Array.from(incoming.axis, (day, i) => [day, i]));
  const nearest = nearestOfBoth(axis, days, (day) => incomingAt.has(day));
  let columns = stored;
  let restated = 0;
  for (const [s, near] of nearest.entries()) {
    if (near === undefined || near === s) continue;
    const ratio = incoming.close[incomingAt.get(axis[near]!)!]! / stored.close[near]!;
    const factor = factorOf(
      ratio,
      days.filter(({ day }) => day > axis[s]!),
    );
    if (factor === 1) continue;
    if (restated === 0) columns = copyOf(stored);
    for (const name of ['open', 'high', 'low', 'close'] as const) columns[name][s]! *= factor;
    columns.volume[s] = Math.round(columns.volume[s]! / factor);
    restated += 1;
  }
  return { columns, restated };
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

function copyOf({ axis, ...values }: Columns): Columns {
  const copy = columnsOfLength(axis.length);
  copy.axis.set(axis);
  for (const name of valueNames) copy[name].set(values[name]);
  return copy;
}
