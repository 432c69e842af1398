import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';
import { firstPlaces } from './places.ts';

/** The number at so many of the symbol's bars before; NaN when there were fewer. */
export function lag(of: Series, bars: number): Series {
  return new Series(`lag ${bars}(${of.formula})`, [of], (width) => new Lag(width, bars, false));
}

/** The change over so many of the symbol's bars. */
export function change(of: Series, bars: number): Series {
  return new Series(`change ${bars}(${of.formula})`, [of], (width) => new Lag(width, bars, true));
}

/** A number before, or what the newest has more than it. */
class Lag implements Operator {
  readonly #bars: number;
  readonly #isChange: boolean;
  /** The last numbers of each symbol: rings of `bars` places, one after the other. */
  readonly #rings: Float64Array;
  /** Where the next number of each symbol goes, and the oldest is. */
  readonly #next: Int32Array;

  constructor(width: number, bars: number, isChange: boolean) {
    this.#bars = bars;
    this.#isChange = isChange;
    this.#rings = new Float64Array(width * bars).fill(NaN);
    this.#next = firstPlaces(width, bars);
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    const isChange = this.#isChange;
    const rings = this.#rings;
    for (let s = 0; s < width; s += 1) {
      const first = s * this.#bars;
      const end = first + this.#bars;
      let next = this.#next[s]!;
      for (let row = s; row < count; row += width) {
        if (present[row] === 0) {
          output[row] = NaN;
          continue;
        }
        const value = input![row]!;
        const before = rings[next]!;
        output[row] = isChange ? value - before : before;
        rings[next] = value;
        next = next + 1 === end ? first : next + 1;
      }
      this.#next[s] = next;
    }
  }
}
