import type { AccuracyPoint } from '@daytrade/contracts';

/** A point of a curve; null leaves a gap. */
export interface CurvePoint {
  readonly session: string;
  readonly value: number | null;
}

/** The objective for 250 sessions over all symbols. */
export const objective250 = { low: 0.915, high: 0.945 } as const;

/** The promised share of closes inside the interval. */
export const target = 0.93;

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
