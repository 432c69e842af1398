import { adaptiveGain, minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { conformalQuantile, PooledWindow, SortedMultiset, SortedWindow } from './score-windows.ts';

/**
 * The state of one symbol's conformal intervals: its newest scores, oldest first, and the `a` of adaptive conformal
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
  /** The pooled scores of all symbols: made on demand, kept up to date, and dropped when unused. */
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

/**
 * Step of the quantile tracker, as a share of the largest newest score (the paper's recommendation of a step in units
 * of the scores).
 */
const trackingGain = 0.01;

/** Strength of the integrator, in units of the score. */
const integratorGain = 0.5;

/** Saturation of the integrator: the larger, the later. */
const integratorSaturation = 1;

/** Angle at which the tangent is cut off, a little before it is infinite. */
const largestAngle = 1.5;

/** The state of conformal PID control of one symbol. */
export interface PidState {
  /** The tracked quantile, in units of the scale. */
  readonly quantile: number;
  /** Misses so far above those promised. */
  readonly excess: number;
  readonly sessions: number;
}

/**
 * Conformal PID control (Angelopoulos, Candes & Tibshirani 2023, arXiv 2307.16895) of several symbols' half-widths in
 * units of their scale. P is quantile tracking, q += eta * (err - alpha) with eta a share of the largest newest score;
 * I adds K tan(E log(t + 1) / (C (t + 1))), E the sum of err - alpha over t sessions. There is no D part: the scale is
 * the forecast.
 */
export class PidTrack {
  readonly #states: (PidState | undefined)[];

  /** @param states one a symbol; undefined for a symbol without a past */
  constructor(states: readonly (PidState | undefined)[]) {
    this.#states = [...states];
  }

  /** @param start quantile of a symbol that has no past yet */
  halfWidth(symbol: number, start: number): number {
    const state = this.#states[symbol];
    if (state === undefined) return start;
    const { quantile, excess, sessions } = state;
    const angle = (excess * Math.log(sessions + 1)) / (integratorSaturation * (sessions + 1));
    const integrator = integratorGain * Math.tan(Math.min(largestAngle, Math.max(-largestAngle, angle)));
    return Math.max(0, quantile + integrator);
  }

  /**
   * Takes whether the outcome fell outside the interval.
   *
   * @param start as in {@link halfWidth}; has to be finite
   * @param largestScore largest of the symbol's newest scores
   */
  observe(symbol: number, start: number, largestScore: number, missed: boolean): void {
    const { quantile, excess, sessions } = this.#states[symbol] ?? { quantile: start, excess: 0, sessions: 0 };
    const error = (missed ? 1 : 0) - targetMiss;
    this.#states[symbol] = {
      quantile: quantile + trackingGain * largestScore * error,
      excess: excess + error,
      sessions: sessions + 1,
    };
  }

  state(symbol: number): PidState | undefined {
    return this.#states[symbol];
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
