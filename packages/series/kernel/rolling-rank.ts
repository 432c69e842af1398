import { pairAt } from './lanes';
import { Flags, Numbers, Operator } from './operator';
import { windows } from './windows';

/**
 * Where the newest of the last `size` known numbers of the symbol stands among them, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / size. NaN until there were so many.
 *
 * Compares it with all of them, two at a time: for windows of some hundreds that is faster than to keep them in order.
 */
export class RollingRank extends Operator {
  /** The last numbers of each symbol: rings of `size` places, or one more that stays NaN, one after the other. */
  private rings: Numbers;
  private ringSize: i32;
  /** Numbers that a symbol had. */
  private taken: StaticArray<i32>;
  private ranks: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    const ringSize = (size + 1) & ~1;
    this.ringSize = ringSize;
    this.rings = windows(width, ringSize);
    this.taken = new StaticArray<i32>(width);
    this.ranks = windows(width, 1);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const value = x[first + s];
        if (isFinite(value)) this.push(s, value);
        output[first + s] = present[first + s] ? this.ranks[s] : NaN;
      }
    }
  }

  private push(s: i32, value: f64): void {
    const size = this.size;
    const taken = this.taken[s];
    const first = s * this.ringSize;
    this.rings[first + (taken % size)] = value;
    this.taken[s] = taken + 1;
    if (taken + 1 >= size) this.ranks[s] = this.halvesBelow(first, value) / 2 / (size as f64);
  }

  /** Two for each number of a ring that lies below, one for each that is equal. */
  private halvesBelow(first: i32, value: f64): f64 {
    const rings = this.rings;
    const end = first + this.ringSize;
    const newest = f64x2.splat(value);
    let below = i64x2.splat(0);
    let notAbove = i64x2.splat(0);
    for (let place = first; place < end; place += 2) {
      const pair = pairAt(rings, place);
      // All bits of those for which it holds, which is -1.
      below = i64x2.add(below, f64x2.lt(pair, newest));
      notAbove = i64x2.add(notAbove, f64x2.le(pair, newest));
    }
    const halves = i64x2.add(below, notAbove);
    return -((i64x2.extract_lane(halves, 0) + i64x2.extract_lane(halves, 1)) as f64);
  }
}
