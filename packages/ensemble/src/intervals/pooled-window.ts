import { SortedMultiset } from './sorted-multiset.ts';
import { conformalQuantile } from './sorted-window.ts';

/**
 * The newest scores of many symbols together. A score comes for each symbol at each session, and every one of some
 * hundred thousand that are kept would move if they stood in an array; here a thousand do.
 */
export class PooledWindow {
  /** A ring; the oldest one stands at `#oldest`. */
  readonly #arrival: Float64Array;
  readonly #sorted: SortedMultiset;
  #oldest = 0;
  /** By miss rate, until a score comes. */
  readonly #quantiles = new Map<number, number>();

  /** @param scores oldest first; only the newest `capacity` are kept */
  constructor(capacity: number, scores: Float64Array = new Float64Array(0)) {
    const newest = scores.subarray(Math.max(0, scores.length - capacity));
    this.#arrival = new Float64Array(capacity);
    this.#arrival.set(newest);
    this.#sorted = new SortedMultiset(newest.toSorted());
  }

  get length(): number {
    return this.#sorted.length;
  }

  push(score: number): void {
    const capacity = this.#arrival.length;
    if (this.length === capacity) {
      this.#sorted.remove(this.#arrival[this.#oldest]!);
      this.#oldest = (this.#oldest + 1) % capacity;
    }
    this.#arrival[(this.#oldest + this.length) % capacity] = score;
    this.#sorted.add(score);
    this.#quantiles.clear();
  }

  /** As {@link conformalQuantile}. */
  quantile(miss: number): number {
    const known = this.#quantiles.get(miss);
    if (known !== undefined) return known;
    const quantile = conformalQuantile(this.#sorted, miss);
    this.#quantiles.set(miss, quantile);
    return quantile;
  }

  get largest(): number | undefined {
    return this.#sorted.at(this.length - 1);
  }

  /** Oldest first. */
  arrival(): Float64Array {
    return Float64Array.from({ length: this.length }, (_, i) => {
      return this.#arrival[(this.#oldest + i) % this.#arrival.length]!;
    });
  }
}
