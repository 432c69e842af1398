import { ensembleMethods } from '../intervals/interval-method.ts';

/** Names of the interval methods that are compared, all on the same symbol-days and published by the same rules. */
export const intervalMethodNames = [
  'random-walk',
  'rolling-quantile',
  'ewma-normal',
  'ewma-split',
  'har',
  ...ensembleMethods,
  'published',
] as const;

/** Name of an interval method in the table. */
export type IntervalMethodName = (typeof intervalMethodNames)[number];

/** One symbol-day that has an outcome. */
export interface JudgedRow {
  /** Judged session, from 0. */
  readonly day: number;
  readonly symbol: number;
  /** Log return that happened, with the dividend on an ex-day. */
  readonly outcome: number;
  /** The part of it up to the next open, of a forecast made before it; NaN where the session has none. */
  readonly overnight: number;
  /** That dividend as a share of the close before; 0 on every other day. */
  readonly dividend: number;
  /** What was expected of it, in the same way. */
  readonly expectedDividend: number;
  /** Log-return bounds of each method, in the order of {@link intervalMethodNames}. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /**
   * Of each model: predicted log return; the prediction of z without the market's part, which orders the symbols; and
   * the probability of a rise.
   */
  readonly predicted: readonly number[];
  readonly ordering: readonly number[];
  readonly probability: readonly number[];
}

/** The judged symbol-days in columns, day after day. */
export class JudgedTable {
  readonly days: number;
  readonly day: number[] = [];
  readonly symbol: number[] = [];
  readonly outcome: number[] = [];
  readonly overnight: number[] = [];
  readonly dividend: number[] = [];
  readonly expectedDividend: number[] = [];
  readonly low: readonly number[][];
  readonly high: readonly number[][];
  readonly predicted: readonly number[][];
  readonly ordering: readonly number[][];
  readonly probability: readonly number[][];

  /**
   * @param days judged sessions
   * @param models members and combinations
   */
  constructor(days: number, models: number) {
    this.days = days;
    this.low = intervalMethodNames.map(() => []);
    this.high = intervalMethodNames.map(() => []);
    this.predicted = Array.from({ length: models }, () => []);
    this.ordering = Array.from({ length: models }, () => []);
    this.probability = Array.from({ length: models }, () => []);
  }

  get rows(): number {
    return this.day.length;
  }

  add(row: JudgedRow): void {
    this.day.push(row.day);
    this.symbol.push(row.symbol);
    this.outcome.push(row.outcome);
    this.overnight.push(row.overnight);
    this.dividend.push(row.dividend);
    this.expectedDividend.push(row.expectedDividend);
    for (const [i, column] of this.low.entries()) column.push(row.low[i]!);
    for (const [i, column] of this.high.entries()) column.push(row.high[i]!);
    for (const [i, column] of this.predicted.entries()) column.push(row.predicted[i]!);
    for (const [i, column] of this.ordering.entries()) column.push(row.ordering[i]!);
    for (const [i, column] of this.probability.entries()) column.push(row.probability[i]!);
  }
}
