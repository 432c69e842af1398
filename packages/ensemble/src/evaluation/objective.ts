import type { ObjectiveReport } from '@daytrade/contracts';
import { coverageBounds, symbolCoverageBounds } from '@daytrade/contracts/objective';
import { coverageObjective } from '../intervals/method-choice.ts';

/** Curves of rolling coverage that the objective speaks of; NaN where a window is not full. */
export interface CoverageCurves {
  readonly all20: Float64Array;
  readonly all60: Float64Array;
  readonly all250: Float64Array;
  /** One a symbol. */
  readonly symbol250: readonly Float64Array[];
}

/** The service level objective: a line holds when the lowest and the highest point of its curves are within bounds. */
export function judgeObjective({ all20, all60, all250, symbol250 }: CoverageCurves): readonly ObjectiveReport[] {
  const every = 'all symbols';
  return [
    line('coverage-250', `250 sessions, ${every}`, [all250], coverageObjective, 'demote'),
    line('coverage-60', `60 sessions, ${every}`, [all60], coverageBounds[60], 'warning'),
    line('symbol-coverage-250', '250 sessions, one symbol', symbol250, symbolCoverageBounds, 'warning'),
    line('coverage-20', `20 sessions, ${every}`, [all20], coverageBounds[20], 'page'),
  ];
}

function line(
  name: string,
  window: string,
  curves: readonly Float64Array[],
  { low, high }: { readonly low: number; readonly high: number },
  onBreach: ObjectiveReport['onBreach'],
): ObjectiveReport {
  const points = curves.flatMap((curve) => Array.from(curve).filter((point) => !Number.isNaN(point)));
  if (points.length === 0) return { name, window, low, high, lowest: null, highest: null, held: null, onBreach };
  const lowest = points.reduce((least, point) => Math.min(least, point));
  const highest = points.reduce((most, point) => Math.max(most, point));
  return { name, window, low, high, lowest, highest, held: lowest >= low && highest <= high, onBreach };
}
