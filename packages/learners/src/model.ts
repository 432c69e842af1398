import type { LogisticModel } from './linear/logistic.ts';
import type { RidgeModel } from './linear/ridge.ts';
import type { Matrix } from './matrix.ts';
import type { TreeModel } from './trees/tree-model.ts';

/** Any trained model: a plain object of typed arrays, so it crosses a worker thread as it is. */
export type Model = TreeModel | RidgeModel | LogisticModel;

/** What a prediction is made for. */
export interface PredictionOptions {
  /** Rows to predict, in this order. Default every row. */
  readonly rows?: Int32Array;
  /** Offset of each row of the matrix, as in training, on the scale of the link. Default 0. */
  readonly offset?: Float64Array;
  /** `response` (default) is a mean, quantile or probability; `link` is before the inverse link (log for gamma, log-odds). */
  readonly scale?: 'response' | 'link';
}

/**
 * One prediction for each row asked for.
 *
 * @throws DayTradeError `learner.input-invalid` when columns differ from those in training or a value is infinite
 */
export declare function predict(model: Model, matrix: Matrix, options?: PredictionOptions): Float64Array;

/** The prediction of one row, its values in the order of `model.names`, NaN for missing. */
export declare function predictRow(model: Model, values: Float64Array, scale?: 'response' | 'link'): number;
