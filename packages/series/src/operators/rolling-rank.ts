import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';

/**
 * Where the newest of the last `size` known numbers of the symbol stands among them, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / size. NaN until there were so many.
 */
export function rollingRank(of: Series, size: number): Series {
  return new Series(`rank ${size}(${of.formula})`, [of], (width) => new RollingRank(width, size));
}

class RollingRank implements Operator {
  readonly #windows: readonly SortedWindow[];

  constructor(width: number, size: number) {
    this.#windows = Array.from({ length: width }, () => new SortedWindow(size));
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    for (let s = 0; s < width; s += 1) {
      const window = this.#windows[s]!;
      for (let row = s; row < count; row += width) {
        const value = input![row]!;
        if (Number.isFinite(value)) window.push(value);
        output[row] = present[row] === 1 ? window.rank : NaN;
      }
    }
  }
}

/**
 * The last numbers of one symbol, linked by size. The next one is looked for from the newest on: what is ranked is smooth, so it
 * stands near.
 */
class SortedWindow {
  rank = NaN;
  readonly #size: number;
  /** The numbers, a ring, and after them what stands below and above all of them. */
  readonly #numbers: Float64Array;
  /** Places of the next smaller and of the next larger number. */
  readonly #smaller: Int32Array;
  readonly #larger: Int32Array;
  #count = 0;
  #next = 0;
  #newest: number;
  /** Numbers before the newest one in the order of the links: those below it, since a new one goes before its equals. */
  #below = -1;

  constructor(size: number) {
    const bottom = size;
    const top = size + 1;
    this.#size = size;
    this.#numbers = new Float64Array(size + 2);
    this.#numbers[bottom] = -Infinity;
    this.#numbers[top] = Infinity;
    this.#smaller = new Int32Array(size + 2).fill(bottom);
    this.#larger = new Int32Array(size + 2).fill(top);
    this.#newest = bottom;
  }

  push(value: number): void {
    const numbers = this.#numbers;
    const size = this.#size;
    const place = this.#next;
    this.#next = place + 1 === size ? 0 : place + 1;
    if (this.#count === size) this.#remove(place);
    else this.#count += 1;
    numbers[place] = value;
    this.#insert(place, value);
    if (this.#count < size) return;
    let equal = 1;
    for (let at = this.#larger[place]!; numbers[at] === value; at = this.#larger[at]!) equal += 1;
    this.rank = (this.#below + equal / 2) / size;
  }

  #remove(place: number): void {
    const before = this.#smaller[place]!;
    const after = this.#larger[place]!;
    this.#larger[before] = after;
    this.#smaller[after] = before;
    if (this.#numbers[place]! < this.#numbers[this.#newest]!) this.#below -= 1;
  }

  #insert(place: number, value: number): void {
    const numbers = this.#numbers;
    const smaller = this.#smaller;
    const larger = this.#larger;
    let before = this.#newest;
    let below = this.#below + 1;
    for (; numbers[before]! >= value; before = smaller[before]!) below -= 1;
    for (; numbers[larger[before]!]! < value; before = larger[before]!) below += 1;
    const after = larger[before]!;
    smaller[place] = before;
    larger[place] = after;
    larger[before] = place;
    smaller[after] = place;
    this.#newest = place;
    this.#below = below;
  }
}
