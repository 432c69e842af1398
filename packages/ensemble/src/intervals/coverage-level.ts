import { targetMiss } from './promise.ts';

/** How much the logarithm of the level moves for each share of symbols that missed beyond the promise. */
const gain = 0.1;

/** What is left of the logarithm after a session: the level forgets, with a half-life of 69 sessions. */
const memory = 0.99;

/**
 * A factor on the widths of all symbols that follows the share of them that missed: adaptive conformal inference (Gibbs
 * & Candes 2021) on the symbols together, on the logarithm of the width. The symbols of a session miss together, so
 * that the quantile of each symbol learns too late that all are too narrow.
 */
export class CoverageLevel {
  #logarithm: number;

  /** @param logarithm as {@link state} gave it; 0 for a level that knows nothing yet */
  constructor(logarithm = 0) {
    this.#logarithm = logarithm;
  }

  /** The factor on the widths, 1 without a past. */
  get factor(): number {
    return Math.exp(this.#logarithm);
  }

  /** Takes the outcomes of a session. */
  observe(inside: number, judged: number): void {
    if (judged === 0) return;
    const missed = 1 - inside / judged;
    this.#logarithm = memory * this.#logarithm + gain * (missed - targetMiss);
  }

  state(): number {
    return this.#logarithm;
  }
}
