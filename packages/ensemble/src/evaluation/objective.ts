import type { ObjectiveReport } from '@daytrade/contracts';
import { coverageBounds, symbolCoverageBounds, targetCoverage } from '@daytrade/contracts/objective';
import { coverageObjective } from '../intervals/method-record.ts';

/** Curves of rolling coverage that the objective speaks of; NaN where a window is not full. */
export interface CoverageCurves {
  readonly all20: Float64Array;
  readonly all60: Float64Array;
  readonly all250: Float64Array;
  /** One a symbol. */
  readonly symbol250: readonly Float64Array[];
}

/**
 * The service level objective: each line holds when every point of its curve lies within its bounds; the value is the
 * worst point.
 */
export function judgeObjective({ all20, all60, all250, symbol250 }: CoverageCurves): readonly ObjectiveReport[] {
  return [
    line(
      'coverage-250',
      '250 sessions, all symbols',
      [all250],
      coverageObjective.low,
      coverageObjective.high,
      'demote',
    ),
    line(
      'coverage-60',
      '60 sessions, all symbols',
      [all60],
      coverageBounds[60].low,
      coverageBounds[60].high,
      'warning',
    ),
    line(
      'symbol-coverage-250',
      '250 sessions, one symbol',
      symbol250,
      symbolCoverageBounds.low,
      symbolCoverageBounds.high,
      'warning',
    ),
    line('coverage-20', '20 sessions, all symbols', [all20], coverageBounds[20].low, coverageBounds[20].high, 'page'),
  ];
}

function line(
  name: string,
  window: string,
  curves: readonly Float64Array[],
  low: number,
  high: number,
  onBreach: ObjectiveReport['onBreach'],
): ObjectiveReport {
  let value: number | null = null;
  let worst = -Infinity;
  for (const curve of curves) {
    for (const point of curve) {
      // How far the point is on its way from the target to the bound: beyond 1 the objective is broken.
      const strain =
        point < targetCoverage ? (targetCoverage - point) / (targetCoverage - low) : strainAbove(point, high);
      if (!(strain > worst)) continue;
      worst = strain;
      value = point;
    }
  }
  return { name, window, low, high, value, held: value === null ? null : value >= low && value <= high, onBreach };
}

function strainAbove(point: number, high: number): number {
  return (point - targetCoverage) / (high - targetCoverage);
}
