import type { Panel, SessionIndex } from './panel.ts';

/** A running session at an instant, one value a symbol; NaN where a symbol has not traded yet. */
export interface SessionSnapshot {
  /** First traded price. */
  readonly open: Float64Array;
  /** Last traded price. */
  readonly price: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Sum of squared 5-minute log returns since the open. */
  readonly variance: Float64Array;
}

/** Names of the columns of a {@link SessionSnapshot}. */
export const snapshotColumns = ['open', 'price', 'high', 'low', 'variance'] as const;

/**
 * Snapshots of the sessions of a panel at some times of the day: row `((t - from) * times + k) * symbols + s` is
 * session t at time k of symbol s. Prices are those of the 5-minute bars, which may have another basis than the
 * panel's.
 */
export interface SessionPath extends SessionSnapshot {
  /** The first session of the panel that has bars within the day. */
  readonly from: SessionIndex;
  /** Times of the day, 'HH:MM' in Japan, rising. A time at or after the close of a session has no row there. */
  readonly times: readonly string[];
  /** Factor from prices of session t of symbol s to the panel's basis, at `(t - from) * symbols + s`. */
  readonly basis: Float64Array;
}

/**
 * Returns the snapshot of session `t` at time `k`, in the prices of the panel. Undefined before the first session with
 * 5-minute bars.
 */
export function snapshotAt(panel: Panel, path: SessionPath, t: SessionIndex, k: number): SessionSnapshot | undefined {
  if (t < path.from) return undefined;
  const symbols = panel.symbols.length;
  const from = ((t - path.from) * path.times.length + k) * symbols;
  const basis = (t - path.from) * symbols;
  const inBasis = (column: Float64Array) =>
    column.slice(from, from + symbols).map((price, s) => price * path.basis[basis + s]!);
  return {
    open: inBasis(path.open),
    price: inBasis(path.price),
    high: inBasis(path.high),
    low: inBasis(path.low),
    variance: path.variance.subarray(from, from + symbols),
  };
}

export function snapshotAtOpen(panel: Panel, t: SessionIndex): SessionSnapshot {
  const symbols = panel.symbols.length;
  return snapshotAtPrice(panel.open.subarray(t * symbols, (t + 1) * symbols));
}

export function snapshotBeforeOpen(symbols: number): SessionSnapshot {
  return snapshotAtPrice(new Float64Array(symbols).fill(NaN));
}

/** Returns the snapshot of symbols that have traded at one price alone; NaN for one that has not traded. */
export function snapshotAtPrice(price: Float64Array): SessionSnapshot {
  return { open: price, price, high: price, low: price, variance: new Float64Array(price.length).fill(NaN) };
}

/** Length of the bars that a session is made of, milliseconds. */
export const barMilliseconds = 300_000;

export interface BarWithinDay {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The running session of one symbol, bar after bar. */
export class SymbolSnapshot {
  open = NaN;
  price = NaN;
  high = NaN;
  low = NaN;
  variance = NaN;

  /** Takes the next bar that has ended; a bar without a price, as over lunch, changes nothing. */
  take(bar: BarWithinDay): void {
    if (!(bar.open > 0 && bar.close > 0)) return;
    const first = Number.isNaN(this.open);
    if (first) this.open = bar.open;
    // The first bar is measured from its own open, each other from the price before it.
    const square = Math.log(bar.close / (first ? bar.open : this.price)) ** 2;
    this.variance = first ? square : this.variance + square;
    this.high = first ? bar.high : Math.max(this.high, bar.high);
    this.low = first ? bar.low : Math.min(this.low, bar.low);
    this.price = bar.close;
  }
}
