import { RandomStream } from './random-stream.ts';
import { VarianceProcess } from './variance-process.ts';

/** Session `k` of the factor that moves all symbols. */
export interface MarketStep {
  /** Log return of the market in the session. */
  readonly value: number;
  /** Variance of that return as it was known before the session. */
  readonly variance: number;
}

/**
 * The path of the market, made session by session on a stream of its own; a longer path begins with the shorter one.
 */
export class MarketFactor {
  readonly #random: RandomStream;
  readonly #process = new VarianceProcess({ deviation: 0.0115, reaction: 0.03, leverage: 0.14, memory: 0.88 });
  readonly #steps: MarketStep[] = [];

  constructor(seed: number) {
    this.#random = new RandomStream(`${seed}/market`);
  }

  /** Session `k` of the path, counted from 0. */
  at(k: number): MarketStep {
    while (this.#steps.length <= k) this.#advance();
    return this.#steps[k]!;
  }

  #advance(): void {
    const { variance } = this.#process;
    const value = Math.sqrt(variance) * this.#random.studentT(6);
    this.#process.push(value);
    this.#steps.push({ value, variance });
  }
}
