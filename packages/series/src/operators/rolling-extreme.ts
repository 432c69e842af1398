import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';
import { firstPlaces } from './places.ts';

/** Largest of the last `size` known numbers of the symbol; NaN until there were so many. */
export function rollingLargest(of: Series, size: number): Series {
  return new Series(`largest ${size}(${of.formula})`, [of], (width) => new RollingExtreme(width, size, 1));
}

/** Smallest of the last `size` known numbers of the symbol; NaN until there were so many. */
export function rollingSmallest(of: Series, size: number): Series {
  return new Series(`smallest ${size}(${of.formula})`, [of], (width) => new RollingExtreme(width, size, -1));
}

/** Extremes in blocks (van Herk 1992; Gil & Werman 1993), as the sums of `RollingMean`. */
class RollingExtreme implements Operator {
  /** Numbers are kept times this sign: the extreme is the largest. */
  readonly #sign: 1 | -1;
  readonly #size: number;
  /** Before the next place: the numbers of the newest block. From there on: the largest from each place to the end of the one before. */
  readonly #blocks: Float64Array;
  readonly #next: Int32Array;
  /** Largest of the newest block. */
  readonly #largest: Float64Array;

  constructor(width: number, size: number, sign: 1 | -1) {
    this.#sign = sign;
    this.#size = size;
    this.#blocks = new Float64Array(width * size).fill(NaN);
    this.#next = firstPlaces(width, size);
    this.#largest = new Float64Array(width).fill(-Infinity);
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    const sign = this.#sign;
    const blocks = this.#blocks;
    for (let s = 0; s < width; s += 1) {
      const first = s * this.#size;
      const end = first + this.#size;
      let next = this.#next[s]!;
      let largest = this.#largest[s]!;
      for (let row = s; row < count; row += width) {
        const value = sign * input![row]!;
        if (Number.isFinite(value)) {
          blocks[next] = value;
          if (value > largest) largest = value;
          next += 1;
          if (next === end) {
            largestToEnd(blocks, first, end);
            next = first;
            largest = -Infinity;
          }
        } else if (present[row] === 0) {
          output[row] = NaN;
          continue;
        }
        output[row] = sign * Math.max(largest, blocks[next]!);
      }
      this.#next[s] = next;
      this.#largest[s] = largest;
    }
  }
}

/** Turns the numbers of a full block, from place `first` to before `end`, into the largest from each place to its end. */
function largestToEnd(blocks: Float64Array, first: number, end: number): void {
  let largest = -Infinity;
  for (let place = end - 1; place >= first; place -= 1) {
    if (blocks[place]! > largest) largest = blocks[place]!;
    blocks[place] = largest;
  }
}
