/**
 * Second moments of the last `size` pairs (x, y). A pair with a value that is not finite is not taken.
 * Computed anew from the window at each push, for the reasons given at `RollingVariance`.
 */
export class RollingPair {
  varianceX = NaN;
  varianceY = NaN;
  covariance = NaN;
  readonly #size: number;
  /** Each value twice, `size` apart: the window, oldest first, is one stretch wherever it starts. */
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#x = new Float64Array(2 * size);
    this.#y = new Float64Array(2 * size);
  }

  push(x: number, y: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const size = this.#size;
    this.#x[this.#next] = x;
    this.#x[this.#next + size] = x;
    this.#y[this.#next] = y;
    this.#y[this.#next + size] = y;
    this.#next = this.#next + 1 === size ? 0 : this.#next + 1;
    if (this.#count < size) this.#count += 1;
    if (this.#count === size) this.#update(x, y);
  }

  /** Pearson correlation; NaN when x or y is constant. */
  get correlation(): number {
    return this.covariance / Math.sqrt(this.varianceX * this.varianceY);
  }

  /** Slope of the regression of x on y. */
  get slope(): number {
    return this.covariance / this.varianceY;
  }

  /** Variance (divisor `size - 1`) of what the regression of x on y leaves. */
  get residualVariance(): number {
    return Math.max(0, this.varianceX - (this.covariance * this.covariance) / this.varianceY);
  }

  #update(referenceX: number, referenceY: number): void {
    const size = this.#size;
    const oldest = this.#next;
    let sumX = 0;
    let sumY = 0;
    let squaresX = 0;
    let squaresY = 0;
    let products = 0;
    for (let i = oldest; i < oldest + size; i += 1) {
      const x = this.#x[i]! - referenceX;
      const y = this.#y[i]! - referenceY;
      sumX += x;
      sumY += y;
      squaresX += x * x;
      squaresY += y * y;
      products += x * y;
    }
    this.varianceX = Math.max(0, (squaresX - (sumX * sumX) / size) / (size - 1));
    this.varianceY = Math.max(0, (squaresY - (sumY * sumY) / size) / (size - 1));
    this.covariance = (products - (sumX * sumY) / size) / (size - 1);
  }
}
