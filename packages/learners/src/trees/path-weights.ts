/**
 * The weights of TreeSHAP along one path from a root: for each number of known columns, the share of their subsets that
 * lead down this path. Entry 0 stands for the root; each further entry is a column that a node on the path splits. The
 * arithmetic is EXTEND and UNWIND of algorithm 2 in Lundberg, Erion & Lee, "Consistent individualized feature
 * attribution for tree ensembles" (2018).
 */
export class PathWeights {
  readonly #feature: Int32Array;
  /** Share of the rows that take the path when the column is unknown. */
  readonly #zero: Float64Array;
  /** 1 where the explained row takes the path when the column is known, else 0. */
  readonly #one: Float64Array;
  readonly #weight: Float64Array;
  #length = 0;

  constructor(mostEntries: number) {
    this.#feature = new Int32Array(mostEntries);
    this.#zero = new Float64Array(mostEntries);
    this.#one = new Float64Array(mostEntries);
    this.#weight = new Float64Array(mostEntries);
  }

  get length(): number {
    return this.#length;
  }

  featureAt(entry: number): number {
    return this.#feature[entry]!;
  }

  zeroAt(entry: number): number {
    return this.#zero[entry]!;
  }

  oneAt(entry: number): number {
    return this.#one[entry]!;
  }

  /** The entry of a column, or 0 where the path does not have it. */
  entryOf(feature: number): number {
    for (let i = this.#length - 1; i > 0; i -= 1) if (this.#feature[i] === feature) return i;
    return 0;
  }

  copyFrom(other: PathWeights): void {
    this.#length = other.#length;
    for (let i = 0; i < other.#length; i += 1) {
      this.#feature[i] = other.#feature[i]!;
      this.#zero[i] = other.#zero[i]!;
      this.#one[i] = other.#one[i]!;
      this.#weight[i] = other.#weight[i]!;
    }
  }

  clear(): void {
    this.#length = 0;
  }

  extend(feature: number, zero: number, one: number): void {
    const weight = this.#weight;
    const last = this.#length;
    this.#feature[last] = feature;
    this.#zero[last] = zero;
    this.#one[last] = one;
    weight[last] = last === 0 ? 1 : 0;
    for (let i = last - 1; i >= 0; i -= 1) {
      weight[i + 1]! += (one * weight[i]! * (i + 1)) / (last + 1);
      weight[i] = (zero * weight[i]! * (last - i)) / (last + 1);
    }
    this.#length = last + 1;
  }

  /** Takes an entry back, as if it had never been added. */
  unwind(entry: number): void {
    const last = this.#length - 1;
    const one = this.#one[entry]!;
    const zero = this.#zero[entry]!;
    const weight = this.#weight;
    let next = weight[last]!;
    for (let i = last - 1; i >= 0; i -= 1) {
      if (one === 0) weight[i] = (weight[i]! * (last + 1)) / (zero * (last - i));
      else {
        const before = weight[i]!;
        weight[i] = (next * (last + 1)) / ((i + 1) * one);
        next = before - (weight[i]! * zero * (last - i)) / (last + 1);
      }
    }
    for (let i = entry; i < last; i += 1) {
      this.#feature[i] = this.#feature[i + 1]!;
      this.#zero[i] = this.#zero[i + 1]!;
      this.#one[i] = this.#one[i + 1]!;
    }
    this.#length = last;
  }

  /** Sum of the weights that would remain after unwinding an entry. */
  sumWithout(entry: number): number {
    const last = this.#length - 1;
    const one = this.#one[entry]!;
    const zero = this.#zero[entry]!;
    let next = this.#weight[last]!;
    let sum = 0;
    for (let i = last - 1; i >= 0; i -= 1) {
      if (one === 0) sum += (this.#weight[i]! * (last + 1)) / (zero * (last - i));
      else {
        const weight = (next * (last + 1)) / ((i + 1) * one);
        sum += weight;
        next = this.#weight[i]! - (weight * zero * (last - i)) / (last + 1);
      }
    }
    return sum;
  }
}
