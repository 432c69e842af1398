import { pairAt, sumOfFour } from './lanes';
import { Numbers, Operator } from './operator';
import { ofEach, windows } from './windows';

/**
 * Rank of the newest number among the last `size` known ones of the symbol, in (0, 1), ties at their middle: (numbers
 * below + half of those equal, itself included) / size. NaN until there were that many.
 *
 * Compares it with all of them, four at a time: for windows of some hundreds that is faster than to keep them in order.
 * Which of two numbers is less, rounding to 32 bits does not change, but they may become equal: then the numbers
 * themselves are compared.
 */
export class RollingRank extends Operator {
  /**
   * The last numbers of each symbol: rings of `size` places, and up to seven more that stay NaN, one after the other.
   */
  private rings: Numbers;
  /** The same numbers, rounded. */
  private roundedRings: StaticArray<f32>;
  private ringSize: i32;
  /** Place of the next number in each ring. */
  private nexts: StaticArray<i32>;
  /** Numbers that a symbol had. */
  private taken: StaticArray<i32>;
  private ranks: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    const ringSize = (size + 7) & ~7;
    this.ringSize = ringSize;
    const rings = windows(width, ringSize);
    const roundedRings = new StaticArray<f32>(rings.length);
    roundedRings.fill(f32.NaN);
    this.rings = rings;
    this.roundedRings = roundedRings;
    this.nexts = new StaticArray<i32>(width);
    this.taken = new StaticArray<i32>(width);
    this.ranks = ofEach(width, NaN);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const value = x[first + s];
        if (isFinite(value)) this.push(s, value);
        output[first + s] = gaps[first + s] === 0 ? this.ranks[s] : NaN;
      }
    }
  }

  private push(s: i32, value: f64): void {
    const size = this.size;
    const taken = this.taken[s];
    const first = s * this.ringSize;
    const next = this.nexts[s];
    this.rings[first + next] = value;
    this.roundedRings[first + next] = value as f32;
    this.nexts[s] = next + 1 === size ? 0 : next + 1;
    this.taken[s] = taken + 1;
    if (taken + 1 >= size) this.ranks[s] = this.halvesBelow(first, value) / 2 / (size as f64);
  }

  /** Two for each number of a ring that lies below, one for each that is equal. */
  private halvesBelow(first: i32, value: f64): f64 {
    const rounded = changetype<usize>(this.roundedRings) + ((first as usize) << 2);
    const end = rounded + ((this.ringSize as usize) << 2);
    const newest = f32x4.splat(value as f32);
    let below = i32x4.splat(0);
    let equal = i32x4.splat(0);
    for (let at = rounded; at < end; at += 32) {
      const four = v128.load(at);
      const nextFour = v128.load(at, 16);
      // All bits of those for which it holds, which is -1.
      below = i32x4.sub(below, f32x4.lt(four, newest));
      equal = i32x4.sub(equal, f32x4.eq(four, newest));
      below = i32x4.sub(below, f32x4.lt(nextFour, newest));
      equal = i32x4.sub(equal, f32x4.eq(nextFour, newest));
    }
    const isAlone = sumOfFour(equal) === 1;
    return isAlone ? ((2 * sumOfFour(below) + 1) as f64) : this.halvesBelowUnrounded(first, value);
  }

  private halvesBelowUnrounded(first: i32, value: f64): f64 {
    const rings = this.rings;
    const newest = f64x2.splat(value);
    let halves = i64x2.splat(0);
    for (let place = first; place < first + this.ringSize; place += 2) {
      const pair = pairAt(rings, place);
      halves = i64x2.sub(halves, i64x2.add(f64x2.lt(pair, newest), f64x2.le(pair, newest)));
    }
    return (i64x2.extract_lane(halves, 0) + i64x2.extract_lane(halves, 1)) as f64;
  }
}
