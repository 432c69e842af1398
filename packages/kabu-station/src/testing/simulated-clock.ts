import type { LiveClock } from '../live-clock.ts';

/** A clock that whoever waits moves, and that stops where something is to happen. */
export class SimulatedClock implements LiveClock {
  #now: number;
  readonly #alarms: { readonly at: number; readonly ring: () => Promise<void> | void; readonly wakes: boolean }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Has something happen at an instant; whoever waits is woken by it where that is asked for. */
  at(instant: number, ring: () => Promise<void> | void, wakes = false): void {
    this.#alarms.push({ at: instant, ring, wakes });
    this.#alarms.sort((one, other) => one.at - other.at);
  }

  async wait(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    while (this.#alarms.length > 0 && this.#alarms[0]!.at <= until) {
      const { at, ring, wakes } = this.#alarms.shift()!;
      this.#now = Math.max(this.#now, at);
      await ring();
      if (wakes) return;
    }
    this.#now = until;
  }
}
