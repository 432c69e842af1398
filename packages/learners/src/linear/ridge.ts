import { numbersOfRows } from '../matrix.ts';
import { type TrainingData, withRows } from '../training-data.ts';
import {
  addBlockProducts,
  blockRows,
  onOwnScale,
  type StandardisedColumns,
  standardise,
} from './standardised-columns.ts';

/** Linear regression with an L2 penalty. */
interface RidgeOptions {
  /** Penalty on the squared coefficients of the standardised columns, 0 or more, as scikit-learn's `alpha`. */
  readonly l2: number;
  /** Names of the columns that may have a coefficient; the others get 0. Default all of them. */
  readonly columns?: readonly string[];
}

/**
 * A trained ridge: `intercept` + the sum of `coefficients` x values, a missing value standing for its training mean.
 */
export interface RidgeModel {
  readonly kind: 'ridge';
  readonly names: readonly string[];
  /** Mean of each column over the training rows that have a value; 0 for one that was not to be used. */
  readonly means: Float64Array;
  /** On the columns' own scale. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Ridge regression (Hoerl & Kennard 1970) in closed form on standardised columns; the intercept is not penalised.
 * Constant and all-missing columns get the coefficient 0.
 *
 * @throws RangeError when columns are linear combinations of others, to working precision, and `l2` is too small
 */
export function trainRidge(options: RidgeOptions, data: TrainingData): RidgeModel {
  const withAll = withRows(data);
  const { matrix, rows, target, offset } = withAll;
  const places = (options.columns ?? matrix.names).map((name) => matrix.names.indexOf(name));
  const columns = standardise(withAll, places);
  const residual = numbersOfRows(rows, (row) => target[row]! - (offset ? offset[row]! : 0));
  const equations = normalEquations(columns, residual);
  penalise(equations, columns, options.l2);
  const size = columns.means.length;
  const solution = solvePositiveDefinite(equations.products, equations.sums, size + 1);
  if (solution === undefined) throw new RangeError(`l2: ${options.l2} is too small for collinear columns`);
  const own = onOwnScale(solution.subarray(0, size), solution[size]!, columns);
  const { means } = columns;
  const everywhere = (values: Float64Array) => onPlaces(values, places, matrix.names.length);
  return {
    kind: 'ridge',
    names: [...matrix.names],
    means: everywhere(means),
    coefficients: everywhere(own.coefficients),
    intercept: own.intercept,
  };
}

/** The values at their places, 0 elsewhere. */
function onPlaces(values: Float64Array, places: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size);
  for (const [f, place] of places.entries()) all[place] = values[f]!;
  return all;
}

/** Both sides of the equations that least squares solves; the last row is the constant 1 of the intercept. */
interface NormalEquations {
  /** Cross products of the columns: lower half, row-major, of `columns + 1` rows. */
  readonly products: Float64Array;
  /** The sum of each column times the target. */
  readonly sums: Float64Array;
}

/**
 * Returns the equations of some columns.
 *
 * @param target one entry a training row
 */
function normalEquations(columns: StandardisedColumns, target: Float64Array): NormalEquations {
  const size = columns.means.length + 1;
  const products = new Float64Array(size * size);
  const sums = new Float64Array(size);
  const own = new Float64Array(blockRows);
  for (const block of columns.blocks()) {
    const { values, from, to } = block;
    for (let f = 0; f < size; f += 1) {
      const isConstant = f === size - 1;
      let sum = 0;
      let targetSum = sums[f]!;
      for (let i = from; i < to; i += 1) {
        const value = isConstant ? 1 : values[f * blockRows + i - from]!;
        own[i - from] = value;
        sum += value;
        targetSum += target[i]! * value;
      }
      sums[f] = targetSum;
      products[(size - 1) * size + f]! += sum;
      if (!isConstant) addBlockProducts(products, f * size, { values: own, begin: 0 }, block, f + 1);
    }
  }
  return { products, sums };
}

/**
 * Adds the penalty to the diagonal of every column but the constant; a column that is constant itself gets 1, so that
 * it is solved to 0.
 */
function penalise({ products }: NormalEquations, { scales }: StandardisedColumns, l2: number): void {
  const size = scales.length + 1;
  for (let f = 0; f < scales.length; f += 1) products[f * size + f]! += scales[f] === Infinity ? 1 : l2;
}

/**
 * Solves A x = b for a symmetric positive definite A of `size` rows (row-major, its lower half is read) by Cholesky's
 * factorisation. Undefined when A is singular to working precision.
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array, size: number) {
  const factor = factorise(a, size);
  if (factor === undefined) return undefined;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}

function factorise(a: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k += 1) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!;
      else if (sum > 1e-12 * a[i * size + i]!) factor[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}
