import { Flags, Numbers, Operator } from './operator';
import { firstPlaces, windows } from './windows';

/**
 * Mean of the last `size` known numbers of the symbol; NaN until there were so many.
 *
 * A window is the end of one block of `size` numbers and the beginning of the next: its sum is that of the end, which is known since
 * the block was full, and that of the beginning, which grows (van Herk 1992, for extremes). Nothing is ever taken away
 * from a sum, so nothing drifts, however long the series and however large a number that passed through.
 */
export class RollingMean extends Operator {
  /**
   * A block of each symbol, one after the other. Before its next place: the numbers of the newest block. From there on: the sums from
   * each place to the end of the block before.
   */
  private blocks: Numbers;
  private nexts: StaticArray<i32>;
  /** Sum of the numbers of the newest block. */
  private sums: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    this.blocks = windows(width, size);
    this.nexts = firstPlaces(width, size);
    this.sums = new StaticArray<f64>(width);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const sums = this.sums;
    const size = this.size;
    const share = 1 / (size as f64);
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const row = first + s;
        const value = x[row];
        let next = nexts[s];
        let sum = sums[s];
        if (isFinite(value)) {
          blocks[next] = value;
          sum += value;
          next += 1;
          const end = (s + 1) * size;
          if (next === end) {
            next = end - size;
            sumToEnd(blocks, next, end);
            sum = 0;
          }
          nexts[s] = next;
          sums[s] = sum;
        } else if (!present[row]) {
          output[row] = NaN;
          continue;
        }
        output[row] = (sum + blocks[next]) * share;
      }
    }
  }
}

/** Turns the numbers of a full block, from place `first` to before `end`, into the sums from each place to its end. */
function sumToEnd(blocks: Numbers, first: i32, end: i32): void {
  let sum: f64 = 0;
  for (let place = end - 1; place >= first; place -= 1) {
    sum += blocks[place];
    blocks[place] = sum;
  }
}
