/** How variance answers to returns; see {@link VarianceProcess}. */
export interface VarianceOptions {
  /** Standard deviation of a session's return in the long run. */
  readonly deviation: number;
  /** Weight of the last squared return. */
  readonly reaction: number;
  /** Additional weight of a squared return below zero: bad news unsettles more. */
  readonly leverage: number;
  /** Weight of the last variance. */
  readonly memory: number;
}

/** A variance above this multiple of its long-run value is held there, so that fat tails cannot make it run away. */
const highest = 20;

/**
 * Variance of the next return that clusters (GJR-GARCH, Glosten, Jagannathan & Runkle 1993):
 * `v' = v0 (1 - a - l/2 - m) + (a + l [r < 0]) r^2 + m v`.
 */
export class VarianceProcess {
  readonly #options: VarianceOptions;
  readonly #longRun: number;
  #variance: number;

  constructor(options: VarianceOptions) {
    this.#options = options;
    this.#longRun = options.deviation ** 2;
    this.#variance = this.#longRun;
  }

  /** Variance of the return to come. */
  get variance(): number {
    return this.#variance;
  }

  /** Takes the return that came. */
  push(value: number): void {
    const { reaction, leverage, memory } = this.#options;
    const floor = this.#longRun * (1 - reaction - leverage / 2 - memory);
    const shock = (reaction + (value < 0 ? leverage : 0)) * value * value;
    this.#variance = Math.min(floor + shock + memory * this.#variance, highest * this.#longRun);
  }
}
