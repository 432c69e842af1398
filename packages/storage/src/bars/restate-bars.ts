import { dayNumber, type TradeDate } from '@daytrade/market';
import { type Columns, columnsOf } from './columns.ts';

/** A split or a reverse split. Prices before its day are multiplied by the value. */
export interface Split {
  readonly date: TradeDate;
  readonly value: number;
}

/** Greatest distance of a ratio of prices from that of a split, as a logarithm: prices are rounded. */
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
  const splitsAfter = (row: number) => days.filter(({ day }) => day > stored.axis[row]!);
  const incomingAt = new Map(Array.from(incoming.axis, (day, row) => [day, row]));
  const ofBoth = Array.from(stored.axis.keys()).filter((row) => incomingAt.has(stored.axis[row]!));
  const restated: { readonly row: number; readonly factor: number }[] = [];
  let next = 0;
  for (const row of stored.axis.keys()) {
    const later = splitsAfter(row);
    if (later.length === 0) break;
    while (next < ofBoth.length && ofBoth[next]! < row) next += 1;
    if (ofBoth[next] === row) continue;
    // Days of both with no split between; of two equally near, the later one.
    const near = [ofBoth[next], ofBoth[next - 1]].filter(
      (other) => other !== undefined && splitsAfter(other).length === later.length,
    ) as number[];
    if (near.length === 0) continue;
    const nearest = near.reduce((one, other) => (row - other < one - row ? other : one));
    const ratio = incoming.close[incomingAt.get(stored.axis[nearest]!)!]! / stored.close[nearest]!;
    const factor = factorOf(ratio, later);
    if (factor !== 1) restated.push({ row, factor });
  }
  return columnsOf((name) =>
    Float64Array.from(restated, ({ row, factor }) => {
      const value = stored[name][row]!;
      if (name === 'axis') return value;
      return name === 'volume' ? Math.round(value / factor) : value * factor;
    }),
  );
}

/** Returns the factor of splits that a ratio of new to stored prices shows; 1 if it is of none. */
function factorOf(ratio: number, later: readonly { readonly value: number }[]): number {
  // None of them, the newest alone, the newest two: earlier ones are in the stored prices already.
  const factors = [1];
  for (const { value } of later.toReversed()) factors.push(factors.at(-1)! * value);
  const apart = (factor: number) => Math.abs(Math.log(ratio / factor));
  const best = factors.reduce((found, factor) => (apart(factor) < apart(found) ? factor : found));
  return apart(best) <= mostApart ? best : 1;
}
