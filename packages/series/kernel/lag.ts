import { Flags, Numbers, Operator } from './operator';
import { firstPlaces, windows } from './windows';

/** The number at so many of the symbol's bars before; NaN when there were fewer. */
export class Lag extends Operator {
  /** The last numbers of each symbol: rings, one after the other. */
  private rings: Numbers;
  /** Where the next number of each symbol goes, and the oldest is. */
  private nexts: StaticArray<i32>;

  constructor(
    width: i32,
    private bars: i32,
  ) {
    super();
    this.rings = windows(width, bars);
    this.nexts = firstPlaces(width, bars);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, _y: Numbers, output: Numbers): void {
    const rings = this.rings;
    const nexts = this.nexts;
    const bars = this.bars;
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const row = first + s;
        if (!present[row]) {
          output[row] = NaN;
          continue;
        }
        const next = nexts[s];
        output[row] = rings[next];
        rings[next] = x[row];
        const end = (s + 1) * bars;
        nexts[s] = next + 1 === end ? end - bars : next + 1;
      }
    }
  }
}

/** What a number has more than that so many of the symbol's bars before. */
export class Change extends Lag {
  take(count: i32, width: i32, present: Flags, x: Numbers, y: Numbers, output: Numbers): void {
    super.take(count, width, present, x, y, output);
    for (let row = 0; row < count; row += 1) output[row] = x[row] - output[row];
  }
}
