import type { TrainingData } from '../training-data.ts';

/** Logistic regression with an L2 penalty. */
export interface LogisticOptions {
  /** Penalty on the squared coefficients of the standardised columns, 0 or more, as 1 / `C` of scikit-learn. */
  readonly l2: number;
}

/** A trained logistic regression: the log-odds are `intercept` + the sum of `coefficients` x values. */
export interface LogisticModel {
  readonly kind: 'logistic';
  readonly names: readonly string[];
  /** Mean of each column over the training rows that have a value; it stands in for a missing value. */
  readonly means: Float64Array;
  /** On the columns' own scale. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Logistic regression by Newton's method on standardised columns; targets are 0 or 1, the intercept is not penalised.
 *
 * @throws DayTradeError `learner.input-invalid` for bad input, one class only, or classes that separate while `l2` is 0
 */
export declare function trainLogistic(options: LogisticOptions, data: TrainingData): LogisticModel;
