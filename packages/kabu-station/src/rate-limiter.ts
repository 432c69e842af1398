import type { LiveClock } from './live-clock.ts';

/** Holds requests to a number in any second, in the order in which they come. */
export class RateLimiter {
  readonly #times: number[] = [];
  readonly #most: number;
  readonly #clock: LiveClock;

  constructor(most: number, clock: LiveClock) {
    this.#most = most;
    this.#clock = clock;
  }

  /** Waits until a request may leave, and counts it. */
  async take(): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      // A clock that was put back must not hold what has to be closed.
      while (this.#times.length > 0 && Math.abs(now - this.#times[0]!) >= window) this.#times.shift();
      if (this.#times.length < this.#most) {
        this.#times.push(now);
        return;
      }
      await this.#clock.wait(Math.max(1, this.#times[0]! + window - now));
    }
  }
}

/** A second, and what clocks and ways may differ by. */
const window = 1_100;
