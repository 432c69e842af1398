import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';

/**
 * Rank of the symbol's number among the known ones of the session, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / count.
 */
export function rankAcross(of: Series): Series {
  return new Series(`rank across(${of.formula})`, [of], (width) => new RankAcross(width));
}

/**
 * Sorts into as many equal buckets between the smallest and the largest as there are numbers, and by insertion what stands in the wrong
 * order then: a few comparisons a number unless one lies far from all others.
 */
class RankAcross implements Operator {
  /** The known numbers of the session, their rows and their buckets. */
  readonly #known: Float64Array;
  readonly #rows: Int32Array;
  readonly #buckets: Int32Array;
  /** The same numbers and rows in order. */
  readonly #rising: Float64Array;
  readonly #risingRows: Int32Array;
  /** Place in the order where the next number of each bucket goes. */
  readonly #next: Int32Array;

  constructor(width: number) {
    this.#known = new Float64Array(width);
    this.#rows = new Int32Array(width);
    this.#buckets = new Int32Array(width);
    this.#rising = new Float64Array(width);
    this.#risingRows = new Int32Array(width);
    this.#next = new Int32Array(width + 1);
  }

  apply({ count, width }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    for (let first = 0; first < count; first += width) {
      const known = this.#read(input!, first, first + width, output);
      this.#sortIntoBuckets(known);
      this.#sortByInsertion(known);
      this.#writeRanks(known, output);
    }
  }

  /** Reads the known numbers of the rows `from` to before `to`, and gives their count. The other rows have no rank. */
  #read(input: Float64Array, from: number, to: number, output: Float64Array): number {
    const [known, rows] = [this.#known, this.#rows];
    let count = 0;
    for (let row = from; row < to; row += 1) {
      output[row] = NaN;
      if (!Number.isFinite(input[row]!)) continue;
      known[count] = input[row]!;
      rows[count] = row;
      count += 1;
    }
    return count;
  }

  #sortIntoBuckets(count: number): void {
    const [known, rows, buckets, next] = [this.#known, this.#rows, this.#buckets, this.#next];
    let smallest = Infinity;
    let largest = -Infinity;
    for (let i = 0; i < count; i += 1) {
      smallest = Math.min(smallest, known[i]!);
      largest = Math.max(largest, known[i]!);
    }
    const scale = largest > smallest ? (count - 1) / (largest - smallest) : 0;
    next.fill(0, 0, count + 1);
    for (let i = 0; i < count; i += 1) {
      const bucket = ((known[i]! - smallest) * scale) | 0;
      buckets[i] = bucket;
      next[bucket + 1]! += 1;
    }
    for (let bucket = 1; bucket < count; bucket += 1) next[bucket]! += next[bucket - 1]!;
    for (let i = 0; i < count; i += 1) {
      const place = next[buckets[i]!]!;
      next[buckets[i]!] = place + 1;
      this.#rising[place] = known[i]!;
      this.#risingRows[place] = rows[i]!;
    }
  }

  #sortByInsertion(count: number): void {
    const [rising, rows] = [this.#rising, this.#risingRows];
    for (let place = 1; place < count; place += 1) {
      const value = rising[place]!;
      if (rising[place - 1]! <= value) continue;
      const row = rows[place]!;
      let free = place;
      for (; free > 0 && rising[free - 1]! > value; free -= 1) {
        rising[free] = rising[free - 1]!;
        rows[free] = rows[free - 1]!;
      }
      rising[free] = value;
      rows[free] = row;
    }
  }

  #writeRanks(count: number, output: Float64Array): void {
    const [rising, rows] = [this.#rising, this.#risingRows];
    for (let from = 0, after = 0; from < count; from = after) {
      while (after < count && rising[after] === rising[from]) after += 1;
      const rank = (from + after) / 2 / count;
      for (let place = from; place < after; place += 1) output[rows[place]!] = rank;
    }
  }
}
