import type { AccuracyPoint, IntervalMethodReport } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import { targetMiss } from '../intervals/promise.ts';
import { inBasisPoints, rollingCoverage, summariseCoverage, winklerScore } from '../metrics/interval-score.ts';
import { dailyInformationCoefficients, minimumCrossSection } from './information-coefficients.ts';
import { type IntervalMethodName, intervalMethodNames, type JudgedTable } from './judged-table.ts';
import type { CoverageCurves } from './objective.ts';
import type { EvaluationReport } from './report.ts';
import type { GroupedScores } from './skill-report.ts';

/** Sums over judged symbol-days, of one method; widths and scores in log return. */
export interface IntervalSums {
  readonly judged: Float64Array;
  readonly inside: Float64Array;
  readonly width: Float64Array;
  readonly winkler: Float64Array;
}

/**
 * Sums of one method's intervals by group, such as by day or by symbol.
 *
 * @param group group of each judged row, from 0
 */
export function sumIntervals(
  table: JudgedTable,
  method: IntervalMethodName,
  group: ArrayLike<number>,
  groups: number,
): IntervalSums {
  const sums = {
    judged: new Float64Array(groups),
    inside: new Float64Array(groups),
    width: new Float64Array(groups),
    winkler: new Float64Array(groups),
  };
  const column = intervalMethodNames.indexOf(method);
  for (let row = 0; row < table.rows; row += 1) {
    const low = table.low[column]![row]!;
    const high = table.high[column]![row]!;
    const outcome = table.outcome[row]!;
    const place = group[row]!;
    sums.judged[place]! += 1;
    if (isInside(outcome, low, high)) sums.inside[place]! += 1;
    sums.width[place]! += high - low;
    sums.winkler[place]! += winklerScore(low, high, outcome, targetMiss);
  }
  return sums;
}

export type IntervalFigures = Pick<IntervalMethodReport, 'coverage' | 'meanWidthBp' | 'winklerBp'>;

export function intervalFigures(sums: IntervalSums, group: number): IntervalFigures {
  const judged = sums.judged[group]!;
  return {
    coverage: sums.inside[group]! / judged,
    meanWidthBp: inBasisPoints(sums.width[group]! / judged),
    winklerBp: inBasisPoints(sums.winkler[group]! / judged),
  };
}

/** The table of methods over all judged symbol-days. */
export function compareIntervalMethods(table: JudgedTable): readonly IntervalMethodReport[] {
  const together = new Uint32Array(table.rows);
  return intervalMethodNames.map((name) => {
    const daily = sumIntervals(table, name, table.day, table.days);
    const { min, max } = summariseCoverage(rollingCoverage(daily.inside, daily.judged, 250), 250);
    return {
      name,
      ...intervalFigures(sumIntervals(table, name, together, 1), 0),
      rollingCoverage250: { min, max },
    };
  });
}

/** A close on a bound is inside: bounds and outcome are logarithms of prices, so equality is up to rounding. */
function isInside(outcome: number, low: number, high: number): boolean {
  const rounding = 1e-12;
  return outcome >= low - rounding && outcome <= high + rounding;
}

/**
 * Every judged session with its scores beside those of each baseline on the same symbols.
 *
 * @param model whose IC it is, the published one
 */
export function sessionReports(
  table: JudgedTable,
  sessions: readonly TradeDate[],
  scores: GroupedScores,
  { all20, all60, all250 }: Pick<CoverageCurves, 'all20' | 'all60' | 'all250'>,
  model: number,
): readonly AccuracyPoint[] {
  const { published, baselines } = scores;
  const coefficients = dailyInformationCoefficients(table, model).values();
  return sessions.flatMap((session, day) => {
    const symbols = published.judged[day]!;
    if (symbols === 0) return [];
    return {
      session,
      ...intervalFigures(published, day),
      coverage20: orNull(all20[day]!),
      coverage60: orNull(all60[day]!),
      coverage250: orNull(all250[day]!),
      winklerRollingQuantileBp: intervalFigures(baselines.rollingQuantile, day).winklerBp,
      winklerRandomWalkBp: intervalFigures(baselines.randomWalk, day).winklerBp,
      winklerHarBp: intervalFigures(baselines.har, day).winklerBp,
      winklerEwmaBp: intervalFigures(baselines.ewma, day).winklerBp,
      ic: symbols >= minimumCrossSection ? (coefficients.next().value ?? null) : null,
      symbols,
    };
  });
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/**
 * Returns the figures of the published intervals on ex-days, judged by the close as it was; null without a judged
 * ex-day. It includes the coverage around the close with the dividend added back: on ex-days most closes lie low.
 */
export function exDividendReport(table: JudgedTable): EvaluationReport['exDividend'] {
  const column = intervalMethodNames.indexOf('published');
  let [symbolDays, inside, insideWithout, expected, dividends] = [0, 0, 0, 0, 0];
  for (let row = 0; row < table.rows; row += 1) {
    const dividend = table.dividend[row]!;
    if (dividend === 0) continue;
    const beforehand = table.expectedDividend[row]!;
    // All three as shares of the close before, without the dividend that log returns have added back.
    const close = Math.exp(table.outcome[row]!) - dividend;
    const lower = Math.exp(table.low[column]![row]!) - dividend;
    const upper = Math.exp(table.high[column]![row]!) - dividend;
    symbolDays += 1;
    dividends += dividend;
    if (beforehand > 0) expected += 1;
    if (isInside(close, lower, upper)) inside += 1;
    if (isInside(close, lower + beforehand, upper + beforehand)) insideWithout += 1;
  }
  if (symbolDays === 0) return null;
  return {
    symbolDays,
    coverage: inside / symbolDays,
    coverageWithout: insideWithout / symbolDays,
    expectedShare: expected / symbolDays,
    meanDividendBp: inBasisPoints(dividends / symbolDays),
  };
}
