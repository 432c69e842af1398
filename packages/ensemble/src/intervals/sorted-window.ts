import { firstAtOrAfter } from '@daytrade/series';

/** The newest values of a series up to a capacity, in order of arrival and, beside it, sorted. */
export class SortedWindow {
  readonly #capacity: number;
  readonly #arrival: number[];
  readonly #sorted: number[];

  /** @param values oldest first; only the newest `capacity` are kept */
  constructor(capacity: number, values: readonly number[] = []) {
    this.#capacity = capacity;
    this.#arrival = values.slice(-capacity);
    this.#sorted = this.#arrival.toSorted((a, b) => a - b);
  }

  /** Oldest first. */
  get arrival(): readonly number[] {
    return this.#arrival;
  }

  /** Smallest first. */
  get sorted(): readonly number[] {
    return this.#sorted;
  }

  /** @returns the value that it had no room for any more; undefined while there is room */
  push(value: number): number | undefined {
    const oldest = this.#arrival.length === this.#capacity ? this.#arrival.shift() : undefined;
    if (oldest !== undefined) this.#sorted.splice(this.rank(oldest), 1);
    this.#arrival.push(value);
    this.#sorted.splice(this.rank(value), 0, value);
    return oldest;
  }

  /** How many of the values are smaller. */
  rank(value: number): number {
    return firstAtOrAfter(this.#sorted, value);
  }
}

/** Values in order: an array, or what stands for one. */
interface Ordered {
  readonly length: number;
  at(index: number): number | undefined;
}

/**
 * Q(a) of split conformal prediction: the ceil((n + 1)(1 - a))-th smallest of n scores. Infinity when that is beyond
 * the n-th (too few scores for so small an a) and when a is not above 0; 0 when a is 1 or more.
 *
 * @param sorted scores, smallest first
 */
export function conformalQuantile(sorted: Ordered, miss: number): number {
  if (miss <= 0) return Infinity;
  // A product that is a rounding error above a whole number must not take the next rank.
  const rank = Math.ceil((sorted.length + 1) * (1 - miss) - 1e-9);
  if (rank > sorted.length) return Infinity;
  return rank < 1 ? 0 : sorted.at(rank - 1)!;
}

/** Quantile with linear interpolation between neighbours (definition 7 of Hyndman & Fan 1996, NumPy's default). */
export function linearQuantile(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const lower = sorted[below]!;
  return lower + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - lower);
}
