import { type RidgeModel } from './linear/ridge.ts';
import { compileLoss, type Loss } from './losses.ts';
import { checkNames, everyRow, type Matrix } from './matrix.ts';
import { type Contributions, treeContributions } from './trees/tree-contributions.ts';
import { addTreeScores, type TreeModel } from './trees/tree-model.ts';

/** Any trained model: a plain object of typed arrays, so it crosses a worker thread as it is. */
export type Model = TreeModel | RidgeModel;

interface PredictionOptions {
  /** Rows to predict, in this order. Default every row. */
  readonly rows?: Int32Array;
  /** `response`, the default, is a mean, quantile or probability; `link` is before the inverse link (log, log-odds). */
  readonly scale?: 'response' | 'link';
}

/**
 * One prediction for each row asked for.
 *
 * @throws DayTradeError `model.file-invalid` when columns differ from those in training
 */
export function predict(model: Model, matrix: Matrix, options: PredictionOptions = {}): Float64Array {
  checkNames(model.names, matrix.names);
  const rows = options.rows ?? everyRow(matrix);
  const scores = new Float64Array(rows.length);
  if (model.kind === 'trees') addTreeScores(model, matrix, rows, scores);
  else addLinearScores(model, matrix, rows, scores);
  if (options.scale === 'link') return scores;
  const loss: Loss = model.kind === 'trees' ? model.loss : { kind: 'squared' };
  return scores.map(compileLoss(loss).response);
}

/**
 * Returns the contribution of each column to the predictions of a model, on the scale of the link and without offset:
 * exact TreeSHAP for trees, exact for linear models. Base value and contributions of a row add up to its prediction.
 *
 * @throws DayTradeError `model.file-invalid` as prediction does
 */
export function modelContributions(
  model: Model,
  matrix: Matrix,
  options: { readonly rows?: Int32Array } = {},
): Contributions {
  checkNames(model.names, matrix.names);
  const rows = options.rows ?? everyRow(matrix);
  return model.kind === 'trees' ? treeContributions(model, matrix, rows) : linearContributions(model, matrix, rows);
}

/** Adds intercept and columns times coefficients to `scores`; a missing value stands for its training mean. */
function addLinearScores(model: RidgeModel, matrix: Matrix, rows: Int32Array, scores: Float64Array): void {
  for (let i = 0; i < rows.length; i += 1) scores[i]! += model.intercept;
  for (let f = 0; f < model.coefficients.length; f += 1) {
    const coefficient = model.coefficients[f]!;
    const mean = model.means[f]!;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      scores[i]! += coefficient * (Number.isNaN(value) ? mean : value);
    }
  }
}

/**
 * Exact SHAP values of a linear model with independent columns (Lundberg & Lee 2017, corollary 1): the base value is
 * the prediction at the means of the training, a column adds its coefficient times its distance from its mean, and a
 * missing one nothing. They add up to the prediction on the scale of the link.
 */
function linearContributions(model: RidgeModel, matrix: Matrix, rows: Int32Array): Contributions {
  const values = new Float64Array(matrix.names.length * rows.length);
  let baseValue = model.intercept;
  for (const [f, coefficient] of model.coefficients.entries()) {
    const mean = model.means[f]!;
    baseValue += coefficient * mean;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      values[f * rows.length + i] = Number.isNaN(value) ? 0 : coefficient * (value - mean);
    }
  }
  return { baseValue, contributions: { names: [...matrix.names], rows: rows.length, values } };
}
