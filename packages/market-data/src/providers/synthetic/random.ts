/**
 * Random numbers of one named stream: xoshiro128** (Blackman & Vigna 2018) on four 32-bit words. Streams with different
 * names do not meet in practice, so a symbol's numbers do not depend on how many other symbols there are.
 */
export class RandomStream {
  readonly #state: Uint32Array;
  /** The second normal number of a pair, until it is asked for; else NaN. */
  #spare = NaN;

  constructor(name: string) {
    this.#state = stateOfName(name);
  }

  /** A number in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    return (this.#next() + 0.5) / 2 ** 32;
  }

  /** A number of the standard normal distribution (Box & Muller 1958). */
  normal(): number {
    const spare = this.#spare;
    if (!Number.isNaN(spare)) {
      this.#spare = NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * The variance of a normal number by which it becomes one of Student's t distribution with unit variance: the
   * reciprocal of a chi-squared number (Gosset 1908).
   *
   * @param freedom degrees of freedom, a whole number above 2
   */
  studentVariance(freedom: number): number {
    let chiSquared = freedom % 2 === 1 ? this.normal() ** 2 : 0;
    for (let pairs = Math.floor(freedom / 2); pairs > 0; pairs--) chiSquared -= 2 * Math.log(this.uniform());
    return (freedom - 2) / chiSquared;
  }

  #next(): number {
    const state = this.#state;
    const second = state[1]!;
    const result = Math.imul(rotate(Math.imul(second, 5), 7), 9) >>> 0;
    state[2]! ^= state[0]!;
    state[3]! ^= second;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= second << 9;
    state[3] = rotate(state[3]!, 11);
    return result;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Four words from a text: FNV-1a for the text, then the finaliser of MurmurHash3 for each word. */
function stateOfName(name: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const state = new Uint32Array(4);
  for (let i = 0; i < state.length; i++) state[i] = finalise(hash + Math.imul(i + 1, 0x9e3779b9));
  return state;
}

function finalise(value: number): number {
  let word = value;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** Weights of {@link VarianceProcess}. */
interface VarianceOptions {
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
