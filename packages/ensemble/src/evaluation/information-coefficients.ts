import type { CorrelationKind, EdgeBound, InformationCoefficient, ReturnLeg } from '@daytrade/contracts';
import type { Horizon } from '@daytrade/market';
import { normalQuantile } from '@daytrade/series';
import { blockBootstrap } from '../metrics/block-bootstrap.ts';
import { linearCorrelation, rankCorrelation } from '../metrics/ranks.ts';
import type { JudgedTable } from './judged-table.ts';

/** Symbols that a day's cross-section needs for a correlation. */
export const minimumCrossSection = 3;

export const correlationKinds = ['pearson', 'spearman'] as const satisfies readonly CorrelationKind[];

const correlations = { pearson: linearCorrelation, spearman: rankCorrelation } as const satisfies Record<
  CorrelationKind,
  unknown
>;

/**
 * The columns of the table that are read: forecasts without the market's part, log returns, and their part up to the
 * next open, NaN without one.
 */
type Compared = Pick<JudgedTable, 'rows' | 'day' | 'outcome' | 'overnight' | 'ordering'>;

/** Level at which a coefficient is called an edge, two-sided, over all coefficients of a judgement together. */
const edgeLevel = 0.05;

/** Returns the parts of the return that are still to come when a forecast of a horizon is made. */
export function legsOf(horizon: Horizon): readonly ReturnLeg[] {
  const isBeforeOpen = horizon === 'next-close' || horizon === 'close@08:30';
  return isBeforeOpen ? ['close-to-open', 'open-to-close', 'close-to-close'] : ['rest-of-session'];
}

/** Returns the t that an edge exceeds after Bonferroni's correction for the number of tests. */
export function edgeBoundOf(tests: number): EdgeBound {
  return { tests, t: normalQuantile(1 - edgeLevel / 2 / tests) };
}

interface Measure {
  readonly leg: ReturnLeg;
  readonly correlation: CorrelationKind;
}

/** The measure that is called the IC where none is named. */
const rankMeasure: Measure = { leg: 'close-to-close', correlation: 'spearman' };

/** Returns true for the line that is called the IC without further name. */
export function isRankMeasure({ leg, correlation }: Measure): boolean {
  return (leg === 'close-to-close' || leg === 'rest-of-session') && correlation === 'spearman';
}

interface CoefficientOptions {
  readonly seed: number;
  /** The t above which a coefficient is called an edge. */
  readonly edgeT: number;
}

/** A model's information coefficient of each leg of the return with each correlation, one line each. */
export function informationCoefficients(
  table: Compared,
  model: number,
  { legs, ...options }: CoefficientOptions & { readonly legs: readonly ReturnLeg[] },
): readonly InformationCoefficient[] {
  return legs.flatMap((leg) =>
    correlationKinds.map((correlation) => {
      const daily = dailyInformationCoefficients(table, model, { leg, correlation });
      return { leg, correlation, ...meanCoefficient(daily, options) };
    }),
  );
}

/** Mean of daily correlations with its day-block interval, and whether it is an edge. */
export function meanCoefficient(
  daily: readonly number[],
  { seed, edgeT }: CoefficientOptions,
): Omit<InformationCoefficient, 'leg' | 'correlation'> {
  const sessions = daily.length;
  if (sessions === 0) return { value: 0, low: 0, high: 0, t: 0, sessions, edge: false };
  const estimate = blockBootstrap(
    daily,
    daily.map(() => 1),
    seed,
  );
  const squares = daily.reduce((sum, value) => sum + (value - estimate.value) ** 2, 0);
  const error = Math.sqrt(squares / (sessions - 1) / sessions);
  const t = error > 0 ? estimate.value / error : 0;
  return { ...estimate, t, sessions, edge: t > edgeT };
}

/**
 * The correlation across symbols of each day that has 3 of them, in time order. It is 0 where a forecast is the same
 * for all of them, since it does not distinguish them: to leave such days out would judge a forecast by the few on
 * which it had something to say.
 */
export function dailyInformationCoefficients(
  table: Compared,
  model: number,
  { leg, correlation }: Measure = rankMeasure,
): readonly number[] {
  const daily: number[] = [];
  for (let from = 0; from < table.rows; ) {
    let to = from;
    const predicted: number[] = [];
    const happened: number[] = [];
    for (; to < table.rows && table.day[to] === table.day[from]; to += 1) {
      const outcome = legReturn(table, to, leg);
      if (Number.isNaN(outcome)) continue;
      predicted.push(table.ordering[model]![to]!);
      happened.push(outcome);
    }
    if (predicted.length >= minimumCrossSection) {
      const value = correlations[correlation](predicted, happened);
      daily.push(Number.isFinite(value) ? value : 0);
    }
    from = to;
  }
  return daily;
}

function legReturn({ outcome, overnight }: Compared, row: number, leg: ReturnLeg): number {
  if (leg === 'close-to-open') return overnight[row]!;
  return leg === 'open-to-close' ? outcome[row]! - overnight[row]! : outcome[row]!;
}
