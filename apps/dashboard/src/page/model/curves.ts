import type { AccuracyPoint, Evaluation, PaperBookState } from '@daytrade/contracts';

/** A point of a curve; null leaves a gap. */
export interface CurvePoint {
  readonly session: string;
  readonly value: number | null;
}

/** The promised coverage, and its bounds over 250 sessions and all symbols. */
export interface CoverageObjective {
  readonly target: number;
  readonly low: number;
  readonly high: number;
}

/** Returns the objective that an evaluation was judged by. */
export function objectiveOf({ targetCoverage, objective }: Evaluation): CoverageObjective {
  const { low, high } = objective.find(({ name }) => name === 'coverage-250') ?? {
    low: targetCoverage,
    high: targetCoverage,
  };
  return { target: targetCoverage, low, high };
}

export type CoverageWindow = 'coverage20' | 'coverage60' | 'coverage250';

/** Returns the coverage of the sessions up to each one, null until the window is full. */
export function coverageCurve(series: readonly AccuracyPoint[], window: CoverageWindow): readonly CurvePoint[] {
  return series.map((point) => ({ session: point.session, value: point[window] }));
}

export type CostFigure = 'meanWidthBp' | 'winklerBp' | 'winklerRollingQuantileBp';

/** Returns the mean of a figure over the sessions up to each one, null until the window is full. */
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

type EquityCurve = PaperBookState['curve'];

/** Returns the equity at each close. */
export function equityCurve(curve: EquityCurve): readonly CurvePoint[] {
  return curve.map(({ session, equity }) => ({ session, value: equity }));
}

/** Returns the cash at the start as a line to compare the equity with. */
export function startLine(curve: EquityCurve, cash: number): readonly CurvePoint[] {
  return curve.map(({ session }) => ({ session, value: cash }));
}

/** Returns the fall of each close from the highest one before it, from −1 to 0. The cash at the start counts. */
export function drawdownCurve(curve: EquityCurve, cash: number): readonly CurvePoint[] {
  let highest = cash;
  return curve.map(({ session, equity }) => {
    highest = Math.max(highest, equity);
    return { session, value: equity / highest - 1 };
  });
}

/** The verdicts on a book after costs. None of them says that a strategy earns. */
export type PaperVerdict = 'unsettled' | 'loses' | 'open';

/** Returns the yen after costs at the newest close, with the verdict on them. */
export function verdictOf(
  { curve, equity }: Pick<PaperBookState, 'curve' | 'equity'>,
  cash: number,
): { readonly net: number; readonly verdict: PaperVerdict } {
  const net = Math.round(equity ?? cash) - Math.round(cash);
  return { net, verdict: curve.length === 0 ? 'unsettled' : net <= 0 ? 'loses' : 'open' };
}
