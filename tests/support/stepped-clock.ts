import type { Clock, TimerHandle } from '@daytrade/jobs';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is moved, so that a whole day of jobs takes as long as their work. */
export class SteppedClock implements Clock {
  #now: number;
  #ids = 0;
  readonly #timers = new Map<TimerHandle | string | undefined, Timer>();

  /** @param instant ISO 8601 */
  constructor(instant: string) {
    this.#now = Date.parse(instant);
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, milliseconds: number): TimerHandle {
    this.#ids += 1;
    this.#timers.set(this.#ids, { at: this.#now + milliseconds, callback });
    return this.#ids;
  }

  clearTimeout(timer: TimerHandle | string | undefined): void {
    this.#timers.delete(timer);
  }

  /**
   * Moves to an instant over every timer that is due until then, in the order of their times.
   *
   * @param instant ISO 8601
   * @param settled waits until what a timer has started is done; time stands still meanwhile
   */
  async moveTo(instant: string, settled: () => Promise<void>): Promise<void> {
    const end = Date.parse(instant);
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      const [id, { at, callback }] = next;
      this.#now = Math.max(this.#now, at);
      this.#timers.delete(id);
      callback();
      await settled();
    }
    this.#now = end;
  }

  #next(end: number) {
    return [...this.#timers]
      .filter(([, { at }]) => at <= end)
      .toSorted(([, one], [, other]) => one.at - other.at)
      .at(0);
  }
}
