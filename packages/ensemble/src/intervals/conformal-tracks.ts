import { minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { conformalQuantile, PooledWindow, SortedMultiset, SortedWindow } from './score-windows.ts';

/** The state of one symbol's conformal intervals: its newest scores, oldest first. */
export interface ConformalState {
  readonly scores: Float64Array;
}

/**
 * Half-widths by split conformal prediction of several symbols in units of their scale, session after session. A symbol
 * with fewer than 60 scores of its own uses the scores of all symbols.
 */
export class ConformalTrack {
  readonly #windows: readonly SortedWindow[];
  /** The pooled scores of all symbols: made on demand, kept up to date, and dropped when unused. */
  #pooled: SortedMultiset | undefined;
  #observedSinceAsked = 0;

  /** @param states one a symbol; undefined for a symbol without a past */
  constructor(states: readonly (ConformalState | undefined)[]) {
    this.#windows = states.map((state) => new SortedWindow(scoreWindow, state && [...state.scores]));
  }

  /** Q(alpha) for a symbol; Infinity while there are too few scores at all. */
  split(symbol: number): number {
    const own = this.#windows[symbol]!.sorted;
    if (own.length >= minimumScores) return conformalQuantile(own, targetMiss);
    this.#pooled ??= new SortedMultiset(Float64Array.from(this.#windows.flatMap((window) => window.arrival)).sort());
    this.#observedSinceAsked = 0;
    return this.#pooled.length < minimumScores ? Infinity : conformalQuantile(this.#pooled, targetMiss);
  }

  observe(symbol: number, score: number): void {
    const left = this.#windows[symbol]!.push(score);
    this.#updatePooled(score, left);
  }

  state(symbol: number): ConformalState {
    return { scores: Float64Array.from(this.#windows[symbol]!.arrival) };
  }

  #updatePooled(score: number, left: number | undefined): void {
    if (this.#pooled === undefined) return;
    this.#observedSinceAsked += 1;
    // A symbol that never moved can have a score of NaN, which has no place in an order.
    if (this.#observedSinceAsked > this.#pooled.length || Number.isNaN(score) || Number.isNaN(left)) {
      this.#pooled = undefined;
      return;
    }
    this.#pooled.add(score);
    if (left !== undefined) this.#pooled.remove(left);
  }
}

/** Calm, usual and turbulent: thirds of a symbol's own newest scales. */
export const regimes = 3;

/** Own scales that a symbol needs before its regime is known; until then it is the usual one. */
const minimumScales = 20;

/** The newest scores of all symbols by regime, oldest first. */
export type RegimeState = readonly Float64Array[];

/**
 * Mondrian conformal prediction (Vovk et al. 2005) by volatility regime: split conformal on the newest scores of all
 * symbols that were in the regime that a symbol is in now, about 250 sessions of them. A regime with few scores uses
 * those of all.
 */
export class RegimeTrack {
  readonly #scales: readonly SortedWindow[];
  readonly #scores: readonly PooledWindow[];

  /** @param scales newest scales of each symbol, oldest first; undefined for a symbol without a past */
  constructor(scales: readonly (Float64Array | undefined)[], state?: RegimeState) {
    const capacity = Math.ceil((scoreWindow * scales.length) / regimes);
    this.#scales = scales.map((values) => new SortedWindow(scoreWindow, values && [...values]));
    this.#scores = Array.from({ length: regimes }, (_, r) => new PooledWindow(capacity, state?.[r]?.filter(isKnown)));
  }

  /** From 0, the calmest: where a scale stands among the symbol's newest ones. */
  regime(symbol: number, scale: number): number {
    const scales = this.#scales[symbol]!;
    const known = scales.sorted.length;
    if (known < minimumScales) return Math.floor(regimes / 2);
    return Math.min(regimes - 1, Math.floor((regimes * scales.rank(scale)) / known));
  }

  /** Q(alpha) for a symbol with a scale; Infinity while there are too few scores at all. */
  quantile(symbol: number, scale: number): number {
    const own = this.#scores[this.regime(symbol, scale)]!;
    if (own.length >= minimumScores) return own.quantile(targetMiss);
    const all = Float64Array.from(this.#scores.flatMap((window) => [...window.arrival()])).sort();
    return all.length < minimumScores ? Infinity : conformalQuantile(all, targetMiss);
  }

  observe(symbol: number, scale: number, score: number): void {
    if (isKnown(score)) this.#scores[this.regime(symbol, scale)]!.push(score);
  }

  /** Takes the scale of a session, after every use of it as the scale of today. */
  observeScale(symbol: number, scale: number): void {
    this.#scales[symbol]!.push(scale);
  }

  state(): RegimeState {
    return this.#scores.map((window) => window.arrival());
  }

  /** A symbol's newest scales, oldest first. */
  scales(symbol: number): Float64Array {
    return Float64Array.from(this.#scales[symbol]!.arrival);
  }
}

/** A symbol that never moved can have a score of NaN, which has no place in an order. */
function isKnown(score: number): boolean {
  return !Number.isNaN(score);
}
