import { pairAt, setPairAt, sumOfFour, unknown } from './lanes';
import { Numbers } from './operator';

/**
 * Ranks of the numbers of a session, in (0, 1), where no two are equal.
 *
 * Each number's position between the smallest and the largest, as an integer, is compared with those of all others,
 * four at a time and without a branch: for some dozens of numbers that is faster than to sort them.
 */
export class ComparedRanks {
  private rows: i32;
  private known: i32 = 0;
  /** Positions of the known numbers, and one above all of them for the others. */
  private positions: StaticArray<i32>;
  /** Number of positions below. */
  private belows: StaticArray<i32>;

  constructor(private width: i32) {
    const rows = (width + rowsAtOnce - 1) & ~(rowsAtOnce - 1);
    this.rows = rows;
    this.positions = new StaticArray<i32>(rows);
    this.belows = new StaticArray<i32>(rows);
    this.positions.fill(i32.MAX_VALUE);
  }

  /**
   * Writes the ranks of the rows from `first` on, NaN where a number is not known; or gives false, since two positions
   * are equal.
   */
  write(x: Numbers, first: i32, output: Numbers): boolean {
    if (!this.findPositions(x, first)) return false;
    const known = this.known;
    // In each pair of known numbers one lies below the other.
    if (this.compare() !== (known * (known - 1)) / 2 + (this.rows - known) * known) return false;
    this.writeRanks(x, first, output);
    return true;
  }

  /** Gives false where there are none. */
  private findPositions(x: Numbers, first: i32): boolean {
    const width = this.width;
    const one = f64x2.splat(1);
    let smallests = f64x2.splat(Infinity);
    let largests = f64x2.splat(-Infinity);
    let counts = f64x2.splat(0);
    for (let s = 0; s < width; s += 2) {
      const value = this.numbersAt(x, first, s);
      // NaN is never less.
      smallests = f64x2.pmin(smallests, value);
      largests = f64x2.pmax(largests, value);
      counts = f64x2.add(counts, v128.and(one, f64x2.eq(value, value)));
    }
    const smallest = min(f64x2.extract_lane(smallests, 0), f64x2.extract_lane(smallests, 1));
    const largest = max(f64x2.extract_lane(largests, 0), f64x2.extract_lane(largests, 1));
    this.known = (f64x2.extract_lane(counts, 0) + f64x2.extract_lane(counts, 1)) as i32;
    const scale = highestPosition / (largest - smallest);
    if (!(scale > 0) || scale === Infinity) return false;
    const positions = changetype<usize>(this.positions);
    const origin = f64x2.splat(smallest);
    const scales = f64x2.splat(scale);
    const above = f64x2.splat(beyondAll);
    for (let s = 0; s < width; s += 2) {
      const value = this.numbersAt(x, first, s);
      const scaled = f64x2.mul(f64x2.sub(value, origin), scales);
      const position = i32x4.trunc_sat_f64x2_s_zero(v128.bitselect(above, scaled, unknown(value)));
      v128.store64_lane(positions + ((s as usize) << 2), position, 0);
    }
    return true;
  }

  /** Counts the positions below each; gives the sum of those counts. */
  private compare(): i32 {
    const positions = changetype<usize>(this.positions);
    const belows = changetype<usize>(this.belows);
    const end = positions + ((this.width as usize) << 2);
    let sums = i32x4.splat(0);
    for (let row: usize = 0; row < (this.rows as usize) << 2; row += rowsAtOnce << 2) {
      const own0 = v128.load(positions + row);
      const own1 = v128.load(positions + row, 16);
      const own2 = v128.load(positions + row, 32);
      const own3 = v128.load(positions + row, 48);
      let below0 = i32x4.splat(0);
      let below1 = i32x4.splat(0);
      let below2 = i32x4.splat(0);
      let below3 = i32x4.splat(0);
      for (let other = positions; other < end; other += 4) {
        const position = v128.load32_splat(other);
        // All bits of those for which it holds, which is -1.
        below0 = i32x4.sub(below0, i32x4.lt_s(position, own0));
        below1 = i32x4.sub(below1, i32x4.lt_s(position, own1));
        below2 = i32x4.sub(below2, i32x4.lt_s(position, own2));
        below3 = i32x4.sub(below3, i32x4.lt_s(position, own3));
      }
      v128.store(belows + row, below0);
      v128.store(belows + row, below1, 16);
      v128.store(belows + row, below2, 32);
      v128.store(belows + row, below3, 48);
      sums = i32x4.add(sums, i32x4.add(i32x4.add(below0, below1), i32x4.add(below2, below3)));
    }
    return sumOfFour(sums);
  }

  private writeRanks(x: Numbers, first: i32, output: Numbers): void {
    const width = this.width;
    const belows = changetype<usize>(this.belows);
    const half = f64x2.splat(0.5);
    const count = f64x2.splat(this.known as f64);
    for (let s = 0; s < width; s += 2) {
      const below = f64x2.convert_low_i32x4_s(v128.load64_zero(belows + ((s as usize) << 2)));
      const rank = f64x2.div(f64x2.add(below, half), count);
      setPairAt(output, first + s, v128.or(rank, unknown(pairAt(x, first + s))));
    }
  }

  /** A pair; NaN beside the last symbol of an odd width, where the next session begins. */
  private numbersAt(x: Numbers, first: i32, s: i32): v128 {
    const pair = pairAt(x, first + s);
    return s + 1 < this.width ? pair : f64x2.replace_lane(pair, 1, NaN);
  }
}

const rowsAtOnce = 16;
/** Upper bound of the positions of known numbers, apart from rounding. */
const highestPosition: f64 = 1073741824;
/** Beyond what an integer holds: becomes the largest one. */
const beyondAll: f64 = 4294967296;
