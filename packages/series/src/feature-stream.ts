import { CalendarState } from './calendar-state.ts';
import { featureNames, featureSources } from './feature-catalogue.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { FeatureMachine, SessionFeature, SessionState } from './feature-source.ts';
import { MarketState } from './market-state.ts';
import { rankAcross } from './operators/cross-section.ts';
import type { Panel } from './panel.ts';
import { type SessionBars, sessionBars } from './session-bars.ts';
import { isBar, SymbolBar } from './symbol-bar.ts';
import { SymbolHistory } from './symbol-history.ts';

/**
 * Sessions that a batch takes at a time: a machine goes through its bars of all of them while its state is in the processor's
 * cache. Any number gives the same values.
 */
const sessionsAtOnce = 32;

/** One feature's machines, one a symbol, and the column they fill. */
interface MachineColumn {
  readonly column: number;
  readonly machines: readonly FeatureMachine[];
}

/** A column that the symbols of a session share. */
interface SessionColumn {
  readonly column: number;
  readonly ofSession: SessionFeature['ofSession'];
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
  readonly #histories: readonly SymbolHistory[];
  /** Bars of the sessions being taken, by symbol: as many a symbol as the longest push had sessions. */
  readonly #bars: readonly SymbolBar[][];
  /** 1 for the symbols with a bar at the newest session. */
  readonly #present: Uint8Array;
  readonly #session: SessionState = { market: new MarketState(), calendar: new CalendarState() };
  readonly #machineColumns: readonly MachineColumn[];
  readonly #sessionColumns: readonly SessionColumn[];
  readonly #rankColumns: readonly RankColumn[];
  readonly #ranked: Float64Array;
  readonly #rank: Float64Array;

  constructor(symbolCount: number) {
    this.#histories = Array.from({ length: symbolCount }, () => new SymbolHistory());
    this.#bars = this.#histories.map(() => []);
    this.#present = new Uint8Array(symbolCount);
    this.#ranked = new Float64Array(symbolCount);
    this.#rank = new Float64Array(symbolCount);
    this.#machineColumns = featureSources.flatMap((source, column) =>
      'machine' in source ? [{ column, machines: this.#histories.map(() => source.machine()) }] : [],
    );
    this.#sessionColumns = featureSources.flatMap((source, column) =>
      'ofSession' in source ? [{ column, ofSession: source.ofSession }] : [],
    );
    this.#rankColumns = featureSources.flatMap((source, column) =>
      'rankOf' in source ? [{ column, of: featureNames.indexOf(source.rankOf) }] : [],
    );
  }

  /**
   * Takes the next session and gives its features: one row a symbol.
   *
   * @throws DayTradeError `market.date-out-of-range` when the session after it lies beyond the calendar
   */
  push(session: SessionBars): FeatureMatrix {
    const rows = this.#histories.length;
    const matrix = { names: featureNames, rows, values: new Float64Array(rows * featureNames.length) };
    this.pushInto([session], matrix, 0);
    return matrix;
  }

  /**
   * As {@link push} of one session after the other, into rows `firstRow` and following of a matrix. The machines of a column take
   * all of the sessions before those of the next column take any; each sees its bars in order.
   */
  pushInto(sessions: readonly SessionBars[], matrix: FeatureMatrix, firstRow: number): void {
    const symbolCount = this.#histories.length;
    for (const [k, session] of sessions.entries()) {
      this.#move(session, k);
      this.#fillShared(matrix, firstRow + k * symbolCount);
    }
    for (const { column, machines } of this.#machineColumns) {
      const at = column * matrix.rows + firstRow;
      for (let s = 0; s < symbolCount; s += 1) {
        fillSymbol(machines[s]!, this.#bars[s]!, sessions.length, matrix.values, at + s, symbolCount);
      }
    }
    for (const k of sessions.keys()) this.#fillRanks(matrix, firstRow + k * symbolCount);
  }

  /** Takes a session, the one at place `k` of those being taken. */
  #move({ day, open, high, low, close, volume }: SessionBars, k: number): void {
    const { market, calendar } = this.#session;
    const moved: SymbolBar[] = [];
    for (let s = 0; s < this.#histories.length; s += 1) {
      const bars = this.#bars[s]!;
      if (k === bars.length) bars.push(new SymbolBar());
      const bar = bars[k]!;
      bar.present = isBar(open[s]!, high[s]!, low[s]!, close[s]!, volume[s]!);
      this.#present[s] = bar.present ? 1 : 0;
      if (!bar.present) continue;
      bar.open = open[s]!;
      bar.high = high[s]!;
      bar.low = low[s]!;
      bar.close = close[s]!;
      bar.volume = volume[s]!;
      this.#histories[s]!.push(bar);
      moved.push(bar);
    }
    market.push(moved);
    calendar.push(day);
    for (let s = 0; s < this.#histories.length; s += 1) {
      if (this.#present[s]) this.#histories[s]!.pushMarket(this.#bars[s]![k]!, market);
    }
  }

  #fillShared({ rows, values }: FeatureMatrix, row: number): void {
    const present = this.#present;
    for (const { column, ofSession } of this.#sessionColumns) {
      const value = finiteOrNaN(ofSession(this.#session));
      const at = column * rows + row;
      for (let s = 0; s < present.length; s += 1) values[at + s] = present[s] ? value : NaN;
    }
  }

  #fillRanks({ rows, values }: FeatureMatrix, row: number): void {
    for (const { column, of } of this.#rankColumns) {
      for (let s = 0; s < this.#ranked.length; s += 1) this.#ranked[s] = values[of * rows + row + s]!;
      rankAcross(this.#ranked, this.#rank);
      values.set(this.#rank, column * rows + row);
    }
  }
}

/** Puts a machine's values at the first `count` bars into `values` at `at` and every `step` after it. */
function fillSymbol(
  machine: FeatureMachine,
  bars: readonly SymbolBar[],
  count: number,
  values: Float64Array,
  at: number,
  step: number,
): void {
  for (let k = 0; k < count; k += 1) {
    const bar = bars[k]!;
    values[at + k * step] = bar.present ? finiteOrNaN(machine(bar)) : NaN;
  }
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
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
  for (let t = 0; t < panel.days.length; t += sessionsAtOnce) {
    const length = Math.min(sessionsAtOnce, panel.days.length - t);
    const sessions = Array.from({ length }, (_, k) => sessionBars(panel, t + k));
    stream.pushInto(sessions, matrix, t * symbolCount);
  }
  return matrix;
}
