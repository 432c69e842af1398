import { RandomStream } from './random-stream.ts';
import type { SessionSlots } from './session-slots.ts';
import { VarianceProcess } from './variance-process.ts';

/** One session of the factor that moves all symbols. */
export interface MarketStep {
  /** Variance of the session's return as it was known before the session. */
  readonly variance: number;
  /** Variance that the session had: by it tails are fat. */
  readonly drawnVariance: number;
  /** Log return before each bar of the session. */
  readonly before: Float64Array;
  /** Log return within each bar. */
  readonly within: Float64Array;
}

/** Degrees of freedom of the session's return. */
const freedom = 6;

/**
 * The path of the market, made bar by bar on a stream of its own; a longer path begins with the shorter one.
 *
 * A session's variance is drawn before its first bar, then its bars are independent and normal: the return of the
 * session has Student's t distribution, and no bar says which way the next ones go.
 */
export class MarketFactor {
  readonly #random: RandomStream;
  readonly #slotsOf: (session: number) => SessionSlots;
  readonly #process = new VarianceProcess({ deviation: 0.0115, reaction: 0.03, leverage: 0.14, memory: 0.88 });
  readonly #steps: MarketStep[] = [];

  /** @param slotsOf bars of a session, counted from 0 */
  constructor(seed: number, slotsOf: (session: number) => SessionSlots) {
    this.#random = new RandomStream(`${seed}/market`);
    this.#slotsOf = slotsOf;
  }

  /** Session `k` of the path, counted from 0. */
  at(k: number): MarketStep {
    while (this.#steps.length <= k) this.#advance();
    return this.#steps[k]!;
  }

  #advance(): void {
    const { variance } = this.#process;
    const random = this.#random;
    const drawnVariance = variance * random.studentVariance(freedom);
    const { varianceBefore, varianceWithin } = this.#slotsOf(this.#steps.length);
    const move = (share: number) => (share === 0 ? 0 : Math.sqrt(share * drawnVariance) * random.normal());
    const before = varianceBefore.map(move);
    const within = varianceWithin.map(move);
    this.#process.push(sum(before) + sum(within));
    this.#steps.push({ variance, drawnVariance, before, within });
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
