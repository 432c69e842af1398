import type { Clock, TimerHandle } from '../../clock.ts';

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly callback: () => void;
}

/**
 * Instants that are passed in one turn of the event loop. Between two callbacks of `setImmediate` everything goes on
 * that waits for nothing but promises, as between two turns, and a turn takes longer than an instant.
 */
const instantsOfTurn = 64;

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
    const { promise: passed, resolve, reject } = Promise.withResolvers<void>();
    let planned = 0;
    let isOver = false;
    const passNext = () => {
      planned -= 1;
      if (isOver) return;
      try {
        isOver = !this.#passNext(end);
        if (isOver) resolve();
        else if (planned === 0) plan();
      } catch (error) {
        isOver = true;
        reject(error);
      }
    };
    const plan = () => {
      for (planned = 0; planned < instantsOfTurn; planned += 1) setImmediate(passNext);
    };
    plan();
    await passed;
    this.#now = end;
  }

  /** Calls what waits for the next instant. False when that is after the end. */
  #passNext(end: number): boolean {
    const next = this.#next(end);
    if (next === undefined) return false;
    this.#now = next.at;
    // Those that are set meanwhile are for later, if for no later instant.
    const newest = this.#count;
    for (const { at, number, callback } of this.#timers.values()) {
      if (at === next.at && number <= newest && this.#timers.delete(number)) callback();
    }
    return true;
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
