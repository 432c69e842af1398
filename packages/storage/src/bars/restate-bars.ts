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
  const first = stored.axis[0] ?? Infinity;
  if (!days.some(({ day }) => day > first)) return { columns: stored, restated: 0 };
  const incomingAt = new Map(Array.from(incoming.axis, (day, i) => [day, i]));
  const columns = copyOf(stored);
  let restated = 0;
  for (const [s, day] of stored.axis.entries()) {
    if (incomingAt.has(day)) continue;
    const factor = factorOf(s, { stored, incoming, incomingAt, days });
    if (factor === 1) continue;
    for (const name of ['open', 'high', 'low', 'close'] as const) columns[name][s]! *= factor;
    columns.volume[s] = Math.round(columns.volume[s]! / factor);
    restated += 1;
  }
  return { columns, restated };
}

interface Both {
  readonly stored: Columns;
  readonly incoming: Columns;
  /** Position of a day among the newer bars. */
  readonly incomingAt: ReadonlyMap<number, number>;
  /** Splits, oldest first. */
  readonly days: readonly { readonly day: number; readonly value: number }[];
}

function factorOf(s: number, { stored, incoming, incomingAt, days }: Both): number {
  const later = days.filter(({ day }) => day > stored.axis[s]!);
  const [nextSplit, lastSplit] = [later[0]?.day ?? Infinity, days.at(-later.length - 1)?.day ?? -Infinity];
  const near = nearest(stored.axis, s, (day) => day >= lastSplit && day < nextSplit && incomingAt.has(day));
  if (near === undefined) return 1;
  const ratio = incoming.close[incomingAt.get(stored.axis[near]!)!]! / stored.close[near]!;
  // None of them, the newest alone, the newest two: earlier ones are in the stored prices already.
  const factors = [1];
  for (const { value } of later.toReversed()) factors.push(factors.at(-1)! * value);
  const apart = (factor: number) => Math.abs(Math.log(ratio / factor));
  const best = factors.reduce((found, factor) => (apart(factor) < apart(found) ? factor : found));
  return apart(best) <= mostApart ? best : 1;
}

/** The position nearest to one whose day is as wanted. */
function nearest(axis: Float64Array, from: number, isWanted: (day: number) => boolean): number | undefined {
  for (let apart = 1; apart < axis.length; apart += 1) {
    for (const position of [from + apart, from - apart]) {
      const day = axis[position];
      if (day !== undefined && isWanted(day)) return position;
    }
  }
  return undefined;
}

function copyOf({ axis, ...values }: Columns): Columns {
  const copy = columnsOfLength(axis.length);
  copy.axis.set(axis);
  for (const name of valueNames) copy[name].set(values[name]);
  return copy;
}
