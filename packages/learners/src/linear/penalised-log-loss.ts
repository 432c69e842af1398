import type { CheckedData } from '../training-data.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { columnSums, crossProducts, penalise } from './normal-equations.ts';
import type { StandardisedColumns } from './standardised-columns.ts';

/** A step shorter than this share of the coefficients is the last one: the next would be about its square. */
const tolerance = 1e-9;

/** Log loss plus half the squared coefficients times `l2`, as a function of the standardised coefficients and the intercept (last). */
export class PenalisedLogLoss {
  readonly #columns: StandardisedColumns;
  readonly #l2: number;
  readonly #weights: Float64Array;
  readonly #target: Float64Array;
  readonly #offset: Float64Array;

  constructor({ rows, target, weights, offset }: CheckedData, columns: StandardisedColumns, l2: number) {
    this.#columns = columns;
    this.#l2 = l2;
    this.#weights = Float64Array.from(rows, (row) => (weights ? weights[row]! : 1));
    this.#target = Float64Array.from(rows, (row) => target[row]!);
    this.#offset = Float64Array.from(rows, (row) => (offset ? offset[row]! : 0));
  }

  /**
   * The minimum, by Newton's method from 0 with a step halved until it lowers the loss. Undefined when there is none to be found in
   * `iterations` steps.
   */
  minimise(iterations: number): Float64Array | undefined {
    let beta = new Float64Array(this.#columns.means.length + 1);
    for (let iteration = 0; iteration < iterations; iteration += 1) {
      const step = this.#newtonStep(beta);
      if (step === undefined) return undefined;
      const length = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const size = beta.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      if (length <= tolerance * size) return plus(beta, step, 1);
      beta = this.#walk(beta, step);
    }
    return undefined;
  }

  #walk(beta: Float64Array<ArrayBuffer>, step: Float64Array): Float64Array<ArrayBuffer> {
    const before = this.#value(beta);
    let share = 1;
    while (share > 1e-6 && !(this.#value(plus(beta, step, share)) <= before)) share /= 2;
    return plus(beta, step, share);
  }

  #newtonStep(beta: Float64Array): Float64Array | undefined {
    const odds = this.#logOdds(beta);
    const residuals = new Float64Array(odds.length);
    const curvatures = new Float64Array(odds.length);
    for (let i = 0; i < odds.length; i += 1) {
      const probability = 1 / (1 + Math.exp(-odds[i]!));
      residuals[i] = this.#weights[i]! * (this.#target[i]! - probability);
      curvatures[i] = this.#weights[i]! * probability * (1 - probability);
    }
    const downhill = columnSums(this.#columns, residuals);
    for (let f = 0; f < beta.length - 1; f += 1) downhill[f]! -= this.#l2 * beta[f]!;
    const products = crossProducts(this.#columns, curvatures);
    penalise(products, this.#columns, this.#l2);
    return solvePositiveDefinite(products, downhill, beta.length);
  }

  #value(beta: Float64Array): number {
    const odds = this.#logOdds(beta);
    let value = 0;
    for (let f = 0; f < beta.length - 1; f += 1) value += 0.5 * this.#l2 * beta[f]! ** 2;
    for (let i = 0; i < odds.length; i += 1) {
      const score = odds[i]!;
      const loss = Math.max(score, 0) - this.#target[i]! * score + Math.log1p(Math.exp(-Math.abs(score)));
      value += this.#weights[i]! * loss;
    }
    return value;
  }

  #logOdds(beta: Float64Array): Float64Array {
    const { values, rows } = this.#columns;
    const odds = this.#offset.map((offset) => offset + beta[beta.length - 1]!);
    for (let f = 0; f < beta.length - 1; f += 1) {
      const coefficient = beta[f]!;
      for (let i = 0; i < rows; i += 1) odds[i]! += coefficient * values[f * rows + i]!;
    }
    return odds;
  }
}

function plus(beta: Float64Array, step: Float64Array, share: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(beta, (value, f) => value + share * step[f]!);
}
