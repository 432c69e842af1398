import { checkNotNegative, inputInvalid } from '../input-invalid.ts';
import { numbersOfRows } from '../numbers-of-rows.ts';
import { checkTrainingData, type TrainingData } from '../training-data.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { normalEquations, penalise } from './normal-equations.ts';
import { onOwnScale, standardise } from './standardised-columns.ts';

/** Linear regression with an L2 penalty. */
export interface RidgeOptions {
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
 * Constant and all-missing columns get the coefficient 0. Validation rows are not used.
 *
 * @throws DayTradeError `learner.input-invalid` for bad input, a column that is not there, or columns that are
 *   collinear while `l2` is 0
 */
export function trainRidge(options: RidgeOptions, data: TrainingData): RidgeModel {
  checkNotNegative('l2', options.l2);
  const checked = checkTrainingData(data);
  const { matrix, rows, target, weights, offset } = checked;
  const places = placesOf(options.columns ?? matrix.names, matrix.names);
  const columns = standardise(checked, places);
  const rowWeights = numbersOfRows(rows, (row) => (weights ? weights[row]! : 1));
  const weightedTarget = rowWeights.map((weight, i) => weight * (target[rows[i]!]! - (offset ? offset[rows[i]!]! : 0)));
  const equations = normalEquations(columns, rowWeights, weightedTarget);
  penalise(equations, columns, options.l2);
  const size = columns.means.length;
  const solution = solvePositiveDefinite(equations.products, equations.sums, size + 1);
  if (solution === undefined) {
    throw inputInvalid('l2', options.l2, 'more than 0, because columns are linear combinations of others');
  }
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

function placesOf(columns: readonly string[], names: readonly string[]): readonly number[] {
  return columns.map((name, i) => {
    const place = names.indexOf(name);
    if (place === -1) throw inputInvalid(`columns[${i}]`, name, 'the name of a column of the matrix');
    return place;
  });
}

/** The values at their places, 0 elsewhere. */
function onPlaces(values: Float64Array, places: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size);
  for (const [f, place] of places.entries()) all[place] = values[f]!;
  return all;
}
