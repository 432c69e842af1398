import type { LogReturn, LogReturnColumn } from '@daytrade/series';
import { normalHalfWidth, scoreWindow, targetMiss } from './promise.ts';
import { linearQuantile, SortedWindow } from './score-windows.ts';

/** Decay of the variance a session (RiskMetrics 1996). */
const decay = 0.94;

/** Returns of a symbol before it has a scale. */
export const scaleStartUp = 20;

/** Smallest scale, 1 bp of log return: a price that did not move for weeks must not make scores infinite. */
const floor = 1e-4;

/**
 * v[t] of one symbol: square root of v2 = 0.94 v2 + 0.06 y2 over the next-session log returns that are known at t,
 * which are those of the sessions before. It starts as the mean square of the first 20 returns. A missing return leaves
 * it as it was.
 */
export class EwmaScale {
  #variance = 0;
  #seen = 0;

  /** The scale after the returns so far; NaN before 20 of them. */
  get value(): LogReturn {
    return this.#seen >= scaleStartUp ? Math.max(floor, Math.sqrt(this.#variance)) : NaN;
  }

  /** Takes the next log return, NaN without one. */
  observe(outcome: LogReturn): void {
    const square = outcome ** 2;
    if (Number.isNaN(square)) return;
    this.#seen += 1;
    this.#variance =
      this.#seen <= scaleStartUp
        ? this.#variance + (square - this.#variance) / this.#seen
        : decay * this.#variance + (1 - decay) * square;
  }
}

/**
 * Returns the {@link EwmaScale} of each row (t * symbols + s).
 *
 * @param label next-session log return by row, NaN without one
 */
export function ewmaScale(label: LogReturnColumn, symbols: number): LogReturnColumn {
  const scale = new Float64Array(label.length);
  for (let s = 0; s < symbols; s += 1) {
    const track = new EwmaScale();
    for (let row = s; row < label.length; row += symbols) {
      scale[row] = track.value;
      track.observe(label[row]!);
    }
  }
  return scale;
}

interface LogInterval {
  readonly low: LogReturn;
  readonly high: LogReturn;
}

/** Baseline intervals of one symbol from its past returns. Baselines that a model must beat on the same symbol-days. */
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
