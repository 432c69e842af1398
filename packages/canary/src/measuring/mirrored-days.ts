import type { Prediction } from '@daytrade/contracts';
import type { ClosedPair, PredictionPair } from '../canary-interval.ts';

/**
 * What both versions predicted in the course of a release, until each session's close is known: it is the last close of
 * a later prediction. Of several answers for one session the first counts, which knew least.
 */
export class MirroredDays {
  readonly #open = new Map<string, PredictionPair>();
  readonly #closed = new Map<string, ClosedPair>();

  /** Takes the newest answers of both: pairs of them, and what the stable version answered. */
  add(pairs: readonly PredictionPair[], answered: readonly Prediction[]): void {
    for (const { symbol, lastSession, lastClose } of answered) {
      const key = `${symbol} ${lastSession}`;
      const pair = this.#open.get(key);
      if (pair?.canary === undefined) continue;
      const { session, stable, canary } = pair;
      this.#closed.set(key, { symbol, session, close: lastClose, stable, canary });
      this.#open.delete(key);
    }
    for (const pair of pairs) {
      const key = `${pair.symbol} ${pair.session}`;
      if (pair.canary !== undefined && !this.#open.has(key) && !this.#closed.has(key)) this.#open.set(key, pair);
    }
  }

  /** All pairs whose session is over. */
  get closed(): readonly ClosedPair[] {
    return [...this.#closed.values()];
  }
}
