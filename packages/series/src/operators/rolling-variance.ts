import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';
import { firstPlaces } from './places.ts';

/** Sample variance (divisor `size - 1`) of the last `size` known numbers of the symbol; NaN until there were so many. */
export function rollingVariance(of: Series, size: number): Series {
  return new Series(`variance ${size}(${of.formula})`, [of], (width) => new RollingVariance(width, size));
}

/** Square root of the {@link rollingVariance}. */
export function rollingDeviation(of: Series, size: number): Series {
  return rollingVariance(of, size).squareRoot();
}

/**
 * Sums in blocks, as in `RollingMean`, of distances and of their squares. Distances are from the last number of the block before,
 * which is in the window for as long as sums of them are in use: they keep their digits, and a constant window has a variance of
 * exactly 0.
 */
class RollingVariance implements Operator {
  readonly #size: number;
  /** Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block before. */
  readonly #blocks: Float64Array;
  /** From the next place on: sums of squared distances to the end of the block before. */
  readonly #squareBlocks: Float64Array;
  readonly #next: Int32Array;
  /** What distances are from. */
  readonly #origin: Float64Array;
  /** Of the distances in the newest block. */
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(width: number, size: number) {
    this.#size = size;
    this.#blocks = new Float64Array(width * size).fill(NaN);
    this.#squareBlocks = this.#blocks.slice();
    this.#next = firstPlaces(width, size);
    this.#origin = new Float64Array(width);
    this.#sum = new Float64Array(width);
    this.#squares = new Float64Array(width);
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    const blocks = this.#blocks;
    const squareBlocks = this.#squareBlocks;
    const share = 1 / this.#size;
    const scale = 1 / (this.#size - 1);
    for (let s = 0; s < width; s += 1) {
      const first = s * this.#size;
      const end = first + this.#size;
      let next = this.#next[s]!;
      let origin = this.#origin[s]!;
      let sum = this.#sum[s]!;
      let squares = this.#squares[s]!;
      for (let row = s; row < count; row += width) {
        const value = input![row]!;
        if (Number.isFinite(value)) {
          const distance = value - origin;
          blocks[next] = value;
          sum += distance;
          squares += distance * distance;
          next += 1;
          if (next === end) {
            sumToEnd(blocks, squareBlocks, first, end);
            next = first;
            origin = value;
            sum = 0;
            squares = 0;
          }
        } else if (present[row] === 0) {
          output[row] = NaN;
          continue;
        }
        const all = sum + blocks[next]!;
        output[row] = Math.max(0, (squares + squareBlocks[next]! - all * all * share) * scale);
      }
      this.#next[s] = next;
      this.#origin[s] = origin;
      this.#sum[s] = sum;
      this.#squares[s] = squares;
    }
  }
}

/**
 * Turns the numbers of a full block, from place `first` to before `end`, into the sums, from each place to its end, of distances from the
 * last one and of their squares.
 */
function sumToEnd(blocks: Float64Array, squareBlocks: Float64Array, first: number, end: number): void {
  const origin = blocks[end - 1]!;
  let sum = 0;
  let squares = 0;
  for (let place = end - 1; place >= first; place -= 1) {
    const distance = blocks[place]! - origin;
    sum += distance;
    squares += distance * distance;
    blocks[place] = sum;
    squareBlocks[place] = squares;
  }
}
