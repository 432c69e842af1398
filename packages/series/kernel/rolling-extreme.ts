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
 * Largest of the last `size` known numbers of the symbol times a sign, times that sign: -1 gives the smallest. NaN
 * until there were that many. In blocks (van Herk 1992; Gil & Werman 1993), as the sums of `RollingMean`.
 */
export class RollingExtreme extends Operator {
  /**
   * Before the next place: the numbers of the newest block. From there on: the largest from each place to the end of
   * the one before.
   */
  private blocks: Numbers;
  private nexts: StaticArray<usize>;
  /** Largest of the newest block. */
  private largests: Numbers;

  constructor(
    width: i32,
    private size: i32,
    private sign: f64,
  ) {
    super();
    const blocks = windows(width, size);
    this.blocks = blocks;
    this.nexts = firstPlaces(blocks, width, size);
    this.largests = ofEach(width, -Infinity);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const largests = this.largests;
    const size = this.size;
    const length = (size as usize) * bytes;
    const sign = f64x2.splat(this.sign);
    const noGap = f64x2.splat(0);
    const least = f64x2.splat(-Infinity);
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(blocks, (s + 1) * size);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      let largest = pairAt(largests, s);
      for (let row = s; row < count; row += width) {
        const signed = f64x2.mul(sign, pairAt(x, row));
        const isUnknown = unknown(signed);
        const value = v128.or(signed, isUnknown);
        const unknownLanes = i64x2.bitmask(isUnknown);
        let gap = noGap;
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
          gap = v128.and(isUnknown, pairAt(gaps, row));
        }
        largest = f64x2.pmax(largest, value);
        if (left === 0) {
          const full = lanes(next0 === end0, next1 === end1);
          const full0 = endOfFull(next0, end0, end1);
          const full1 = endOfFull(next1, end1, end0);
          largestToEnd(full0, full1, length);
          largest = v128.bitselect(least, largest, full);
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
        const extreme = f64x2.mul(sign, f64x2.pmax(pairFrom(next0, next1), largest));
        setPairAt(output, row, v128.or(extreme, gap));
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
      setPairAt(largests, s, largest);
    }
  }
}

/**
 * Turns the numbers of two full blocks, given by their lengths in bytes and their ends, into the largest from each
 * place to that end.
 */
function largestToEnd(end0: usize, end1: usize, length: usize): void {
  let largest = f64x2.splat(-Infinity);
  for (let back = bytes; back <= length; back += bytes) {
    largest = f64x2.pmax(largest, pairFrom(end0 - back, end1 - back));
    setPair(end0 - back, end1 - back, largest);
  }
}
