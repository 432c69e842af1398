import type { IntervalMethodReport } from '@daytrade/contracts';
import { targetMiss } from '../intervals/promise.ts';
import { inBasisPoints } from '../metrics/basis-points.ts';
import { winklerScore } from '../metrics/interval-score.ts';
import { rollingCoverage, summariseCoverage } from '../metrics/rolling-coverage.ts';
import { type IntervalMethodName, intervalMethodNames, type JudgedTable } from './judged-table.ts';

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

/** Coverage, mean width and mean Winkler score. */
export type IntervalFigures = Pick<IntervalMethodReport, 'coverage' | 'meanWidthBp' | 'winklerBp'>;

/** The figures of one group. */
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
