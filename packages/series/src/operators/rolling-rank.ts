/** Where the newest of the last `size` finite values stands among them, in (0, 1), ties at their middle. A value that is not finite is not taken. */
export class RollingRank {
  /** (values below + half of those equal, itself included) / size; NaN until `size` values came. */
  value = NaN;
  readonly #window: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#window = new Float64Array(size);
  }

  push(value: number): number {
    if (!Number.isFinite(value)) return this.value;
    const window = this.#window;
    window[this.#next] = value;
    this.#next = this.#next + 1 === window.length ? 0 : this.#next + 1;
    if (this.#count < window.length) this.#count += 1;
    if (this.#count < window.length) return NaN;
    let halves = 0;
    for (let i = 0; i < window.length; i += 1) {
      const other = window[i]!;
      if (other < value) halves += 2;
      else if (other === value) halves += 1;
    }
    this.value = halves / 2 / window.length;
    return this.value;
  }
}
