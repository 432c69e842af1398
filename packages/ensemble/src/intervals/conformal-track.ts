import { adaptiveGain, minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { SortedMultiset } from './sorted-multiset.ts';
import { conformalQuantile, SortedWindow } from './sorted-window.ts';

/**
 * What one symbol's conformal intervals remember: its newest scores, oldest first, and the `a` of adaptive conformal
 * inference.
 */
export interface ConformalState {
  readonly scores: Float64Array;
  readonly miss: number;
}

/**
 * Conformal half-widths of several symbols in units of their scale, session after session.
 *
 * `split` is split conformal prediction at the promised miss rate; `adaptive` is adaptive conformal inference (Gibbs &
 * Candes 2021): each symbol has its own miss rate a, which grows by g * alpha after a hit and falls by g * (1 - alpha)
 * after a miss.
 *
 * A symbol with fewer than 60 scores of its own uses the scores of all symbols.
 */
export class ConformalTrack {
  readonly #windows: readonly SortedWindow[];
  readonly #miss: Float64Array;
  /** The scores of all symbols: made when they are asked for, kept up to date, and let go when nobody asks. */
  #pooled: SortedMultiset | undefined;
  #observedSinceAsked = 0;

  /** @param states one a symbol; undefined for a symbol without a past */
  constructor(states: readonly (ConformalState | undefined)[]) {
    this.#windows = states.map((state) => new SortedWindow(scoreWindow, state && [...state.scores]));
    this.#miss = Float64Array.from(states, (state) => state?.miss ?? targetMiss);
  }

  /** Q(alpha) for a symbol; Infinity while there are too few scores at all. */
  split(symbol: number): number {
    return this.#quantile(symbol, targetMiss);
  }

  /** Q(a) with the symbol's own a; Infinity also when a is 0 or less: only the whole limit band is wide enough then. */
  adaptive(symbol: number): number {
    return this.#quantile(symbol, this.#miss[symbol]!);
  }

  /** Largest of the symbol's newest scores; -Infinity when it has none. */
  largest(symbol: number): number {
    return this.#windows[symbol]!.sorted.at(-1) ?? -Infinity;
  }

  /**
   * Takes a score.
   *
   * @param missed whether the outcome fell outside the adaptive interval; undefined when there was none
   */
  observe(symbol: number, score: number, missed?: boolean): void {
    const left = this.#windows[symbol]!.push(score);
    this.#updatePooled(score, left);
    if (missed !== undefined) this.#miss[symbol]! += adaptiveGain * (targetMiss - (missed ? 1 : 0));
  }

  state(symbol: number): ConformalState {
    return { scores: Float64Array.from(this.#windows[symbol]!.arrival), miss: this.#miss[symbol]! };
  }

  #quantile(symbol: number, miss: number): number {
    const own = this.#windows[symbol]!.sorted;
    if (own.length >= minimumScores) return conformalQuantile(own, miss);
    this.#pooled ??= new SortedMultiset(Float64Array.from(this.#windows.flatMap((window) => window.arrival)).sort());
    this.#observedSinceAsked = 0;
    return this.#pooled.length < minimumScores ? Infinity : conformalQuantile(this.#pooled, miss);
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
