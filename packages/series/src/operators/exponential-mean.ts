/**
 * Exponentially weighted mean of the finite values so far: weight `decay^k` for the value k pushes ago, divided by the sum of
 * the weights (so the first values are not biased towards a start value). A value that is not finite is not taken.
 */
export class ExponentialMean {
  /** The mean; NaN until `minimum` values came. */
  value = NaN;
  readonly #decay: number;
  readonly #minimum: number;
  #count = 0;
  #sum = 0;
  #weight = 0;

  constructor(decay: number, minimum = memoryOf(decay)) {
    this.#decay = decay;
    this.#minimum = minimum;
  }

  push(value: number): number {
    if (!Number.isFinite(value)) return this.value;
    this.#count += 1;
    this.#sum = this.#decay * this.#sum + value;
    this.#weight = this.#decay * this.#weight + 1;
    if (this.#count >= this.#minimum) this.value = this.#sum / this.#weight;
    return this.value;
  }
}

/** The mean age of what a decay remembers, 1 / (1 - decay) sessions: how many values are waited for. */
export function memoryOf(decay: number): number {
  return Math.round(1 / (1 - decay));
}
