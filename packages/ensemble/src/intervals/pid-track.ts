import { targetMiss } from './promise.ts';

/**
 * Step of the quantile tracker, as a share of the largest newest score (the paper's recommendation of a step in units
 * of the scores).
 */
const trackingGain = 0.01;

/** Strength of the integrator, in units of the score. */
const integratorGain = 0.5;

/** Where the integrator saturates: the larger, the later. */
const integratorSaturation = 1;

/** Angle at which the tangent is cut off, a little before it is infinite. */
const largestAngle = 1.5;

/** What conformal PID control remembers of one symbol. */
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
