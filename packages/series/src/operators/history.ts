/** The last `capacity` values pushed. */
export class History {
  readonly #values: Float64Array;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): void {
    this.#values[this.#count % this.#values.length] = value;
    this.#count += 1;
  }

  /** The value `steps` pushes before the newest one, which is `before(0)`; NaN when there is none or it is no longer kept. */
  before(steps: number): number {
    if (steps >= this.#count || steps >= this.#values.length) return NaN;
    return this.#values[(this.#count - 1 - steps) % this.#values.length]!;
  }
}
