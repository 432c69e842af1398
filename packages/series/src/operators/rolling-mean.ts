import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';
import { firstPlaces } from './places.ts';

/** Mean of the last `size` known numbers of the symbol; NaN until there were so many. */
export function rollingMean(of: Series, size: number): Series {
  return new Series(`mean ${size}(${of.formula})`, [of], (width) => new RollingMean(width, size));
}

/**
 * A window is the end of one block of `size` numbers and the beginning of the next: its sum is that of the end, which is known since
 * the block was full, and that of the beginning, which grows (van Herk 1992, for extremes). Nothing is ever taken away
 * from a sum, so nothing drifts, however long the series and however large a number that passed through.
 */
class RollingMean implements Operator {
  readonly #size: number;
  /**
   * A block of each symbol, one after the other. Before its next place: the numbers of the newest block. From there on: the sums from
   * each place to the end of the block before.
   */
  readonly #blocks: Float64Array;
  readonly #next: Int32Array;
  /** Sum of the numbers of the newest block. */
  readonly #sum: Float64Array;

  constructor(width: number, size: number) {
    this.#size = size;
    this.#blocks = new Float64Array(width * size).fill(NaN);
    this.#next = firstPlaces(width, size);
    this.#sum = new Float64Array(width);
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    const blocks = this.#blocks;
    const share = 1 / this.#size;
    for (let s = 0; s < width; s += 1) {
      const first = s * this.#size;
      const end = first + this.#size;
      let next = this.#next[s]!;
      let sum = this.#sum[s]!;
      for (let row = s; row < count; row += width) {
        const value = input![row]!;
        if (Number.isFinite(value)) {
          blocks[next] = value;
          sum += value;
          next += 1;
          if (next === end) {
            sumToEnd(blocks, first, end);
            next = first;
            sum = 0;
          }
        } else if (present[row] === 0) {
          output[row] = NaN;
          continue;
        }
        output[row] = (sum + blocks[next]!) * share;
      }
      this.#next[s] = next;
      this.#sum[s] = sum;
    }
  }
}

/** Turns the numbers of a full block, from place `first` to before `end`, into the sums from each place to its end. */
function sumToEnd(blocks: Float64Array, first: number, end: number): void {
  let sum = 0;
  for (let place = end - 1; place >= first; place -= 1) {
    sum += blocks[place]!;
    blocks[place] = sum;
  }
}
