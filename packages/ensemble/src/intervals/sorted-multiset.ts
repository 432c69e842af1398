import { firstAtOrAfter } from '@daytrade/series';

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
