import { normalQuantile } from '@daytrade/series';
import type { Limit } from '../canary-settings.ts';

/** What a criterion says: refused, fine, or that it cannot know yet. */
export type Verdict = 'bad' | 'good' | 'open';

/** The chances of a wrong verdict that this look may spend. */
export interface Chances {
  /** That something tolerated is called bad. */
  readonly falseAlarm: number;
  /** That something refused is called good. */
  readonly missed: number;
}

/**
 * Two tests, one from each side of the zone between two limits (Lai, "Nearly optimal sequential tests", Annals of
 * Statistics 16, 1988): bad is what lies significantly above the tolerated limit, good what lies significantly below
 * the refused one. Where both hold, the figure is known well and lies in between: open.
 *
 * @param above standard deviations that the figure lies above a limit
 */
export function betweenLimits(
  { tolerated, refused }: Limit,
  above: (limit: number) => number,
  chances: Chances,
): Verdict {
  const bad = above(tolerated) > normalQuantile(1 - chances.falseAlarm);
  const good = -above(refused) > normalQuantile(1 - chances.missed);
  if (bad) return good ? 'open' : 'bad';
  return good ? 'good' : 'open';
}
