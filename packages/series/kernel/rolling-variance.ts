import { Flags, Numbers, Operator } from './operator';
import { firstPlaces, windows } from './windows';

/**
 * Sample variance (divisor `size - 1`) of the last `size` known numbers of the symbol; NaN until there were so many.
 *
 * Sums in blocks, as in `RollingMean`, of distances and of their squares. Distances are from the last number of the block before,
 * which is in the window for as long as sums of them are in use: they keep their digits, and a constant window has a variance of
 * exactly 0.
 */
export class RollingVariance extends Operator {
  /** Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block before. */
  private blocks: Numbers;
  /** From the next place on: sums of squared distances to the end of the block before. */
  private squareBlocks: Numbers;
  private nexts: StaticArray<i32>;
  /** What distances are from. */
  private origins: Numbers;
  /** Of the distances in the newest block. */
  private sums: Numbers;
  private sumsOfSquares: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    this.blocks = windows(width, size);
    this.squareBlocks = windows(width, size);
    this.nexts = firstPlaces(width, size);
    this.origins = new StaticArray<f64>(width);
    this.sums = new StaticArray<f64>(width);
    this.sumsOfSquares = new StaticArray<f64>(width);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const squareBlocks = this.squareBlocks;
    const nexts = this.nexts;
    const origins = this.origins;
    const sums = this.sums;
    const sumsOfSquares = this.sumsOfSquares;
    const size = this.size;
    const share = 1 / (size as f64);
    const scale = 1 / ((size as f64) - 1);
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const row = first + s;
        const value = x[row];
        let next = nexts[s];
        let sum = sums[s];
        let squares = sumsOfSquares[s];
        if (isFinite(value)) {
          const distance = value - origins[s];
          blocks[next] = value;
          sum += distance;
          squares += distance * distance;
          next += 1;
          const end = (s + 1) * size;
          if (next === end) {
            next = end - size;
            sumToEnd(blocks, squareBlocks, next, end);
            origins[s] = value;
            sum = 0;
            squares = 0;
          }
          nexts[s] = next;
          sums[s] = sum;
          sumsOfSquares[s] = squares;
        } else if (!present[row]) {
          output[row] = NaN;
          continue;
        }
        const all = sum + blocks[next];
        const variance = (squares + squareBlocks[next] - all * all * share) * scale;
        output[row] = variance < 0 ? 0 : variance;
      }
    }
  }
}

/**
 * Turns the numbers of a full block, from place `first` to before `end`, into the sums, from each place to its end, of distances from the
 * last one and of their squares.
 */
function sumToEnd(blocks: Numbers, squareBlocks: Numbers, first: i32, end: i32): void {
  const origin = blocks[end - 1];
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let place = end - 1; place >= first; place -= 1) {
    const distance = blocks[place] - origin;
    sum += distance;
    squares += distance * distance;
    blocks[place] = sum;
    squareBlocks[place] = squares;
  }
}
