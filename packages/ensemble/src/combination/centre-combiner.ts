import type { Combination } from '../options.ts';

/** Newest sessions whose losses decide the dynamic weights. */
const skillSessions = 120;

/**
 * Sessions with outcomes before weights or shrinkage are estimated; until then members are equal and the centre is 0.
 */
const startUpSessions = 20;

/**
 * Difference in out-of-sample R2 that changes the ratio of two dynamic weights by e: daily signals have an R2 of some
 * thousandths.
 */
const skillTemperature = 0.002;

/**
 * Ridge of the meta learner. A factor whose prior deviation is 0.3 has the penalty 1 / 0.3^2 for independent rows; the
 * symbols of one day move together, so that a row of z is worth about a thirtieth of one.
 */
const penalty = 300;

/** The state of the combination, sums over the rows with an outcome. */
export interface CombinerState {
  readonly gram: Float64Array;
  readonly products: Float64Array;
  /**
   * Mean squared error of each member in each of the newest sessions, oldest first, and of the forecast 0 at the end.
   */
  readonly losses: readonly Float64Array[];
  readonly sessions: number;
}

/**
 * Combines the members' predictions of z (the next log return in units of its scale) in time order; it knows nothing
 * but outcomes that it was shown.
 *
 * - `voting`: the mean.
 * - `weighted`: weights follow the members' R2 over the newest 120 sessions, w = softmax(R2 / 0.002).
 * - `stacking`: weights >= 0 by ridge regression of z on the out-of-fold predictions so far.
 *
 * Voting and weighted are multiplied by the factor in [0, 1] that ridge regression finds for them; stacking's weights
 * hold theirs.
 */
export class CentreCombiner {
  readonly #members: number;
  readonly #gram: Float64Array;
  readonly #products: Float64Array;
  readonly #losses: Float64Array[];
  #sessions: number;
  #weights: Record<Combination, Float64Array> | undefined;

  constructor(members: number, state?: CombinerState) {
    this.#members = members;
    this.#gram = state?.gram.slice() ?? new Float64Array(members * members);
    this.#products = state?.products.slice() ?? new Float64Array(members);
    this.#losses = state?.losses.map((loss) => loss.slice()) ?? [];
    this.#sessions = state?.sessions ?? 0;
  }

  /** Factor on each member's prediction: weight times shrinkage. */
  factors(combination: Combination): Float64Array {
    this.#weights ??= this.#estimate();
    return this.#weights[combination];
  }

  /** Weights that sum to 1, for a report; equal when all factors are 0. */
  weights(combination: Combination): Float64Array {
    const factors = this.factors(combination);
    const total = factors.reduce((sum, factor) => sum + factor, 0);
    return factors.map((factor) => (total > 0 ? factor / total : 1 / this.#members));
  }

  /**
   * Takes the outcomes of one session.
   *
   * @param predictions one array a member, one value a symbol
   * @param outcome z by symbol, NaN without one
   */
  observe(predictions: readonly Float64Array[], outcome: Float64Array): void {
    const members = this.#members;
    const loss = new Float64Array(members + 1);
    let rows = 0;
    for (let s = 0; s < outcome.length; s += 1) {
      const z = outcome[s]!;
      if (Number.isNaN(z) || Number.isNaN(predictions[0]![s]!)) continue;
      rows += 1;
      loss[members]! += z * z;
      for (let i = 0; i < members; i += 1) {
        const prediction = predictions[i]![s]!;
        loss[i]! += (z - prediction) ** 2;
        this.#products[i]! += prediction * z;
        for (let j = 0; j < members; j += 1) this.#gram[i * members + j]! += prediction * predictions[j]![s]!;
      }
    }
    if (rows === 0) return;
    this.#losses.push(loss.map((sum) => sum / rows));
    if (this.#losses.length > skillSessions) this.#losses.shift();
    this.#sessions += 1;
    this.#weights = undefined;
  }

  state(): CombinerState {
    return {
      gram: this.#gram.slice(),
      products: this.#products.slice(),
      losses: this.#losses.map((loss) => loss.slice()),
      sessions: this.#sessions,
    };
  }

  #estimate(): Record<Combination, Float64Array> {
    const equal = new Float64Array(this.#members).fill(1 / this.#members);
    if (this.#sessions < startUpSessions) {
      const none = new Float64Array(this.#members);
      return { voting: none, weighted: none, stacking: none };
    }
    return {
      voting: this.#shrink(equal),
      weighted: this.#shrink(this.#skillWeights()),
      stacking: nonNegativeRidge(this.#gram, this.#products, penalty),
    };
  }

  #skillWeights(): Float64Array {
    const total = new Float64Array(this.#members + 1);
    for (const loss of this.#losses) for (let i = 0; i < total.length; i += 1) total[i]! += loss[i]!;
    const skill = total.subarray(0, this.#members).map((loss) => 1 - loss / total[this.#members]!);
    const best = Math.max(...skill);
    const raw = skill.map((value) => Math.exp((value - best) / skillTemperature));
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((value) => value / sum);
  }

  /** Weights times the factor in [0, 1] that a ridge regression of z on the weighted prediction gives. */
  #shrink(weights: Float64Array): Float64Array {
    const members = this.#members;
    let square = 0;
    let product = 0;
    for (let i = 0; i < members; i += 1) {
      product += weights[i]! * this.#products[i]!;
      for (let j = 0; j < members; j += 1) square += weights[i]! * weights[j]! * this.#gram[i * members + j]!;
    }
    const factor = Math.min(1, Math.max(0, product / (square + penalty)));
    return weights.map((weight) => weight * factor);
  }
}

/** Sweeps of coordinate descent; a handful of members converges far earlier. */
const sweeps = 500;

/**
 * Weights w >= 0 that minimise |z - Z w|^2 + penalty * |w|^2, from the sums over rows only: cyclic coordinate descent,
 * which is exact for this convex problem (Lawson & Hanson's problem with a ridge).
 *
 * @param gram Z'Z, row by row
 * @param products Z'z
 */
function nonNegativeRidge(gram: Float64Array, products: Float64Array, penalty: number): Float64Array {
  const size = products.length;
  const weights = new Float64Array(size);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let change = 0;
    for (let i = 0; i < size; i += 1) {
      let rest = products[i]!;
      for (let j = 0; j < size; j += 1) if (j !== i) rest -= gram[i * size + j]! * weights[j]!;
      const next = Math.max(0, rest / (gram[i * size + i]! + penalty));
      change = Math.max(change, Math.abs(next - weights[i]!));
      weights[i] = next;
    }
    if (change < 1e-12) break;
  }
  return weights;
}
