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
  readonly #window: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#window = new Float64Array(size);
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    const size = this.#window.length;
    this.#window[this.#next] = value;
    this.#next = this.#next + 1 === size ? 0 : this.#next + 1;
    if (this.#count < size) this.#count += 1;
    if (this.#count === size) this.#update(value);
  }

  /** Square root of the variance. */
  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  #update(reference: number): void {
    const window = this.#window;
    const size = window.length;
    let sum = 0;
    let squares = 0;
    for (let i = 0, at = this.#next; i < size; i += 1) {
      const distance = window[at]! - reference;
      sum += distance;
      squares += distance * distance;
      at = at + 1 === size ? 0 : at + 1;
    }
    this.mean = reference + sum / size;
    this.variance = Math.max(0, (squares - (sum * sum) / size) / (size - 1));
  }
}
