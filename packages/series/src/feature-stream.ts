import type { DayNumber } from '@daytrade/market';
import { close, high, low, open, volume } from './bar-series.ts';
import { CalendarState, calendarFields, fromCalendar } from './calendar.ts';
import type { FeatureMatrix, FeatureTarget } from './feature.ts';
import { featureNames, featureSeries } from './feature-catalogue.ts';
import { FeaturePlan } from './feature-plan.ts';
import type { BarRows, Panel, SessionBars, SessionIndex } from './panel.ts';

const bar = [open, high, low, close, volume];
const calendar = calendarFields.map((field) => [field, fromCalendar(field)] as const);

/**
 * Sessions that are taken at a time, and their rows: so few that the numbers of some hundred series stay in the
 * processor's cache from one step to the next. Any number gives the same values.
 */
const mostSessionsAtOnce = 64;
const mostRowsAtOnce = 32_768;

/**
 * The features of a fixed list of symbols, session after session. It has seen nothing but what was pushed, so a value
 * at t can depend on nothing after t; a batch is a loop over it, so the newest session and history are one computation.
 *
 * A symbol without a bar at a session has NaN in every column there, and its state stays as it was.
 */
export class FeatureStream {
  readonly #symbols: number;
  readonly #names: readonly string[];
  readonly #plan: FeaturePlan;
  readonly #sessionsAtOnce: number;
  readonly #calendar = new CalendarState();
  /** The calendar fields that features use. */
  readonly #calendarRead: typeof calendar;

  /**
   * @param names the features to compute, in the order of the columns; all of them unless said
   * @throws TypeError for a name that no feature has
   */
  constructor(symbolCount: number, names = featureNames) {
    this.#symbols = symbolCount;
    this.#names = names;
    const sources = [...bar, ...calendar.map(([, series]) => series)];
    this.#plan = new FeaturePlan(featureSeries(names), symbolCount, sources);
    this.#calendarRead = calendar.filter(([, series]) => this.#plan.reads(series));
    this.#sessionsAtOnce = Math.max(1, Math.min(mostSessionsAtOnce, Math.floor(mostRowsAtOnce / symbolCount)));
  }

  /**
   * Takes the next session and returns its features: one row per symbol.
   *
   * @throws DayTradeError `market.date-out-of-range` when a feature needs the session after it, and that lies beyond
   * the calendar
   */
  push(session: SessionBars): FeatureMatrix {
    const rows = this.#symbols;
    const matrix = emptyMatrix(this.#names, rows, session.own);
    this.#take([session.day], session, 0, matrix, 0);
    return matrix;
  }

  /**
   * As {@link push} of sessions `from` to `to` (exclusive) of a panel, into rows `firstRow` and following of a matrix;
   * without one, only the state after them is wanted.
   */
  pushPanel(panel: Panel, from: SessionIndex, to: SessionIndex, matrix?: FeatureTarget, firstRow = 0): void {
    for (let t = from; t < to; t += this.#sessionsAtOnce) {
      const days = panel.days.subarray(t, Math.min(t + this.#sessionsAtOnce, to));
      this.#take(days, panel, t * this.#symbols, matrix, firstRow + (t - from) * this.#symbols);
    }
  }

  /** Takes the sessions of these days, whose bars stand in rows `firstBar` and following. */
  #take(
    days: ArrayLike<DayNumber>,
    bars: BarRows,
    firstBar: number,
    matrix: FeatureTarget | undefined,
    firstRow: number,
  ): void {
    this.#plan.reserve(days.length);
    this.#readBars(bars, firstBar, days.length * this.#symbols);
    this.#readCalendar(days);
    this.#plan.run(days.length, matrix, firstRow);
  }

  #readBars(bars: BarRows, firstBar: number, count: number): void {
    for (const series of bar) {
      const rows = bars[series.formula as keyof BarRows];
      this.#plan.source(series).set(rows.subarray(firstBar, firstBar + count));
    }
    this.#plan.keepBars(count, bar);
  }

  #readCalendar(days: ArrayLike<DayNumber>): void {
    if (this.#calendarRead.length === 0) return;
    const fields = this.#calendarRead.map(([field, series]) => [field, this.#plan.source(series)] as const);
    for (let k = 0; k < days.length; k += 1) {
      this.#calendar.push(days[k]!);
      for (const [field, numbers] of fields) numbers[k] = this.#calendar[field];
    }
  }
}

/** The part of a panel to compute, and its target. */
export interface FeatureOptions {
  /**
   * The features, in the order of the columns; all of them unless said. Steps needed only by other features are not
   * computed.
   */
  readonly names?: readonly string[];
  /** Makes the array of the matrix, for this many numbers: to have it on a SharedArrayBuffer, for example. */
  readonly allocate?: (length: number) => Float32Array;
}

/**
 * The features of every symbol at every session of a panel.
 *
 * @throws DayTradeError `market.date-out-of-range` when a feature needs the session after the last, and that lies
 * beyond the calendar
 * @throws TypeError for a name that no feature has
 */
export function computeFeatures(panel: Panel, { names = featureNames, allocate }: FeatureOptions = {}): FeatureMatrix {
  const symbolCount = panel.symbols.length;
  const rows = panel.days.length * symbolCount;
  const matrix = emptyMatrix(names, rows, panel.own, allocate);
  new FeatureStream(symbolCount, names).pushPanel(panel, 0, panel.days.length, matrix);
  return matrix;
}

/** Makes a matrix for these features. Columns of the user's files stand after them, with their values. */
function emptyMatrix(
  names: readonly string[],
  rows: number,
  own: Panel['own'] = [],
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): FeatureMatrix {
  const all = own.length === 0 ? names : [...names, ...own.map(({ name }) => name)];
  const values = allocate(rows * all.length);
  for (const [i, column] of own.entries()) values.set(column.values, (names.length + i) * rows);
  return { names: all, rows, values };
}
