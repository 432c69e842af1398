import { blockRows, type RowBlock } from '@daytrade/learners';

/**
 * The regression of Fisher scoring: the linear prediction of ln E(target) of each row, and the working response,
 * `prediction + target / exp(prediction) - 1`.
 */
export class GammaResponse {
  /** ln of the mean target: the prediction without columns. */
  readonly constant: number;
  /** Sum of each column times the working response. */
  readonly products: Float64Array;
  readonly #target: Float64Array;
  readonly #prediction: Float64Array;
  /** Sums over the rows of a block. */
  readonly #working = new Float64Array(blockRows);
  #sum = 0;

  /** @param target by row of the matrix, of which only the named rows count */
  constructor(target: Float64Array, rows: Int32Array, columns: number) {
    this.#target = new Float64Array(rows.length);
    let sum = 0;
    for (let i = 0; i < rows.length; i += 1) {
      this.#target[i] = target[rows[i]!]!;
      sum += this.#target[i]!;
    }
    this.constant = Math.log(sum / rows.length);
    this.products = new Float64Array(columns);
    this.#prediction = new Float64Array(rows.length).fill(NaN);
  }

  /** Mean working response. */
  get mean(): number {
    return this.#sum / this.#target.length;
  }

  /** Predicts every row; gives by how much a prediction changed at most, NaN the first time. */
  predict(blocks: Iterable<RowBlock>, weights: Float64Array, intercept: number): number {
    let change = 0;
    this.#sum = 0;
    this.products.fill(0);
    for (const block of blocks) {
      change = Math.max(change, this.#predictBlock(block, weights, intercept));
      this.#addProducts(block);
    }
    return change;
  }

  #predictBlock({ values, from, to }: RowBlock, weights: Float64Array, intercept: number): number {
    const working = this.#working;
    const size = to - from;
    // The prediction first, in the place of the response that is made of it.
    working.fill(intercept);
    let f = 0;
    // Four columns at a time are a quarter of the reads and writes, and add up in the same order.
    for (; f + 3 < weights.length; f += 4) {
      const [a, b, c, d] = [f * blockRows, (f + 1) * blockRows, (f + 2) * blockRows, (f + 3) * blockRows];
      const [weightA, weightB, weightC, weightD] = [weights[f]!, weights[f + 1]!, weights[f + 2]!, weights[f + 3]!];
      for (let i = 0; i < size; i += 1) {
        working[i] =
          working[i]! +
          weightA * values[a + i]! +
          weightB * values[b + i]! +
          weightC * values[c + i]! +
          weightD * values[d + i]!;
      }
    }
    for (; f < weights.length; f += 1) {
      const [weight, a] = [weights[f]!, f * blockRows];
      for (let i = 0; i < size; i += 1) working[i]! += weight * values[a + i]!;
    }
    let change = 0;
    for (let i = 0; i < size; i += 1) {
      const prediction = working[i]!;
      change = Math.max(change, Math.abs(prediction - this.#prediction[from + i]!));
      this.#prediction[from + i] = prediction;
      working[i] = prediction + this.#target[from + i]! / Math.exp(prediction) - 1;
      this.#sum += working[i]!;
    }
    return change;
  }

  #addProducts({ values, from, to }: RowBlock): void {
    const size = to - from;
    const [products, working] = [this.products, this.#working];
    let f = 0;
    // The sums of four columns do not wait for each other.
    for (; f + 3 < products.length; f += 4) {
      const [a, b, c, d] = [f * blockRows, (f + 1) * blockRows, (f + 2) * blockRows, (f + 3) * blockRows];
      let [sumA, sumB, sumC, sumD] = [products[f]!, products[f + 1]!, products[f + 2]!, products[f + 3]!];
      for (let i = 0; i < size; i += 1) {
        const value = working[i]!;
        sumA += value * values[a + i]!;
        sumB += value * values[b + i]!;
        sumC += value * values[c + i]!;
        sumD += value * values[d + i]!;
      }
      products[f] = sumA;
      products[f + 1] = sumB;
      products[f + 2] = sumC;
      products[f + 3] = sumD;
    }
    for (; f < products.length; f += 1) {
      const a = f * blockRows;
      let sum = products[f]!;
      for (let i = 0; i < size; i += 1) sum += working[i]! * values[a + i]!;
      products[f] = sum;
    }
  }
}
