import {
  addressOf,
  bytes,
  known0,
  known1,
  lanes,
  pairAt,
  pairFrom,
  setKnown,
  setPair,
  setPairAt,
  unknown,
} from './lanes';
import { Numbers, Operator } from './operator';
import { endOfFull, firstPlaces, lastPair, ofEach, turned, windows } from './windows';

/**
 * Sample variance (divisor `size - 1`) of the last `size` known numbers of the symbol; NaN until there were that many.
 *
 * Sums in blocks, as in `RollingMean`, of distances and of their squares. Distances are from the last number of the
 * block before, which is in the window for as long as sums of them are in use: they keep their digits, and a constant
 * window has a variance of exactly 0.
 */
export class RollingVariance extends Operator {
  /**
   * Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block
   * before.
   */
  private blocks: Numbers;
  /** From the next place on: sums of squared distances to the end of the block before. */
  private squareBlocks: Numbers;
  private nexts: StaticArray<usize>;
  /** Origin of the distances. */
  private origins: Numbers;
  /** Sums over the newest block. */
  private sums: Numbers;
  private sumsOfSquares: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    const blocks = windows(width, size);
    this.blocks = blocks;
    this.squareBlocks = windows(width, size);
    this.nexts = firstPlaces(blocks, width, size);
    this.origins = ofEach(width, 0);
    this.sums = ofEach(width, 0);
    this.sumsOfSquares = ofEach(width, 0);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const size = this.size;
    const length = (size as usize) * bytes;
    const toSquares = changetype<usize>(this.squareBlocks) - changetype<usize>(blocks);
    const share = f64x2.splat(1 / (size as f64));
    const scale = f64x2.splat(1 / ((size as f64) - 1));
    const zero = f64x2.splat(0);
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(blocks, (s + 1) * size);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      let origin = pairAt(this.origins, s);
      let sum = pairAt(this.sums, s);
      let squares = pairAt(this.sumsOfSquares, s);
      for (let row = s; row < count; row += width) {
        let value = pairAt(x, row);
        const isUnknown = unknown(value);
        const unknownLanes = i64x2.bitmask(isUnknown);
        let gap = zero;
        if (unknownLanes === 0) {
          setPair(next0, next1, value);
          next0 += bytes;
          next1 += bytes;
          left -= bytes;
        } else {
          setKnown(next0, next1, value, unknownLanes);
          next0 += known0(unknownLanes) * bytes;
          next1 += known1(unknownLanes) * bytes;
          left = min(end0 - next0, end1 - next1);
          value = v128.bitselect(origin, value, isUnknown);
          gap = v128.and(isUnknown, pairAt(gaps, row));
        }
        const distance = f64x2.sub(value, origin);
        sum = f64x2.add(sum, distance);
        squares = f64x2.add(squares, f64x2.mul(distance, distance));
        if (left === 0) {
          const full = lanes(next0 === end0, next1 === end1);
          const full0 = endOfFull(next0, end0, end1);
          const full1 = endOfFull(next1, end1, end0);
          origin = v128.bitselect(pairFrom(full0 - bytes, full1 - bytes), origin, full);
          sumToEnd(full0, full1, length, toSquares);
          sum = v128.andnot(sum, full);
          squares = v128.andnot(squares, full);
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
        const all = f64x2.add(sum, pairFrom(next0, next1));
        const allSquares = f64x2.add(squares, pairFrom(next0 + toSquares, next1 + toSquares));
        const variance = f64x2.mul(f64x2.sub(allSquares, f64x2.mul(f64x2.mul(all, all), share)), scale);
        // Not below 0; NaN stays.
        const notNegative = f64x2.pmax(variance, zero);
        setPairAt(output, row, v128.or(notNegative, gap));
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
      setPairAt(this.origins, s, origin);
      setPairAt(this.sums, s, sum);
      setPairAt(this.sumsOfSquares, s, squares);
    }
  }
}

/**
 * Turns the numbers of two full blocks, given by their lengths in bytes and their ends, into the sums, from each place
 * to the end of its block, of distances from the last one and of their squares. These go to blocks that lie `toSquares`
 * further on.
 */
function sumToEnd(end0: usize, end1: usize, length: usize, toSquares: usize): void {
  const origin = pairFrom(end0 - bytes, end1 - bytes);
  let sum = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let back = bytes; back <= length; back += bytes) {
    const distance = f64x2.sub(pairFrom(end0 - back, end1 - back), origin);
    sum = f64x2.add(sum, distance);
    squares = f64x2.add(squares, f64x2.mul(distance, distance));
    setPair(end0 - back, end1 - back, sum);
    setPair(end0 - back + toSquares, end1 - back + toSquares, squares);
  }
}
