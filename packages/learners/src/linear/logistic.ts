import { checkNotNegative, inputInvalid } from '../input-invalid.ts';
import { checkClasses, checkTrainingData, type TrainingData } from '../training-data.ts';
import { PenalisedLogLoss } from './penalised-log-loss.ts';
import { onOwnScale, standardise } from './standardised-columns.ts';

/** Logistic regression with an L2 penalty. */
export interface LogisticOptions {
  /** Penalty on half the squared coefficients of the standardised columns, 0 or more, as 1 / `C` of scikit-learn. */
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

/** Newton's method takes about ten steps where there is a minimum. */
const mostIterations = 100;

/**
 * Logistic regression by Newton's method on standardised columns; targets are 0 or 1, the intercept is not penalised. Constant and
 * all-missing columns get the coefficient 0. Validation rows are not used.
 *
 * @throws DayTradeError `learner.input-invalid` for bad input, one class only, or classes that separate (or columns that are
 * collinear) while `l2` is 0
 */
export function trainLogistic(options: LogisticOptions, data: TrainingData): LogisticModel {
  checkNotNegative('l2', options.l2);
  const checked = checkTrainingData(data);
  checkClasses(checked);
  const columns = standardise(checked);
  const solution = new PenalisedLogLoss(checked, columns, options.l2).minimise(mostIterations);
  if (solution === undefined) {
    throw inputInvalid(
      'l2',
      options.l2,
      'a larger penalty, because classes separate or columns are combinations of others',
    );
  }
  const size = columns.means.length;
  const own = onOwnScale(solution.subarray(0, size), solution[size]!, columns);
  return { kind: 'logistic', names: [...checked.matrix.names], means: columns.means, ...own };
}
