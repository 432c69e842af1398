import { onSharedMemory } from '@daytrade/series';
import { minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { PooledWindow } from './score-windows.ts';
import {
  type SessionClasses,
  SessionStretch,
  type StretchedClass,
  type StretchPriors,
  type StretchState,
} from './session-stretch.ts';

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

  /**
   * Takes the scores of a session, |y| / scale by symbol.
   *
   * @param names class of each
   */
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
