import type { CorrelationKind, InformationCoefficient, ReturnLeg } from '@daytrade/contracts';
import { leastEdgeT } from '@daytrade/contracts/objective';
import { blockBootstrap } from '../metrics/block-bootstrap.ts';
import { linearCorrelation, rankCorrelation } from '../metrics/ranks.ts';
import type { JudgedTable } from './judged-table.ts';

/** Symbols that a day's cross-section needs for a correlation. */
export const minimumCrossSection = 3;

const legs = ['close-to-open', 'open-to-close', 'close-to-close'] as const satisfies readonly ReturnLeg[];
const correlationKinds = ['pearson', 'spearman'] as const satisfies readonly CorrelationKind[];

const correlations = { pearson: linearCorrelation, spearman: rankCorrelation } as const satisfies Record<
  CorrelationKind,
  unknown
>;

/**
 * What is needed of the table: forecasts without the market's part, log returns, and of these the part up to the next
 * open, NaN where there was none.
 */
type Compared = Pick<JudgedTable, 'rows' | 'day' | 'outcome' | 'overnight' | 'ordering'>;

/** What is correlated with what. */
interface Measure {
  readonly leg: ReturnLeg;
  readonly correlation: CorrelationKind;
}

/** The measure that is called the IC where none is named. */
const rankMeasure: Measure = { leg: 'close-to-close', correlation: 'spearman' };

/** Whether a line is the one that is called the IC where none is named. */
export function isRankMeasure({ leg, correlation }: Measure): boolean {
  return leg === rankMeasure.leg && correlation === rankMeasure.correlation;
}

/** A model's information coefficient of each leg of the return with each correlation, one line each. */
export function informationCoefficients(
  table: Compared,
  model: number,
  seed: number,
): readonly InformationCoefficient[] {
  return legs.flatMap((leg) =>
    correlationKinds.map((correlation) => {
      const daily = dailyInformationCoefficients(table, model, { leg, correlation });
      return { leg, correlation, ...meanCoefficient(daily, seed) };
    }),
  );
}

/** Mean of daily correlations with its day-block interval, and whether it is an edge. */
export function meanCoefficient(
  daily: readonly number[],
  seed: number,
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
  return { ...estimate, t, sessions, edge: t > leastEdgeT };
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
  if (leg === 'close-to-close') return outcome[row]!;
  return leg === 'close-to-open' ? overnight[row]! : outcome[row]! - overnight[row]!;
}
