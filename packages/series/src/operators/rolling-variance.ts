/**
 * Mean and sample variance of the last `size` finite values. A value that is not finite is not taken.
 *
 * Computed anew from the window at each push, relative to the newest value: there is nothing to drift, equal windows give equal
 * bits whatever came before them, and a constant window has a variance of exactly 0. At the sizes used (at most 60) that
 * costs no more than the compensated arithmetic an update in O(1) would need.
 */
export class RollingVariance {
  /** Mean of the window; NaN until `size` values came. */
  mean = NaN;
  /** Variance with divisor `size - 1`; NaN until `size` values came. */
  variance = NaN;
  readonly #size: number;
  /** Each value twice, `size` apart: the window, oldest first, is one stretch wherever it starts. */
  readonly #window: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#window = new Float64Array(2 * size);
  }

  /** Takes a value and gives the {@link deviation}. */
  push(value: number): number {
    if (!Number.isFinite(value)) return this.deviation;
    const size = this.#size;
    this.#window[this.#next] = value;
    this.#window[this.#next + size] = value;
    this.#next = this.#next + 1 === size ? 0 : this.#next + 1;
    if (this.#count < size) this.#count += 1;
    if (this.#count === size) this.#update(value);
    return this.deviation;
  }

  /** Square root of the variance. */
  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  #update(reference: number): void {
    const window = this.#window;
    const size = this.#size;
    const oldest = this.#next;
    // The newest value is the reference, so it adds nothing. Two sums each, since an addition has to wait for the one before.
    const odd = size % 2 === 0 ? window[oldest]! - reference : 0;
    let sum = odd;
    let otherSum = 0;
    let squares = odd * odd;
    let otherSquares = 0;
    for (let i = oldest + 1 - (size % 2); i < oldest + size - 1; i += 2) {
      const distance = window[i]! - reference;
      const other = window[i + 1]! - reference;
      sum += distance;
      otherSum += other;
      squares += distance * distance;
      otherSquares += other * other;
    }
    sum += otherSum;
    squares += otherSquares;
    this.mean = reference + sum / size;
    this.variance = Math.max(0, (squares - (sum * sum) / size) / (size - 1));
  }
}
