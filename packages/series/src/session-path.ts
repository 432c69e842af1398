import type { Panel, SessionIndex } from './panel.ts';

/** What is known of a running session at an instant, one value a symbol; NaN where a symbol has not traded yet. */
export interface SessionSoFar {
  /** First traded price. */
  readonly open: Float64Array;
  /** Last traded price. */
  readonly price: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Sum of squared 5-minute log returns since the open. */
  readonly variance: Float64Array;
}

/** Names of the columns of a {@link SessionSoFar}. */
export const soFarColumns = ['open', 'price', 'high', 'low', 'variance'] as const;

/**
 * What was known within the sessions of a panel, at some times of the day: row `((t - from) * times + k) * symbols + s`
 * is session t at time k of symbol s. Prices are those of the 5-minute bars, which may have another basis than the
 * panel's.
 */
export interface SessionPath extends SessionSoFar {
  /** The first session of the panel that has bars within the day. */
  readonly from: SessionIndex;
  /** Times of the day, 'HH:MM' in Japan, rising. A time at or after the close of a session has no row there. */
  readonly times: readonly string[];
  /**
   * What prices of session t of symbol s are multiplied by to be in the panel's basis, at `(t - from) * symbols + s`.
   */
  readonly basis: Float64Array;
}

/**
 * What was known of session `t` at time `k`, in the prices of the panel. Undefined before the first session with
 * 5-minute bars.
 */
export function soFarAt(panel: Panel, path: SessionPath, t: SessionIndex, k: number): SessionSoFar | undefined {
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

/** What is known of session `t` of a panel at its open: the opening price, and nothing of what followed. */
export function soFarAtOpen(panel: Panel, t: SessionIndex): SessionSoFar {
  const symbols = panel.symbols.length;
  return atOnePrice(panel.open.subarray(t * symbols, (t + 1) * symbols));
}

/** What is known of a session before its open: nothing. */
export function soFarBeforeOpen(symbols: number): SessionSoFar {
  return atOnePrice(new Float64Array(symbols).fill(NaN));
}

function atOnePrice(price: Float64Array): SessionSoFar {
  return { open: price, price, high: price, low: price, variance: new Float64Array(price.length).fill(NaN) };
}
