import type { Numbers } from '../matrix.ts';

/** Numbers below which comparing them is as fast as counting digits. */
const fewNumbers = 8192;
const digitBits = 16;
const digits = 2 ** digitBits;
const digitsOfNumber = 4;

/**
 * Sorts numbers by their digits, the last one first (Knuth, The Art of Computer Programming 5.2.5, algorithm R): some
 * times as fast as comparing them where there are tens of thousands. The memory is kept for the next time.
 */
export class NumberSorter {
  readonly #keys: readonly [Uint32Array, Uint32Array];
  readonly #counts = new Uint32Array(digits * digitsOfNumber);

  /** @param most numbers that are sorted at a time */
  constructor(most: number) {
    const length = most < fewNumbers ? 0 : 2 * most;
    this.#keys = [new Uint32Array(length), new Uint32Array(length)];
  }

  /** @param values none of them NaN; sorted in their place, smallest first, -0 before 0 */
  sort(values: Float64Array): Float64Array {
    if (values.length < fewNumbers) return values.sort();
    let [from, to] = this.#keys;
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    this.#writeKeys(words, from);
    for (let digit = 0; digit < digitsOfNumber; digit += 1) {
      if (this.#move(from, to, values.length, digit)) [from, to] = [to, from];
    }
    readKeys(from, words);
    return values;
  }

  /** Whole numbers of 64 bits in the order of the numbers, low half first, and how often each digit is there. */
  #writeKeys(words: Uint32Array, keys: Uint32Array): void {
    const counts = this.#counts.fill(0);
    for (let i = 0; i < words.length; i += 2) {
      const high = words[i + 1]!;
      // Turns all bits of a negative number, since a larger one is smaller, and the sign of others.
      const turned = high >>> 31 === 0 ? 0 : 0xffffffff;
      const [lowKey, highKey] = [(words[i]! ^ turned) >>> 0, (high ^ (turned | 0x80000000)) >>> 0];
      keys[i] = lowKey;
      keys[i + 1] = highKey;
      counts[lowKey & 0xffff]! += 1;
      counts[digits + (lowKey >>> digitBits)]! += 1;
      counts[2 * digits + (highKey & 0xffff)]! += 1;
      counts[3 * digits + (highKey >>> digitBits)]! += 1;
    }
  }

  /** @returns false when all numbers have the same digit there, so that nothing was moved */
  #move(from: Uint32Array, to: Uint32Array, length: number, digit: number): boolean {
    const places = this.#counts.subarray(digit * digits, (digit + 1) * digits);
    const [word, shift] = [digit >>> 1, (digit & 1) * digitBits];
    if (places[(from[word]! >>> shift) & 0xffff] === length) return false;
    for (let value = 0, place = 0; value < digits; value += 1) {
      const count = places[value]!;
      places[value] = place;
      place += count;
    }
    for (let i = 0; i < 2 * length; i += 2) {
      const value = (from[i + word]! >>> shift) & 0xffff;
      const place = 2 * places[value]!;
      places[value]! += 1;
      to[place] = from[i]!;
      to[place + 1] = from[i + 1]!;
    }
    return true;
  }
}

function readKeys(keys: Uint32Array, words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const high = keys[i + 1]!;
    const turned = high >>> 31 === 0 ? 0xffffffff : 0;
    words[i] = keys[i]! ^ turned;
    words[i + 1] = high ^ (turned | 0x80000000);
  }
}

/**
 * Upper edges of the bins of one column, rising: bin `b` (1..n + 1) holds the values in (edge[b - 2], edge[b - 1]]; bin
 * 0 is missing.
 */
export type BinEdges = Float64Array<SharedArrayBuffer>;

/** Rows that edges are learned from at most; more are thinned evenly. */
const sampleRows = 200_000;

/** Learns the edges of one column after the other in the same memory. */
export class EdgeLearner {
  readonly #rows: Int32Array;
  readonly #maximumBins: number;
  readonly #sample: Float64Array;
  readonly #counts: Int32Array;
  readonly #sorter: NumberSorter;

  /** @param rows of every column, that edges are learned from */
  constructor(rows: Int32Array, maximumBins: number) {
    this.#rows = rows;
    this.#maximumBins = maximumBins;
    const take = Math.min(rows.length, sampleRows);
    this.#sample = new Float64Array(take);
    this.#counts = new Int32Array(take);
    this.#sorter = new NumberSorter(take);
  }

  /**
   * Edges that put about the same number of values in each bin; a value that alone fills a bin gets one of its own as
   * long as bins last, and when there are no more different values than bins, so does every value. Edges lie halfway
   * between neighbouring values.
   */
  learn(column: Numbers): BinEdges {
    const sorted = this.#sortedSample(column);
    const total = sorted.length;
    const { values, counts } = this.#distinct(sorted);
    const lasts =
      values.length <= this.#maximumBins ? allButLast(values.length) : cutPoints(counts, total, this.#maximumBins);
    const edges = new Float64Array(new SharedArrayBuffer(lasts.length * 8));
    for (let b = 0; b < lasts.length; b += 1) edges[b] = between(values[lasts[b]!]!, values[lasts[b]! + 1]!);
    return edges;
  }

  #sortedSample(column: Numbers): Float64Array {
    const sample = this.#sample;
    const rows = this.#rows;
    let known = 0;
    for (let i = 0; i < sample.length; i += 1) {
      const value = column[rows[Math.floor((i * rows.length) / sample.length)]!]!;
      if (!Number.isNaN(value)) {
        // + 0 turns -0 into 0, which sorts apart from it.
        sample[known] = value + 0;
        known += 1;
      }
    }
    return this.#sorter.sort(sample.subarray(0, known));
  }

  /** The different values, moved to the front of the sorted ones, and how often each is there. */
  #distinct(sorted: Float64Array): { values: Float64Array; counts: Int32Array } {
    const counts = this.#counts;
    let size = 0;
    for (let i = 0; i < sorted.length; i += 1) {
      const value = sorted[i]!;
      if (size > 0 && value === sorted[size - 1]!) counts[size - 1]! += 1;
      else {
        sorted[size] = value;
        counts[size] = 1;
        size += 1;
      }
    }
    return { values: sorted.subarray(0, size), counts: counts.subarray(0, size) };
  }
}

/** The bin of a value: 0 when missing, else 1 + the number of edges below it. `padded` is of {@link padEdges}. */
export function binOf(value: number, padded: Float64Array): number {
  if (Number.isNaN(value)) return 0;
  let below = 0;
  for (let step = padded.length >> 1; step > 0; step >>= 1) if (padded[below + step - 1]! < value) below += step;
  return below + 1;
}

/** The edges as {@link binOf} wants them: up to a power of two, infinite after the last. */
export function padEdges(edges: BinEdges): Float64Array {
  const padded = new Float64Array(2 ** Math.ceil(Math.log2(edges.length + 1))).fill(Infinity);
  padded.set(edges);
  return padded;
}

function allButLast(size: number): number[] {
  return Array.from({ length: Math.max(0, size - 1) }, (_, i) => i);
}

/** Index of the last different value of each bin but the last bin. */
function cutPoints(counts: Int32Array, total: number, maximumBins: number): number[] {
  const heavy = total / maximumBins;
  let heavyBins = 0;
  let lightRows = 0;
  for (const count of counts) {
    if (count >= heavy) heavyBins += 1;
    else lightRows += count;
  }
  let target = lightRows / Math.max(1, maximumBins - heavyBins);
  const lasts: number[] = [];
  let filled = 0;
  for (let i = 0; i < counts.length - 1 && lasts.length < maximumBins - 1; i += 1) {
    const isHeavy = counts[i]! >= heavy;
    if (isHeavy) heavyBins -= 1;
    else lightRows -= counts[i]!;
    filled += counts[i]!;
    const needed = lasts.length + 1 + heavyBins + (lightRows > 0 ? 1 : 0);
    const nextHeavy = counts[i + 1]! >= heavy && needed <= maximumBins;
    if (isHeavy || filled >= target || nextHeavy) {
      lasts.push(i);
      filled = 0;
      target = lightRows / Math.max(1, maximumBins - lasts.length - heavyBins);
    }
  }
  return lasts;
}

/** A number with `low <= number < high`, halfway when there is one. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
