import type { Matrix, RidgeModel } from '@daytrade/learners';
import { solvePositiveDefinite } from './positive-definite.ts';

/** Fisher scoring stops when no prediction of the log mean moves more. */
const tolerance = 1e-6;
const mostIterations = 30;

/** Rows of a block of the Gram matrix: its columns stay in the cache. */
const blockRows = 256;

/**
 * Gamma regression with a log link and an L2 penalty on standardised columns: ln E(target) is linear in the features
 * (McCullagh & Nelder 1989, chapter 8). With log variances as features this is the heterogeneous autoregressive model
 * of volatility (Corsi 2009), fitted to absolute returns. Under the log link every row has the same Fisher information,
 * so one Gram matrix serves all iterations.
 *
 * @param target positive or 0, by row of the matrix
 * @param l2 penalty, in rows of standardised columns
 * @returns a linear model of ln E(target); a missing value stands for its training mean
 */
export function fitGammaRegression(matrix: Matrix, rows: Int32Array, target: Float64Array, l2: number): RidgeModel {
  const { columns, means, deviations } = standardise(matrix, rows);
  const gram = gramMatrix(columns, rows.length);
  for (let f = 0; f < columns.length; f += 1) gram[f * columns.length + f]! += l2;
  const observed = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) observed[i] = target[rows[i]!]!;
  let intercept = Math.log(mean(observed));
  let weights: Float64Array = new Float64Array(columns.length);
  let link: Float64Array = new Float64Array(rows.length).fill(intercept);
  for (let iteration = 0; iteration < mostIterations; iteration += 1) {
    const working = link.map((value, i) => value + observed[i]! / Math.exp(value) - 1);
    intercept = mean(working);
    weights = solvePositiveDefinite(
      gram,
      columns.map((column) => dot(column, working)),
    );
    const next = linearPrediction(columns, weights, intercept, rows.length);
    const change = largestChange(link, next);
    link = next;
    if (change < tolerance) break;
  }
  const coefficients = weights.map((weight, f) => weight / deviations[f]!);
  for (let f = 0; f < coefficients.length; f += 1) intercept -= coefficients[f]! * means[f]!;
  return { kind: 'ridge', names: matrix.names, means, coefficients, intercept };
}

interface StandardisedColumns {
  /** Mean 0 and deviation 1 over the rows that have a value; 0 where it is missing. */
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  /** Infinity for a column that is constant or always missing. */
  readonly deviations: Float64Array;
}

function standardise(matrix: Matrix, rows: Int32Array): StandardisedColumns {
  const means = new Float64Array(matrix.names.length);
  const deviations = new Float64Array(matrix.names.length);
  const columns = matrix.names.map((_, f) => {
    const column = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) column[i] = matrix.values[f * matrix.rows + rows[i]!]!;
    const { mean: columnMean, deviation } = moments(column);
    const divisor = deviation > 1e-12 * Math.abs(columnMean) ? deviation : Infinity;
    for (let i = 0; i < column.length; i += 1) {
      column[i] = Number.isNaN(column[i]!) ? 0 : (column[i]! - columnMean) / divisor;
    }
    means[f] = columnMean;
    deviations[f] = divisor;
    return column;
  });
  return { columns, means, deviations };
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

/** Products of all pairs of columns. Each column sums to 0, so the intercept is independent of them. */
function gramMatrix(columns: readonly Float64Array[], rows: number): Float64Array {
  const size = columns.length;
  const gram = new Float64Array(size * size);
  for (let from = 0; from < rows; from += blockRows) {
    const to = Math.min(rows, from + blockRows);
    for (let i = 0; i < size; i += 1) addProducts(gram, columns, i, from, to);
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j < i; j += 1) gram[j * size + i] = gram[i * size + j]!;
  return gram;
}

/**
 * Adds column i's products with columns 0 to i over some rows, four columns at a time: the processor adds them up side
 * by side.
 */
function addProducts(gram: Float64Array, columns: readonly Float64Array[], i: number, from: number, to: number): void {
  const size = columns.length;
  const column = columns[i]!;
  let j = 0;
  for (; j + 3 <= i; j += 4) {
    const [a, b, c, d] = [columns[j]!, columns[j + 1]!, columns[j + 2]!, columns[j + 3]!];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let row = from; row < to; row += 1) {
      const value = column[row]!;
      sumA += value * a[row]!;
      sumB += value * b[row]!;
      sumC += value * c[row]!;
      sumD += value * d[row]!;
    }
    gram[i * size + j]! += sumA;
    gram[i * size + j + 1]! += sumB;
    gram[i * size + j + 2]! += sumC;
    gram[i * size + j + 3]! += sumD;
  }
  for (; j <= i; j += 1) gram[i * size + j]! += dotBetween(column, columns[j]!, from, to);
}

function linearPrediction(
  columns: readonly Float64Array[],
  weights: Float64Array,
  intercept: number,
  rows: number,
): Float64Array {
  const prediction = new Float64Array(rows).fill(intercept);
  for (const [f, column] of columns.entries()) {
    const weight = weights[f]!;
    for (let i = 0; i < rows; i += 1) prediction[i]! += weight * column[i]!;
  }
  return prediction;
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < before.length; i += 1) largest = Math.max(largest, Math.abs(after[i]! - before[i]!));
  return largest;
}

function dot(first: Float64Array, second: Float64Array): number {
  return dotBetween(first, second, 0, first.length);
}

function dotBetween(first: Float64Array, second: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += first[i]! * second[i]!;
  return sum;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
