import { Flags, Numbers, Operator } from './operator';
import { firstPlaces, windows } from './windows';

/**
 * Largest of the last `size` known numbers of the symbol times a sign, times that sign: -1 gives the smallest. NaN until there were
 * so many. In blocks (van Herk 1992; Gil & Werman 1993), as the sums of `RollingMean`.
 */
export class RollingExtreme extends Operator {
  /** Before the next place: the numbers of the newest block. From there on: the largest from each place to the end of the one before. */
  private blocks: Numbers;
  private nexts: StaticArray<i32>;
  /** Largest of the newest block. */
  private largest: Numbers;

  constructor(
    width: i32,
    private size: i32,
    private sign: f64,
  ) {
    super();
    this.blocks = windows(width, size);
    this.nexts = firstPlaces(width, size);
    this.largest = new StaticArray<f64>(width);
    this.largest.fill(-Infinity);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const size = this.size;
    const sign = this.sign;
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const row = first + s;
        const value = sign * x[row];
        let next = nexts[s];
        let largest = this.largest[s];
        if (isFinite(value)) {
          blocks[next] = value;
          largest = larger(largest, value);
          next += 1;
          const end = (s + 1) * size;
          if (next === end) {
            next = end - size;
            largestToEnd(blocks, next, end);
            largest = -Infinity;
          }
          nexts[s] = next;
          this.largest[s] = largest;
        } else if (!present[row]) {
          output[row] = NaN;
          continue;
        }
        output[row] = sign * larger(blocks[next], largest);
      }
    }
  }
}

/** Turns the numbers of a full block, from place `first` to before `end`, into the largest from each place to its end. */
function largestToEnd(blocks: Numbers, first: i32, end: i32): void {
  let largest = -Infinity;
  for (let place = end - 1; place >= first; place -= 1) {
    largest = larger(largest, blocks[place]);
    blocks[place] = largest;
  }
}

/** `x < y ? y : x` as one instruction: which one it is cannot be predicted. */
function larger(x: f64, y: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(x), f64x2.splat(y)), 0);
}
