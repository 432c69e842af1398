import type { BarGap } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, sessionsBetween } from '@daytrade/market';

/** Sessions between the first and the last bar that have none. */
export interface MissingBars {
  /** Runs of sessions that nothing explains, oldest first. */
  readonly gaps: readonly BarGap[];
  /** Sessions in the gaps. */
  readonly missing: number;
  /** Sessions without a bar that have an explanation. */
  readonly explained: number;
}

/**
 * Compares daily bars with the exchange's calendar.
 *
 * @param days of the bars, days since 1970, rising
 * @param explained days of rows that were kept out, or on which nothing is known to have been traded, YYYY-MM-DD
 */
export function missingBars(days: Int32Array, explained: ReadonlySet<string>): MissingBars {
  const found = { gaps: [] as BarGap[], missing: 0, explained: 0 };
  if (days.length === 0) return found;
  const present = new Set(days);
  let gap: BarGap | undefined;
  for (const date of sessionsBetween(dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!))) {
    if (present.has(dayNumber(date))) gap = undefined;
    else if (explained.has(date)) found.explained += 1;
    else {
      found.missing += 1;
      if (gap === undefined) {
        gap = { from: date, to: date, sessions: 0 };
        found.gaps.push(gap);
      }
      gap.to = date;
      gap.sessions += 1;
    }
  }
  return found;
}
