import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';

/**
 * Exponentially weighted mean of the known numbers so far: weight `decay^k` for the number k before the newest, divided by the sum of
 * the weights (so the first numbers are not biased towards a start value). NaN until there were `minimum`.
 */
export function exponentialMean(of: Series, decay: number, minimum = memoryOf(decay)): Series {
  const formula = `exponential mean ${decay} from ${minimum}(${of.formula})`;
  return new Series(formula, [of], (width) => new ExponentialMean(width, decay, minimum));
}

/** As {@link exponentialMean} with the customary span: decay 1 - 2 / (span + 1). */
export function spanMean(of: Series, span: number): Series {
  return exponentialMean(of, 1 - 2 / (span + 1), span);
}

/** The mean age of what a decay remembers, 1 / (1 - decay) bars: how many numbers are waited for. */
export function memoryOf(decay: number): number {
  return Math.round(1 / (1 - decay));
}

class ExponentialMean implements Operator {
  readonly #decay: number;
  readonly #minimum: number;
  readonly #taken: Int32Array;
  readonly #sum: Float64Array;
  readonly #weight: Float64Array;

  constructor(width: number, decay: number, minimum: number) {
    this.#decay = decay;
    this.#minimum = minimum;
    this.#taken = new Int32Array(width);
    this.#sum = new Float64Array(width);
    this.#weight = new Float64Array(width);
  }

  apply({ count, width, present }: Rows, [input]: readonly Float64Array[], output: Float64Array): void {
    const decay = this.#decay;
    const minimum = this.#minimum;
    for (let s = 0; s < width; s += 1) {
      let taken = this.#taken[s]!;
      let sum = this.#sum[s]!;
      let weight = this.#weight[s]!;
      for (let row = s; row < count; row += width) {
        const value = input![row]!;
        if (Number.isFinite(value)) {
          sum = decay * sum + value;
          weight = decay * weight + 1;
          taken += 1;
        }
        output[row] = present[row] === 1 && taken >= minimum ? sum / weight : NaN;
      }
      this.#taken[s] = taken;
      this.#sum[s] = sum;
      this.#weight[s] = weight;
    }
  }
}
