import type { LogReturnColumn } from '@daytrade/series';

/**
 * What is known of the nights between the sessions of a panel: at t what is known at 08:30 of session t + 1, NaN where
 * it is not. Each column may be absent.
 */
export interface Nights {
  /** Log return of New York. */
  readonly overnight?: LogReturnColumn | undefined;
  /** The VIX, percent a year. */
  readonly vix?: Float64Array | undefined;
}
