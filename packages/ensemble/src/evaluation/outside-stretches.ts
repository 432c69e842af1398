import type { AccuracyPoint, OutsideStretch } from '@daytrade/contracts';
import { coverageObjective } from '../intervals/method-record.ts';

/**
 * The stretches of neighbouring sessions at which the coverage of the 250 sessions before lies outside of the
 * objective, oldest first; none when the objective holds at every point of the curve.
 */
export function outsideStretches(
  series: readonly Pick<AccuracyPoint, 'session' | 'coverage250'>[],
): readonly OutsideStretch[] {
  const { low, high } = coverageObjective;
  const stretches: OutsideStretch[] = [];
  let open: OutsideStretch | undefined;
  for (const { session, coverage250: value } of series) {
    const side = value === null || (value >= low && value <= high) ? undefined : value < low ? 'below' : 'above';
    if (open !== undefined && open.side !== side) {
      stretches.push(open);
      open = undefined;
    }
    if (side === undefined || value === null) continue;
    const worst =
      open === undefined ? value : side === 'below' ? Math.min(open.worst, value) : Math.max(open.worst, value);
    open = { from: open?.from ?? session, to: session, sessions: (open?.sessions ?? 0) + 1, side, worst };
  }
  return open === undefined ? stretches : [...stretches, open];
}
