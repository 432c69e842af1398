import { meanOf, sumOf } from '@daytrade/series';
import { averageRanks } from '../metrics/ranks.ts';
import { dailyInformationCoefficients } from './information-coefficients.ts';
import type { JudgedTable } from './judged-table.ts';

interface DirectionFigures {
  /** Share of moves whose direction was the one with the higher probability; unchanged closes are left out. */
  readonly hitRate: number;
  /** Root mean squared error of the predicted log return. */
  readonly rmse: number;
  /** 1 - squared error / squared return: against the forecast 0 (Gu, Kelly & Xiu 2020), which is hard to beat. */
  readonly r2: number;
  /** Mean over days of the rank correlation across symbols, of the whole return; 0 when no day has 3 symbols. */
  readonly ic: number;
  /** IC / its deviation over days; 0 when it has none. */
  readonly icir: number;
  readonly auc: number;
  readonly brier: number;
}

/** Hits and moves by group, such as by day or by symbol, and moves up. */
interface GroupedHits {
  readonly hits: Float64Array;
  readonly moves: Float64Array;
  readonly rises: Float64Array;
}

export function directionFigures(table: JudgedTable, model: number): DirectionFigures {
  const { hits, moves } = hitsBy(table, model, table.day, table.days);
  const daily = dailyInformationCoefficients(table, model);
  const ic = daily.length === 0 ? 0 : meanOf(daily);
  const deviation = Math.sqrt(meanOf(daily.map((value) => (value - ic) ** 2)));
  return {
    hitRate: sumOf(hits) / sumOf(moves) || 0,
    ...squaredErrors(table, model),
    ic,
    icir: deviation > 0 ? ic / deviation : 0,
    ...probabilityFigures(table, model),
  };
}

/**
 * Returns a model's hits by group.
 *
 * @param group group of each judged row, from 0
 */
export function hitsBy(table: JudgedTable, model: number, group: ArrayLike<number>, groups: number): GroupedHits {
  const column = () => new Float64Array(groups);
  const found = { hits: column(), moves: column(), rises: column() };
  for (let row = 0; row < table.rows; row += 1) {
    const outcome = table.outcome[row]!;
    if (outcome === 0) continue;
    const place = group[row]!;
    found.moves[place]! += 1;
    if (outcome > 0) found.rises[place]! += 1;
    if (table.probability[model]![row]! >= 0.5 === outcome > 0) found.hits[place]! += 1;
  }
  return found;
}

function squaredErrors(table: JudgedTable, model: number): { rmse: number; r2: number } {
  let errors = 0;
  let squares = 0;
  for (let row = 0; row < table.rows; row += 1) {
    errors += (table.outcome[row]! - table.predicted[model]![row]!) ** 2;
    squares += table.outcome[row]! ** 2;
  }
  return { rmse: Math.sqrt(errors / table.rows), r2: squares > 0 ? 1 - errors / squares : 0 };
}

function probabilityFigures(table: JudgedTable, model: number): { auc: number; brier: number } {
  const moved = table.outcome.flatMap((outcome, row) => (outcome === 0 ? [] : [row]));
  const rose = moved.map((row) => (table.outcome[row]! > 0 ? 1 : 0));
  const probabilities = moved.map((row) => table.probability[model]![row]!);
  const auc = areaUnderCurve(probabilities, rose);
  return { auc: Number.isNaN(auc) ? 0.5 : auc, brier: moved.length > 0 ? brierScore(probabilities, rose) : 0.25 };
}

/**
 * Area under the receiver operating characteristic: the chance that a rising one of two outcomes has the higher score
 * (Mann-Whitney). NaN when all outcomes are the same.
 *
 * @param rose 1 where the outcome is up, 0 where it is down
 */
export function areaUnderCurve(scores: ArrayLike<number>, rose: ArrayLike<number>): number {
  const ranks = averageRanks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < ranks.length; i += 1) {
    if (rose[i] !== 1) continue;
    positives += 1;
    rankSum += ranks[i]!;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (ranks.length - positives));
}

/** Mean squared difference between a probability and what happened (Brier 1950): 0 best, 0.25 for a constant half. */
export function brierScore(probabilities: ArrayLike<number>, rose: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i += 1) sum += (probabilities[i]! - rose[i]!) ** 2;
  return sum / probabilities.length;
}
