/**
 * Mean of the last `size` finite values, in O(1). A value that is not finite is not taken.
 *
 * The sum is kept as a pair (high, low) by Knuth's TwoSum, so what leaves the window takes away exactly what it brought:
 * no drift, however long the series and however large a value that passed through.
 */
export class RollingMean {
  /** Mean of the window; NaN until `size` values came. */
  value = NaN;
  readonly #window: Float64Array;
  #next = 0;
  #count = 0;
  #high = 0;
  #low = 0;

  constructor(size: number) {
    this.#window = new Float64Array(size);
  }

  push(value: number): number {
    if (!Number.isFinite(value)) return this.value;
    const size = this.#window.length;
    if (this.#count === size) this.#add(-this.#window[this.#next]!);
    else this.#count += 1;
    this.#add(value);
    this.#window[this.#next] = value;
    this.#next = this.#next + 1 === size ? 0 : this.#next + 1;
    if (this.#count === size) this.value = (this.#high + this.#low) / size;
    return this.value;
  }

  #add(value: number): void {
    const sum = this.#high + value;
    const fromValue = sum - this.#high;
    const error = this.#high - (sum - fromValue) + (value - fromValue);
    const low = this.#low + error;
    this.#high = sum + low;
    this.#low = low - (this.#high - sum);
  }
}
