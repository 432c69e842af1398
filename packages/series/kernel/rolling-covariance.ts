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

/** Numbers of two series. */
export class Two {}
/** Numbers of one series, each paired with itself. */
export class Itself {}

/**
 * Sample covariance (divisor `size - 1`) of the last `size` pairs of known numbers of the symbol; NaN until there were
 * that many. That of one series with itself is its variance, which is never below 0.
 *
 * Sums in blocks, as in `RollingFold`, of distances and of their products. Distances are from the last pair of the
 * block before, which is in the window for as long as sums of them are in use: they keep their digits, and a constant
 * window has a variance of exactly 0.
 */
export class RollingCovariance<Pairs> extends Operator {
  /**
   * Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block
   * before.
   */
  private xBlocks: Numbers;
  private yBlocks: Numbers;
  /** From the next place on: sums of products of distances to the end of the block before. */
  private productBlocks: Numbers;
  private nexts: StaticArray<usize>;
  private xOrigins: Numbers;
  private yOrigins: Numbers;
  /** Sums over the newest block. */
  private xSums: Numbers;
  private ySums: Numbers;
  private sumsOfProducts: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    const xBlocks = windows(width, size);
    this.xBlocks = xBlocks;
    this.yBlocks = isAlone<Pairs>() ? xBlocks : windows(width, size);
    this.productBlocks = windows(width, size);
    this.nexts = firstPlaces(xBlocks, width, size);
    this.xOrigins = ofEach(width, 0);
    this.yOrigins = ofEach(width, 0);
    this.xSums = ofEach(width, 0);
    this.ySums = ofEach(width, 0);
    this.sumsOfProducts = ofEach(width, 0);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    const blocks = this.xBlocks;
    const nexts = this.nexts;
    const size = this.size;
    const length = (size as usize) * bytes;
    const toY = changetype<usize>(this.yBlocks) - changetype<usize>(blocks);
    const toProducts = changetype<usize>(this.productBlocks) - changetype<usize>(blocks);
    const share = f64x2.splat(1 / (size as f64));
    const scale = f64x2.splat(1 / ((size as f64) - 1));
    const zero = f64x2.splat(0);
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(blocks, (s + 1) * size);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      let xOrigin = pairAt(this.xOrigins, s);
      let yOrigin = pairAt(this.yOrigins, s);
      let xSum = pairAt(this.xSums, s);
      let ySum = pairAt(this.ySums, s);
      let products = pairAt(this.sumsOfProducts, s);
      for (let row = s; row < count; row += width) {
        let xValue = pairAt(x, row);
        let yValue = isAlone<Pairs>() ? xValue : pairAt(y, row);
        let isUnknown = unknown(xValue);
        if (!isAlone<Pairs>()) isUnknown = v128.or(isUnknown, unknown(yValue));
        const unknownLanes = i64x2.bitmask(isUnknown);
        let gap = zero;
        if (unknownLanes === 0) {
          setPair(next0, next1, xValue);
          if (!isAlone<Pairs>()) setPair(next0 + toY, next1 + toY, yValue);
          next0 += bytes;
          next1 += bytes;
          left -= bytes;
        } else {
          setKnown(next0, next1, xValue, unknownLanes);
          if (!isAlone<Pairs>()) setKnown(next0 + toY, next1 + toY, yValue, unknownLanes);
          next0 += known0(unknownLanes) * bytes;
          next1 += known1(unknownLanes) * bytes;
          left = min(end0 - next0, end1 - next1);
          xValue = v128.bitselect(xOrigin, xValue, isUnknown);
          if (!isAlone<Pairs>()) yValue = v128.bitselect(yOrigin, yValue, isUnknown);
          gap = v128.and(isUnknown, pairAt(gaps, row));
        }
        const xDistance = f64x2.sub(xValue, xOrigin);
        const yDistance = isAlone<Pairs>() ? xDistance : f64x2.sub(yValue, yOrigin);
        xSum = f64x2.add(xSum, xDistance);
        if (!isAlone<Pairs>()) ySum = f64x2.add(ySum, yDistance);
        products = f64x2.add(products, f64x2.mul(xDistance, yDistance));
        if (left === 0) {
          const full = lanes(next0 === end0, next1 === end1);
          const full0 = endOfFull(next0, end0, end1);
          const full1 = endOfFull(next1, end1, end0);
          xOrigin = v128.bitselect(pairFrom(full0 - bytes, full1 - bytes), xOrigin, full);
          if (!isAlone<Pairs>())
            yOrigin = v128.bitselect(pairFrom(full0 - bytes + toY, full1 - bytes + toY), yOrigin, full);
          sumToEnd<Pairs>(full0, full1, length, toY, toProducts);
          xSum = v128.andnot(xSum, full);
          if (!isAlone<Pairs>()) ySum = v128.andnot(ySum, full);
          products = v128.andnot(products, full);
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
        const xAll = f64x2.add(xSum, pairFrom(next0, next1));
        const yAll = isAlone<Pairs>() ? xAll : f64x2.add(ySum, pairFrom(next0 + toY, next1 + toY));
        const allProducts = f64x2.add(products, pairFrom(next0 + toProducts, next1 + toProducts));
        let covariance = f64x2.mul(f64x2.sub(allProducts, f64x2.mul(f64x2.mul(xAll, yAll), share)), scale);
        // NaN stays.
        if (isAlone<Pairs>()) covariance = f64x2.pmax(covariance, zero);
        setPairAt(output, row, v128.or(covariance, gap));
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
      setPairAt(this.xOrigins, s, xOrigin);
      setPairAt(this.yOrigins, s, yOrigin);
      setPairAt(this.xSums, s, xSum);
      setPairAt(this.ySums, s, ySum);
      setPairAt(this.sumsOfProducts, s, products);
    }
  }
}

/**
 * Turns the pairs of numbers of two full blocks, given by their lengths in bytes and their ends, into the sums, from
 * each place to the end of its block, of distances from the last pair and of products. The second numbers and the
 * products lie `toY` and `toProducts` further on.
 */
function sumToEnd<Pairs>(end0: usize, end1: usize, length: usize, toY: usize, toProducts: usize): void {
  const xOrigin = pairFrom(end0 - bytes, end1 - bytes);
  const yOrigin = pairFrom(end0 - bytes + toY, end1 - bytes + toY);
  let xSum = f64x2.splat(0);
  let ySum = f64x2.splat(0);
  let products = f64x2.splat(0);
  for (let back = bytes; back <= length; back += bytes) {
    const xDistance = f64x2.sub(pairFrom(end0 - back, end1 - back), xOrigin);
    const yDistance = f64x2.sub(pairFrom(end0 - back + toY, end1 - back + toY), yOrigin);
    xSum = f64x2.add(xSum, xDistance);
    ySum = f64x2.add(ySum, yDistance);
    products = f64x2.add(products, f64x2.mul(xDistance, yDistance));
    setPair(end0 - back, end1 - back, xSum);
    if (!isAlone<Pairs>()) setPair(end0 - back + toY, end1 - back + toY, ySum);
    setPair(end0 - back + toProducts, end1 - back + toProducts, products);
  }
}

function isAlone<Pairs>(): bool {
  return idof<Pairs>() === idof<Itself>();
}
