import { addDays, dayNumber, instantOf } from '@daytrade/market';
import type { FileBars } from './bar-origins.ts';
import type { DateRange } from './bar-store.ts';
import { type Columns, valueNames } from './columns.ts';

/** First and last value of the axis to read, both included. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
}

/** Days of Japan as days since 1970, the axis of daily bars. */
export function daysOf(range: DateRange): AxisRange {
  return {
    from: range.from === undefined ? -Infinity : dayNumber(range.from),
    to: range.to === undefined ? Infinity : dayNumber(range.to),
  };
}

/** Days of Japan as milliseconds since 1970 UTC, the axis of 5-minute bars. */
export function instantsOf(range: DateRange): AxisRange {
  return {
    from: range.from === undefined ? -Infinity : instantOf(range.from, '00:00'),
    to: range.to === undefined ? Infinity : instantOf(addDays(range.to, 1), '00:00') - 1,
  };
}

/** The bars of a range. */
export function columnsWithin(columns: Columns, range: AxisRange): Columns {
  const [begin, end] = rowsWithin(columns.axis, range);
  if (begin === 0 && end === columns.axis.length) return columns;
  const values = valueNames.map((name) => [name, columns[name].slice(begin, end)] as const);
  return { ...(Object.fromEntries(values) as Omit<Columns, 'axis'>), axis: columns.axis.slice(begin, end) };
}

/** The bars of a range, with where each came from. */
export function barsWithin({ columns, origins }: FileBars, range: AxisRange): FileBars {
  const [begin, end] = rowsWithin(columns.axis, range);
  const { sources, source, fetchedAt } = origins;
  return {
    columns: columnsWithin(columns, range),
    origins: { sources, source: source.slice(begin, end), fetchedAt: fetchedAt.slice(begin, end) },
  };
}

/** The first row of a range on an axis that rises, and the first one after it. */
function rowsWithin(axis: Float64Array, { from, to }: AxisRange): readonly [begin: number, end: number] {
  return [rowAt(axis, (value) => value >= from), rowAt(axis, (value) => value > to)];
}

/** The first row from which on a condition holds; the number of rows where it does nowhere. */
function rowAt(axis: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, axis.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(axis[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
