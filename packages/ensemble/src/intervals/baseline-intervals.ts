import type { LogReturn } from '@daytrade/series';
import { normalHalfWidth, scoreWindow, targetMiss } from './promise.ts';
import { linearQuantile, SortedWindow } from './sorted-window.ts';

/** Bounds of an interval. */
export interface LogInterval {
  readonly low: LogReturn;
  readonly high: LogReturn;
}

/**
 * What a naive forecaster knows of one symbol: its past returns. Baselines that a model must beat on the same
 * symbol-days.
 */
export class BaselineIntervals {
  readonly #newest = new SortedWindow(scoreWindow);
  #squares = 0;
  #count = 0;

  /** Takes a log return that is known now. */
  observe(logReturn: LogReturn): void {
    this.#newest.push(logReturn);
    this.#squares += logReturn * logReturn;
    this.#count += 1;
  }

  /** Random walk without drift and with constant sigma: normal quantiles around 0, sigma from every return so far. */
  randomWalk(): LogInterval {
    const half = normalHalfWidth * Math.sqrt(this.#squares / this.#count);
    return { low: -half, high: half };
  }

  /** The 3.5 % and 96.5 % quantiles of the newest 250 returns. */
  rollingQuantile(): LogInterval {
    return {
      low: linearQuantile(this.#newest.sorted, targetMiss / 2),
      high: linearQuantile(this.#newest.sorted, 1 - targetMiss / 2),
    };
  }
}
