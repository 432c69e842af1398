import type { LiveHours } from '../session-hours.ts';

const step = 15_000;

/** The price of a symbol through a session: a random walk in steps of 15 seconds, which may break once. */
export class PricePath {
  readonly base: number;
  readonly #hours: LiveHours;
  readonly #prices: Int32Array;

  /** @param fall share that the price falls by at a random moment; 0 for none */
  constructor(hours: LiveHours, random: () => number, fall: number) {
    this.#hours = hours;
    this.base = 500 + Math.floor(random() * 2_500);
    const count = this.#stepAt(hours.close) + 1;
    this.#prices = new Int32Array(count);
    const breaksAt = Math.floor(random() * count * 0.8);
    let price = this.base * (1 + 0.02 * (random() - 0.5));
    for (let k = 0; k < count; k += 1) {
      price *= 1 + 0.0012 * (random() - 0.5);
      if (k === breaksAt) price *= 1 - fall;
      this.#prices[k] = Math.max(1, Math.round(price));
    }
  }

  /** The last price at an instant; the base before the open. */
  at(now: number): number {
    return now < this.#hours.open ? this.base : this.#prices[this.#stepAt(now)]!;
  }

  /** The first instant from one on, and before the close, at which a price is reached; undefined where it never is. */
  reaches(from: number, isReached: (price: number) => boolean): number | undefined {
    const { open, morningClose, afternoonOpen, continuousClose } = this.#hours;
    for (let at = Math.max(from, open); at < continuousClose; at += step) {
      if (at >= morningClose && at < afternoonOpen) continue;
      if (isReached(this.at(at))) return at;
    }
    return undefined;
  }

  #stepAt(now: number): number {
    const { open, morningClose, afternoonOpen, continuousClose, close } = this.#hours;
    const morning = (morningClose - open) / step;
    if (now < afternoonOpen) return Math.floor(Math.min(now - open, morningClose - open - 1) / step);
    const after = Math.floor(Math.min(now - afternoonOpen, continuousClose - afternoonOpen - 1) / step);
    return morning + after + (now >= close ? 1 : 0);
  }
}
