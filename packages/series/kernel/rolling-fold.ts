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

export class Sum {}
/** Takes the largest number of a window. */
export class Largest {}

/**
 * The sum of the last `size` known numbers of the symbol, times a factor, or the largest of them times a sign, times
 * that sign: -1 gives the smallest. NaN until there were that many.
 *
 * A window is the end of one block of `size` numbers and the beginning of the next: what folds the end is known since
 * the block was full, and what folds the beginning grows (van Herk 1992; Gil & Werman 1993, for extremes). Nothing is
 * ever taken away from a sum, so nothing drifts, however long the series and however large a number that passed
 * through.
 */
export class RollingFold<Kind> extends Operator {
  /**
   * A block of each symbol, one after the other. Before its next place: the numbers of the newest block. From there on:
   * the fold from each place to the end of the block before.
   */
  private blocks: Numbers;
  private nexts: StaticArray<usize>;
  /** Fold of the numbers of the newest block. */
  private folds: Numbers;

  constructor(
    width: i32,
    private size: i32,
    private factor: f64,
  ) {
    super();
    const blocks = windows(width, size);
    this.blocks = blocks;
    this.nexts = firstPlaces(blocks, width, size);
    this.folds = ofEach(width, neutral<Kind>());
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const blocks = this.blocks;
    const nexts = this.nexts;
    const folds = this.folds;
    const size = this.size;
    const length = (size as usize) * bytes;
    const factor = f64x2.splat(this.factor);
    const noGap = f64x2.splat(0);
    const none = f64x2.splat(neutral<Kind>());
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(blocks, (s + 1) * size);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      let newest = pairAt(folds, s);
      for (let row = s; row < count; row += width) {
        let value = pairAt(x, row);
        if (isLargest<Kind>()) value = f64x2.mul(factor, value);
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
          value = v128.bitselect(none, value, isUnknown);
          gap = v128.and(isUnknown, pairAt(gaps, row));
        }
        newest = fold<Kind>(newest, value);
        if (left === 0) {
          const full = lanes(next0 === end0, next1 === end1);
          foldToEnd<Kind>(endOfFull(next0, end0, end1), endOfFull(next1, end1, end0), length);
          newest = v128.bitselect(none, newest, full);
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
        const all = f64x2.mul(factor, fold<Kind>(pairFrom(next0, next1), newest));
        setPairAt(output, row, v128.or(all, gap));
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
      setPairAt(folds, s, newest);
    }
  }
}

/**
 * Turns the numbers of two full blocks, given by their lengths in bytes and their ends, into the folds from each place
 * to that end.
 */
function foldToEnd<Kind>(end0: usize, end1: usize, length: usize): void {
  let all = f64x2.splat(neutral<Kind>());
  for (let back = bytes; back <= length; back += bytes) {
    all = fold<Kind>(all, pairFrom(end0 - back, end1 - back));
    setPair(end0 - back, end1 - back, all);
  }
}

function isLargest<Kind>(): bool {
  return idof<Kind>() === idof<Largest>();
}

/** The first where it is NaN. */
function fold<Kind>(a: v128, b: v128): v128 {
  return isLargest<Kind>() ? f64x2.pmax(a, b) : f64x2.add(a, b);
}

/** The number that changes no fold. */
function neutral<Kind>(): f64 {
  return isLargest<Kind>() ? -Infinity : 0;
}
