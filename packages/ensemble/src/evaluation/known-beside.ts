import type { LogReturnColumn, ResultsCalendar } from '@daytrade/series';

/**
 * What is known beside the bars of a panel. A report sorts what it judges by it, and intervals know the days of
 * results. Each part may be absent.
 *
 * Of the nights between the sessions it has at t what is known at 08:30 of session t + 1, NaN where it is not.
 */
export interface KnownBeside {
  /** Log return of New York. */
  readonly overnight?: LogReturnColumn | undefined;
  /** The VIX, percent a year. */
  readonly vix?: Float64Array | undefined;
  /** When companies announce their results. */
  readonly announced?: ResultsCalendar | undefined;
}
