import type { BarColumns } from './bars.ts';

/** Bars within the day of one symbol, oldest first; as {@link BarColumns}, on an axis of instants. */
export type IntradayColumns = Omit<BarColumns, 'days'> & {
  /** Beginning of each bar, milliseconds since 1970 UTC, strictly rising. */
  readonly times: Float64Array;
};
