import type { SymbolCode } from '@daytrade/market';
import { onSharedMemory } from '@daytrade/series';
import { type ConformalState, ConformalTrack, type RegimeState, RegimeTrack } from './conformal-tracks.ts';
import { minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { PooledWindow } from './score-windows.ts';
import {
  type SessionClasses,
  SessionStretch,
  type StretchedClass,
  type StretchPriors,
  type StretchState,
} from './session-stretch.ts';

interface SymbolState {
  readonly ensemble: ConformalState;
  readonly ewma: ConformalState;
  /** Scores against the quantile head's ends. */
  readonly quantile: ConformalState;
  /** Newest scales, oldest first. */
  readonly scales: Float64Array;
}

/** The state of all methods; plain data. */
export interface TracksState {
  readonly symbols: Readonly<Record<string, SymbolState>>;
  readonly regimes: RegimeState;
}

/** One symbol's outcome as scores; all in units of the scale that they belong to. */
interface SymbolScores {
  /** |y - m| / v. */
  readonly ensemble: number;
  /** |y| / EWMA scale. */
  readonly ewma: number;
  /** Distance of y / v beyond the nearer end of the quantile head; negative inside. */
  readonly quantile: number;
  readonly scale: number;
}

/** The memories of all interval methods of several symbols. */
export class IntervalTracks {
  readonly ensemble: ConformalTrack;
  readonly ewma: ConformalTrack;
  readonly quantile: ConformalTrack;
  readonly #regime: RegimeTrack;
  readonly #symbols: readonly string[];

  constructor(symbols: readonly SymbolCode[], state?: TracksState) {
    const past = symbols.map((symbol) => state?.symbols[symbol]);
    this.#symbols = symbols;
    this.ensemble = new ConformalTrack(past.map((symbol) => symbol?.ensemble));
    this.ewma = new ConformalTrack(past.map((symbol) => symbol?.ewma));
    this.quantile = new ConformalTrack(past.map((symbol) => symbol?.quantile));
    this.#regime = new RegimeTrack(
      past.map((symbol) => symbol?.scales),
      state?.regimes,
    );
  }

  /**
   * Margin beyond the quantile head's ends, in units of the scale: the mean of the symbol's own conformal margin, which
   * is fair to each symbol but noisy, and of its regime's, which rests on many more scores.
   */
  regimeMargin(symbol: number, scale: number): number {
    return (this.quantile.split(symbol) + this.#regime.quantile(symbol, scale)) / 2;
  }

  observe(symbol: number, scores: SymbolScores): void {
    this.ensemble.observe(symbol, scores.ensemble);
    this.ewma.observe(symbol, scores.ewma);
    this.quantile.observe(symbol, scores.quantile);
    this.#regime.observe(symbol, scores.scale, scores.quantile);
    this.#regime.observeScale(symbol, scores.scale);
  }

  state(): TracksState {
    const symbols = this.#symbols.map((symbol, s): [string, SymbolState] => [
      symbol,
      {
        ensemble: this.ensemble.state(s),
        ewma: this.ewma.state(s),
        quantile: this.quantile.state(s),
        scales: this.#regime.scales(s),
      },
    ]);
    return { symbols: Object.fromEntries(symbols), regimes: this.#regime.state() };
  }
}

/** Change of the level's logarithm per share of symbols that missed beyond the promise. */
const gain = 0.1;

/** Decay of the logarithm per session, with a half-life of 69 sessions. */
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

/** The state of {@link HarTrack}, oldest first. */
export interface HarState {
  readonly scores: Float64Array;
  readonly stretch: StretchState;
}

/**
 * Half-widths of the yardstick in units of its scale: one quantile of the newest 250 sessions of all symbols together,
 * stretched by class as the ensemble's intervals are.
 */
export class HarTrack {
  readonly #scores: PooledWindow;
  readonly #stretch: SessionStretch;

  constructor(symbols: number, priors?: StretchPriors, state?: HarState) {
    this.#scores = new PooledWindow(scoreWindow * symbols, state?.scores);
    this.#stretch = new SessionStretch(symbols, priors, state?.stretch);
  }

  /** Infinity while there are too few scores. */
  halfWidth(name: StretchedClass | undefined): number {
    return this.#quantile * this.#stretch.factor(name);
  }

  /** Takes the scores of a session, |y| / scale by symbol. */
  observe(scores: readonly number[], names: SessionClasses): void {
    const quantile = this.#quantile;
    const stretches = names.map((name) => this.#stretch.factor(name));
    for (const [i, score] of scores.entries()) {
      if (quantile < Infinity) this.#stretch.observe(names[i], score / quantile);
      this.#scores.push(score / stretches[i]!);
    }
  }

  state(): HarState {
    return { scores: onSharedMemory(this.#scores.arrival()), stretch: this.#stretch.state() };
  }

  get #quantile(): number {
    return this.#scores.length < minimumScores ? Infinity : this.#scores.quantile(targetMiss);
  }
}
