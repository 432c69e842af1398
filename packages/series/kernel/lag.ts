import { addressOf, bytes, known0, known1, pairAt, pairFrom, setKnown, setPair, setPairAt, unknown } from './lanes';
import { Numbers, Operator } from './operator';
import { firstPlaces, lastPair, turned, windows } from './windows';

/** The number a given count of the symbol's bars before; NaN when there were fewer. */
export class Lag extends Operator {
  /** The last numbers of each symbol: rings, one after the other. */
  private rings: Numbers;
  /** Address of each symbol's oldest number, which the next one replaces. */
  private nexts: StaticArray<usize>;

  constructor(
    width: i32,
    private bars: i32,
  ) {
    super();
    const rings = windows(width, bars);
    this.rings = rings;
    this.nexts = firstPlaces(rings, width, bars);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    this.takeFrom(x, count, width, gaps, output, false);
  }

  /** With `isChange`, the difference of a number from the one that many bars before. */
  protected takeFrom(x: Numbers, count: i32, width: i32, gaps: Numbers, output: Numbers, isChange: boolean): void {
    const rings = this.rings;
    const nexts = this.nexts;
    const bars = this.bars;
    const length = (bars as usize) * bytes;
    for (let s = lastPair(width); s >= 0; s -= 2) {
      let next0 = nexts[s];
      let next1 = nexts[s + 1];
      const end0 = addressOf(rings, (s + 1) * bars);
      const end1 = end0 + length;
      let left = min(end0 - next0, end1 - next1);
      for (let row = s; row < count; row += width) {
        const value = pairAt(x, row);
        const gap = pairAt(gaps, row);
        const gapLanes = i64x2.bitmask(unknown(gap));
        const before = v128.or(pairFrom(next0, next1), gap);
        setPairAt(output, row, isChange ? f64x2.sub(value, before) : before);
        if (gapLanes === 0) {
          setPair(next0, next1, value);
          next0 += bytes;
          next1 += bytes;
          left -= bytes;
        } else {
          setKnown(next0, next1, value, gapLanes);
          next0 += known0(gapLanes) * bytes;
          next1 += known1(gapLanes) * bytes;
          left = min(end0 - next0, end1 - next1);
        }
        if (left === 0) {
          next0 = turned(next0, end0, length);
          next1 = turned(next1, end1, length);
          left = min(end0 - next0, end1 - next1);
        }
      }
      nexts[s] = next0;
      nexts[s + 1] = next1;
    }
  }
}

/** The difference of a number from the one a given count of the symbol's bars before. */
export class Change extends Lag {
  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    this.takeFrom(x, count, width, gaps, output, true);
  }
}
