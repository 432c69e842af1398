import type { LogReturnColumn } from '@daytrade/series';

/**
 * What is known beside the bars of a panel, by which a report sorts what it judges. Each part may be absent.
 *
 * Of the nights between the sessions it has at t what is known at 08:30 of session t + 1, NaN where it is not.
 */
export interface KnownBeside {
  /** Log return of New York. */
  readonly overnight?: LogReturnColumn | undefined;
  /** The VIX, percent a year. */
  readonly vix?: Float64Array | undefined;
  readonly announced?: AnnouncedSessions | undefined;
}

/**
 * For each symbol of the panel the days of the sessions whose closes were the first to know an announcement of results,
 * rising; none where no announcement is known.
 */
export type AnnouncedSessions = readonly (readonly number[])[];
