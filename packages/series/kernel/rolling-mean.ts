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
 * Mean of the last `size` known numbers of the symbol; NaN until there were that many.
 *
 * A window is the end of one block of `size` numbers and the beginning of the next: its sum is that of the end, which
 * is known since the block was full, and that of the beginning, which grows (van Herk 1992, for extremes). Nothing is
 * ever taken away from a sum, so nothing drifts, however long the series and however large a number that passed
 * through.
 */
export class RollingMean extends Operator {
  /**
   * A block of each symbol, one after the other. Before its next place: the numbers of the newest block. From there on:
   * the sums from each place to the end of the block before.
   */
  private blocks: Numbers;
  private nexts: StaticArray<usize>;
  /** Sum of the numbers of the newest block. */
  private sums: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    const blocks = windows(width, size);
    this.blocks = blocks;
    this.nexts = firstPlaces(blocks, width, size);
    this.sums = ofEach(width, 0);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const sums = this.sums;
    const size = this.size;
    const length = (size as usize) * bytes;
    const noGap = f64x2.splat(0);
    const share = f64x2.splat(1 / (size as f64));
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(blocks, (s + 1) * size);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      let sum = pairAt(sums, s);
      for (let row = s; row < count; row += width) {
        let value = pairAt(x, row);
        const isUnknown = unknown(value);
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
          value = v128.andnot(value, isUnknown);
          gap = v128.and(isUnknown, pairAt(gaps, row));
        }
        sum = f64x2.add(sum, value);
        if (left === 0) {
          const full = lanes(next0 === end0, next1 === end1);
          const full0 = endOfFull(next0, end0, end1);
          const full1 = endOfFull(next1, end1, end0);
          sumToEnd(full0, full1, length);
          sum = v128.andnot(sum, full);
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
        const mean = f64x2.mul(f64x2.add(sum, pairFrom(next0, next1)), share);
        setPairAt(output, row, v128.or(mean, gap));
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
      setPairAt(sums, s, sum);
    }
  }
}

/**
 * Turns the numbers of two full blocks, given by their lengths in bytes and their ends, into the sums from each place
 * to that end.
 */
function sumToEnd(end0: usize, end1: usize, length: usize): void {
  let sum = f64x2.splat(0);
  for (let back = bytes; back <= length; back += bytes) {
    sum = f64x2.add(sum, pairFrom(end0 - back, end1 - back));
    setPair(end0 - back, end1 - back, sum);
  }
}
