import type { Clock, TimerHandle } from '../../clock.ts';

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly callback: () => void;
}

/** Lets everything go on that waits for nothing but promises. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only from timer to timer, so that years take seconds. */
export class SimulatedClock implements Clock {
  readonly #timers = new Map<number, Timer>();
  #now: number;
  #count = 0;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, milliseconds: number): TimerHandle {
    this.#count += 1;
    this.#timers.set(this.#count, { at: this.#now + Math.max(0, milliseconds), number: this.#count, callback });
    return this.#count;
  }

  clearTimeout(timer: TimerHandle | string | undefined): void {
    this.#timers.delete(timer as number);
  }

  /** Lets time pass until an instant. What timers of one instant start goes on side by side. */
  async passUntil(end: number): Promise<void> {
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = next.at;
      // Those that are set meanwhile are for later, if for no later instant.
      const newest = this.#count;
      for (const { at, number, callback } of this.#timers.values()) {
        if (at === next.at && number <= newest && this.#timers.delete(number)) callback();
      }
      await settled();
    }
    this.#now = end;
  }

  /** There are only a few: one a scheduler and one a failure. */
  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
