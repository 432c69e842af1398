import type { AccuracyPoint, Evaluation } from '@daytrade/contracts';

/** A point of a curve; null leaves a gap. */
export interface CurvePoint {
  readonly session: string;
  readonly value: number | null;
}

/** The promised share of closes inside, and within which bounds it lies over 250 sessions and all symbols. */
export interface CoverageObjective {
  readonly target: number;
  readonly low: number;
  readonly high: number;
}

/** What an evaluation was judged by. */
export function objectiveOf({ targetCoverage, objective }: Evaluation): CoverageObjective {
  const { low, high } = objective.find(({ name }) => name === 'coverage-250') ?? {
    low: targetCoverage,
    high: targetCoverage,
  };
  return { target: targetCoverage, low, high };
}

export type CoverageWindow = 'coverage20' | 'coverage60' | 'coverage250';

/** Coverage of the sessions up to each one, in a window that is full. */
export function coverageCurve(series: readonly AccuracyPoint[], window: CoverageWindow): readonly CurvePoint[] {
  return series.map((point) => ({ session: point.session, value: point[window] }));
}

export type CostFigure = 'meanWidthBp' | 'winklerBp' | 'winklerRollingQuantileBp';

/** The mean of a figure over the sessions up to each one, null until the window is full. */
export function rollingMean(
  series: readonly AccuracyPoint[],
  figure: CostFigure,
  window: number,
): readonly CurvePoint[] {
  let sum = 0;
  return series.map((point, index) => {
    sum += point[figure];
    if (index >= window) sum -= series[index - window]![figure];
    return { session: point.session, value: index >= window - 1 ? sum / window : null };
  });
}
