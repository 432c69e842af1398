import type { AccuracyPoint, Evaluation, PaperBookState } from '@daytrade/contracts';

/** A point of a curve; null leaves a gap. */
export interface CurvePoint {
  readonly session: string;
  readonly value: number | null;
}

/** Returns the promised coverage, and its bounds over 250 sessions and all symbols. */
export function coverageObjective({ targetCoverage, objective }: Evaluation) {
  const { low, high } = objective.find(({ name }) => name === 'coverage-250') ?? {
    low: targetCoverage,
    high: targetCoverage,
  };
  return { target: targetCoverage, low, high };
}

export type CostFigure = 'meanWidthBp' | 'winklerBp' | 'winklerRollingQuantileBp';

/** Returns the mean of a figure over the sessions up to each one, null until the window is full. */
export function rollingMean(
  series: readonly Pick<AccuracyPoint, 'session' | CostFigure>[],
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

/** Returns the yen after costs at the newest close, with the verdict on them; none says that a strategy earns. */
export function profitVerdict({ curve, equity }: Pick<PaperBookState, 'curve' | 'equity'>, cash: number) {
  const net = Math.round(equity ?? cash) - Math.round(cash);
  return { net, verdict: curve.length === 0 ? 'unsettled' : net <= 0 ? 'loses' : 'open' } as const;
}
