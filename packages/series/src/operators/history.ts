/** The last `capacity` values pushed. */
export class History {
  readonly #values: Float64Array;
  #next = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): void {
    this.#values[this.#next] = value;
    this.#next = this.#next + 1 === this.#values.length ? 0 : this.#next + 1;
    this.#count += 1;
  }

  /** The value `steps` pushes before the newest one, which is `before(0)`; NaN when there is none or it is no longer kept. */
  before(steps: number): number {
    if (steps >= this.#count || steps >= this.#values.length) return NaN;
    const at = this.#next - 1 - steps;
    return this.#values[at < 0 ? at + this.#values.length : at]!;
  }
}
