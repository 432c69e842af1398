/**
 * Largest (or smallest) of the last `size` finite values, amortised O(1): a deque of candidates, each larger than all that came
 * after it. A value that is not finite is not taken.
 */
export class RollingExtreme {
  /** The extreme of the window; NaN until `size` values came. */
  value = NaN;
  readonly #sign: 1 | -1;
  readonly #candidates: Float64Array;
  readonly #positions: Int32Array;
  #head = 0;
  #length = 0;
  #count = 0;

  constructor(size: number, which: 'largest' | 'smallest') {
    this.#sign = which === 'largest' ? 1 : -1;
    this.#candidates = new Float64Array(size);
    this.#positions = new Int32Array(size);
  }

  push(value: number): number {
    if (!Number.isFinite(value)) return this.value;
    const size = this.#candidates.length;
    const signed = this.#sign * value;
    if (this.#length > 0 && this.#positions[this.#head]! <= this.#count - size) {
      this.#head = this.#head + 1 === size ? 0 : this.#head + 1;
      this.#length -= 1;
    }
    let at = this.#head + this.#length;
    if (at >= size) at -= size;
    while (this.#length > 0) {
      const last = at === 0 ? size - 1 : at - 1;
      if (this.#candidates[last]! > signed) break;
      at = last;
      this.#length -= 1;
    }
    this.#candidates[at] = signed;
    this.#positions[at] = this.#count;
    this.#length += 1;
    this.#count += 1;
    if (this.#count >= size) this.value = this.#sign * this.#candidates[this.#head]!;
    return this.value;
  }
}
