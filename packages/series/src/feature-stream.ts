import { CalendarState } from './calendar-state.ts';
import { featureNames, featureSources } from './feature-catalogue.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { FeatureMachine, SessionState } from './feature-source.ts';
import { MarketState } from './market-state.ts';
import { rankAcross } from './operators/cross-section.ts';
import type { Panel } from './panel.ts';
import { type SessionBars, sessionBars } from './session-bars.ts';
import { isBar, SymbolBar } from './symbol-bar.ts';

/** One feature's machines, one a symbol, and the column they fill. */
interface MachineColumn {
  readonly column: number;
  readonly machines: readonly FeatureMachine[];
}

/** A column that ranks another one across the symbols. */
interface RankColumn {
  readonly column: number;
  readonly of: number;
}

/**
 * The features of a fixed list of symbols, session after session. It has seen nothing but what was pushed, so a value at t can
 * depend on nothing after t; a batch is a loop over it, so the newest session and history are one computation.
 *
 * A symbol without a bar at a session has NaN in every column there, and its state stays as it was.
 *
 * @example
 * const stream = new FeatureStream(panel.symbols.length);
 * for (let t = 0; t < panel.days.length; t += 1) latest = stream.push(sessionBars(panel, t));
 */
export class FeatureStream {
  readonly #bars: readonly SymbolBar[];
  readonly #session: SessionState = { market: new MarketState(), calendar: new CalendarState() };
  readonly #columns: readonly MachineColumn[];
  readonly #ranks: readonly RankColumn[];
  readonly #present: number[] = [];
  readonly #ranked: Float64Array;
  readonly #rank: Float64Array;

  constructor(symbolCount: number) {
    this.#bars = Array.from({ length: symbolCount }, () => new SymbolBar());
    this.#ranked = new Float64Array(symbolCount);
    this.#rank = new Float64Array(symbolCount);
    this.#columns = featureSources.flatMap((source, column) =>
      'machine' in source ? [{ column, machines: this.#bars.map(() => source.machine()) }] : [],
    );
    this.#ranks = featureSources.flatMap((source, column) =>
      'rankOf' in source ? [{ column, of: featureNames.indexOf(source.rankOf) }] : [],
    );
  }

  /**
   * Takes the next session and gives its features: one row a symbol.
   *
   * @throws DayTradeError `market.date-out-of-range` when the session after it lies beyond the calendar
   */
  push(session: SessionBars): FeatureMatrix {
    const rows = this.#bars.length;
    const matrix = { names: featureNames, rows, values: new Float64Array(rows * featureNames.length) };
    this.pushInto(session, matrix, 0);
    return matrix;
  }

  /** As {@link push}, into rows `firstRow` and following of a matrix. */
  pushInto(session: SessionBars, matrix: FeatureMatrix, firstRow: number): void {
    this.#move(session);
    for (const { column, machines } of this.#columns) this.#fill(machines, matrix, column * matrix.rows + firstRow);
    for (const { column, of } of this.#ranks) {
      this.#fillRank(matrix, of * matrix.rows + firstRow, column * matrix.rows + firstRow);
    }
  }

  #move({ day, open, high, low, close, volume }: SessionBars): void {
    this.#present.length = 0;
    for (let s = 0; s < this.#bars.length; s += 1) {
      if (!isBar(open[s]!, high[s]!, low[s]!, close[s]!, volume[s]!)) continue;
      this.#bars[s]!.push(open[s]!, high[s]!, low[s]!, close[s]!, volume[s]!);
      this.#present.push(s);
    }
    const { market, calendar } = this.#session;
    const moved = this.#present.map((s) => this.#bars[s]!);
    market.push(moved);
    calendar.push(day);
    for (const bar of moved) bar.pushMarketReturn(market.return1);
  }

  #fill(machines: readonly FeatureMachine[], matrix: FeatureMatrix, at: number): void {
    matrix.values.fill(NaN, at, at + machines.length);
    for (const s of this.#present) {
      const value = machines[s]!(this.#bars[s]!, this.#session);
      if (Number.isFinite(value)) matrix.values[at + s] = value;
    }
  }

  #fillRank(matrix: FeatureMatrix, from: number, at: number): void {
    const symbolCount = this.#bars.length;
    for (let s = 0; s < symbolCount; s += 1) this.#ranked[s] = matrix.values[from + s]!;
    rankAcross(this.#ranked, this.#rank);
    matrix.values.set(this.#rank, at);
  }
}

/**
 * The features of every symbol at every session of a panel.
 *
 * @throws DayTradeError `market.date-out-of-range` when the session after the last lies beyond the calendar
 */
export function computeFeatures(panel: Panel): FeatureMatrix {
  const symbolCount = panel.symbols.length;
  const rows = panel.days.length * symbolCount;
  const matrix = { names: featureNames, rows, values: new Float64Array(rows * featureNames.length) };
  const stream = new FeatureStream(symbolCount);
  for (let t = 0; t < panel.days.length; t += 1) stream.pushInto(sessionBars(panel, t), matrix, t * symbolCount);
  return matrix;
}
