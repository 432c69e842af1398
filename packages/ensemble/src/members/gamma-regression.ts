import {
  addBlockProducts,
  blockRows,
  type ColumnScales,
  type Matrix,
  predict,
  type RidgeModel,
  type RowBlock,
  solvePositiveDefinite,
  standardisedBlocks,
} from '@daytrade/learners';

/** Fisher scoring stops when no prediction of the log mean moves more. */
const tolerance = 1e-6;
const mostIterations = 30;

/** Standardised values that are kept between iterations at most, 24 MB. */
const mostKeptValues = 3e6;

/**
 * Gamma regression with a log link and an L2 penalty on standardised columns: ln E(target) is linear in the features
 * (McCullagh & Nelder 1989, chapter 8). With log variances as features this is the heterogeneous autoregressive model
 * of volatility (Corsi 2009), fitted to absolute returns. Under the log link every row has the same Fisher information,
 * so one Gram matrix serves all iterations.
 *
 * @param target positive or 0, by row of the matrix
 * @param l2 penalty, in rows of standardised columns
 * @param used names of the columns that may have a coefficient; the others get 0. Default all of them
 * @returns a linear model of ln E(target); a missing value stands for its training mean
 */
export function fitGammaRegression(
  matrix: Matrix,
  rows: Int32Array,
  target: Float64Array,
  l2: number,
  used: readonly string[] = matrix.names,
): RidgeModel {
  const places = [...matrix.names.keys()].filter((place) => used.includes(matrix.names[place]!));
  const columns = places.length;
  const scales = columnScales(matrix, rows, places);
  const blocks = blocksOf(matrix, rows, scales, places);
  const gram = gramMatrix(blocks(), columns);
  for (let f = 0; f < columns; f += 1) gram[f * columns + f]! += l2;
  const response = new GammaResponse(target, rows, columns);
  let intercept = response.constant;
  let weights = new Float64Array(columns);
  let change = response.predict(blocks(), weights, intercept);
  for (let iteration = 0; iteration < mostIterations && !(change < tolerance); iteration += 1) {
    intercept = response.mean;
    // The penalty keeps the matrix positive definite.
    weights = solvePositiveDefinite(gram, response.products, columns)!;
    change = response.predict(blocks(), weights, intercept);
  }
  const means = new Float64Array(matrix.names.length);
  const coefficients = new Float64Array(matrix.names.length);
  for (const [f, place] of places.entries()) {
    means[place] = scales.means[f]!;
    coefficients[place] = weights[f]! / scales.scales[f]!;
    intercept -= coefficients[place]! * means[place]!;
  }
  return { kind: 'ridge', names: matrix.names, means, coefficients, intercept };
}

/** Returns the standardised columns for an iteration: kept where that takes little memory, else made again. */
function blocksOf(
  matrix: Matrix,
  rows: Int32Array,
  scales: ColumnScales,
  places: readonly number[],
): () => Iterable<RowBlock> {
  const blocks = () => standardisedBlocks(matrix, rows, scales, places);
  if (rows.length * places.length > mostKeptValues) return blocks;
  const kept = Array.from(blocks(), (block) => ({ ...block, values: block.values.slice() }));
  return () => kept;
}

/** Means and deviations of the values that are known. */
function columnScales(matrix: Matrix, rows: Int32Array, places: readonly number[]): ColumnScales {
  const means = new Float64Array(places.length);
  const scales = new Float64Array(places.length);
  const column = new Float64Array(rows.length);
  for (const [f, place] of places.entries()) {
    for (let i = 0; i < rows.length; i += 1) column[i] = matrix.values[place * matrix.rows + rows[i]!]!;
    const { mean, deviation } = moments(column);
    means[f] = mean;
    // Infinity makes a column 0 that is constant or always missing.
    scales[f] = deviation > 1e-12 * Math.abs(mean) ? deviation : Infinity;
  }
  return { means, scales };
}

function moments(column: Float64Array): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
  }
  if (count === 0) return { mean: 0, deviation: 0 };
  let squares = 0;
  for (const value of column) if (!Number.isNaN(value)) squares += (value - sum / count) ** 2;
  return { mean: sum / count, deviation: Math.sqrt(squares / count) };
}

/** Products of all pairs of columns, lower half. Each column sums to 0, so the intercept is independent of them. */
function gramMatrix(blocks: Iterable<RowBlock>, columns: number): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (const block of blocks) {
    for (let i = 0; i < columns; i += 1) {
      addBlockProducts(gram, i * columns, { values: block.values, begin: i * blockRows }, block, i + 1);
    }
  }
  return gram;
}

/**
 * The regression of Fisher scoring: the linear prediction of ln E(target) of each row, and the working response,
 * `prediction + target / exp(prediction) - 1`.
 */
class GammaResponse {
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

/** Log variances of the symbol and of the market at several decays, and the newest session's own moves. */
const columns =
  /^(?:(?:ewma_variance|parkinson|rogers_satchell|market_variance)_\d+|market_range_variance|log_range|absolute_return_1)$/;

/** Penalty, in rows. */
const penalty = 100;

/**
 * Fits the yardstick of every scale: a heterogeneous autoregressive model of volatility (Corsi 2009) of all symbols
 * together, ln E(|y| / v) linear in past log variances alone.
 *
 * @param magnitude |y| / v by row of the matrix
 */
export function fitHar(matrix: Matrix, rows: Int32Array, magnitude: Float64Array): RidgeModel {
  const used = matrix.names.filter((name) => columns.test(name));
  return fitGammaRegression(matrix, rows, magnitude, penalty, used);
}

/** Factors on the EWMA scale for some rows. */
export function predictHar(model: RidgeModel, matrix: Matrix, rows: Int32Array): Float64Array {
  return predict(model, matrix, { rows }).map(Math.exp);
}
