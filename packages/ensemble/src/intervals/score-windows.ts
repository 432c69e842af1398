import { firstAtOrAfter } from '@daytrade/series';

/** The newest values of a series up to a capacity, in order of arrival and sorted. */
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

  /** Returns the number of smaller values. */
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

/** Values of a chunk at most: moving them must cost less than finding the chunk among the others. */
const largestChunk = 1024;

/**
 * Numbers in order, equal ones each by itself, that come and go one at a time: in chunks, so that a change moves a
 * thousand numbers at most, however many there are.
 */
export class SortedMultiset {
  readonly #chunks: number[][] = [];
  #length = 0;

  /** @param sorted smallest first */
  constructor(sorted: Float64Array) {
    const half = largestChunk / 2;
    for (let from = 0; from < sorted.length; from += half) {
      this.#chunks.push(Array.from(sorted.subarray(from, from + half)));
    }
    this.#length = sorted.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The value that this many are before; undefined beyond the last. */
  at(index: number): number | undefined {
    let before = index;
    for (const chunk of this.#chunks) {
      if (before < chunk.length) return chunk[before];
      before -= chunk.length;
    }
    return undefined;
  }

  add(value: number): void {
    this.#length += 1;
    if (this.#chunks.length === 0) this.#chunks.push([]);
    const place = Math.min(this.#chunkOf(value), this.#chunks.length - 1);
    const chunk = this.#chunks[place]!;
    chunk.splice(firstAtOrAfter(chunk, value), 0, value);
    if (chunk.length > largestChunk) this.#chunks.splice(place + 1, 0, chunk.splice(largestChunk / 2));
  }

  /** @throws Error when there is no such value */
  remove(value: number): void {
    const place = this.#chunkOf(value);
    const chunk = this.#chunks[place];
    const index = chunk ? firstAtOrAfter(chunk, value) : -1;
    if (chunk?.[index] !== value) throw new Error(`expected one of ${this.#length} values, got ${value}`);
    this.#length -= 1;
    chunk.splice(index, 1);
    if (chunk.length === 0) this.#chunks.splice(place, 1);
  }

  /** The first chunk whose largest value is not below another; how many chunks there are when all are below. */
  #chunkOf(value: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.at(-1)! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * The newest scores of many symbols together. A score comes for each symbol at each session, and every one of some
 * hundred thousand that are kept would move if they stood in an array; here a thousand do.
 */
export class PooledWindow {
  /** A ring; the oldest one stands at `#oldest`. */
  readonly #arrival: Float64Array;
  readonly #sorted: SortedMultiset;
  #oldest = 0;
  /** Quantiles by miss rate, kept until the next score. */
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
