import { addDays, dayNumber, instantOf } from '@daytrade/market';
import type { DateRange } from './bar-store.ts';
import type { AxisRange } from './parquet-files.ts';

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
