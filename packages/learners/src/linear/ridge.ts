import type { TrainingData } from '../training-data.ts';

/** Linear regression with an L2 penalty. */
export interface RidgeOptions {
  /** Penalty on the squared coefficients of the standardised columns, 0 or more, as scikit-learn's `alpha`. */
  readonly l2: number;
}

/** A trained ridge: `intercept` + the sum of `coefficients` x values, a missing value standing for its training mean. */
export interface RidgeModel {
  readonly kind: 'ridge';
  readonly names: readonly string[];
  /** Mean of each column over the training rows that have a value. */
  readonly means: Float64Array;
  /** On the columns' own scale. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Ridge regression in closed form on standardised columns; the intercept is not penalised. Constant and all-missing columns get 0.
 *
 * @throws DayTradeError `learner.input-invalid` for bad input, or columns that are collinear while `l2` is 0
 */
export declare function trainRidge(options: RidgeOptions, data: TrainingData): RidgeModel;
