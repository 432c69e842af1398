import type { DayNumber } from '@daytrade/market';

/** A column of days. */
export interface DayColumn extends Int32Array {
  readonly [row: number]: DayNumber;
}

/**
 * Daily bars of one symbol in columns of equal length, oldest first, one a session that was traded.
 * Prices are yen, volume is shares.
 */
export interface BarColumns {
  /** Days since 1970-01-01, strictly rising (`dayNumber` of `market`). */
  readonly days: DayColumn;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Bars within the day of one symbol, oldest first; as {@link BarColumns}, on an axis of instants. */
export type IntradayColumns = Omit<BarColumns, 'days'> & {
  /** Beginning of each bar, milliseconds since 1970 UTC, strictly rising. */
  readonly times: Float64Array;
};
