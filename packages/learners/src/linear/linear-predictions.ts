import { checkMatrix, checkNames, checkNotInfinite, type Matrix, type Numbers, resolveRows } from '../matrix.ts';
import type { TreeContributions } from '../trees/tree-contributions.ts';
import type { RidgeModel } from './ridge.ts';

/** Adds intercept and columns times coefficients to `scores`; a missing value stands for its training mean. */
export function addLinearScores(model: RidgeModel, matrix: Matrix, rows: Int32Array, scores: Float64Array): void {
  for (let i = 0; i < rows.length; i += 1) scores[i]! += model.intercept;
  for (let f = 0; f < model.coefficients.length; f += 1) {
    const coefficient = model.coefficients[f]!;
    const mean = model.means[f]!;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      checkNotInfinite(value, matrix, f, rows[i]!);
      scores[i]! += coefficient * (Number.isNaN(value) ? mean : value);
    }
  }
}

/** The same for one row, its values in the order of the model's names. */
export function linearScoreOfRow(model: RidgeModel, values: Numbers): number {
  let score = model.intercept;
  for (let f = 0; f < values.length; f += 1) {
    const value = values[f]!;
    score += model.coefficients[f]! * (Number.isNaN(value) ? model.means[f]! : value);
  }
  return score;
}

/**
 * Exact SHAP values of a linear model with independent columns (Lundberg & Lee 2017, corollary 1): the base value is
 * the prediction at the means of the training, a column adds its coefficient times its distance from its mean, and a
 * missing one nothing. They add up to the prediction on the scale of the link.
 *
 * @throws DayTradeError `learner.input-invalid` when columns differ from those in training or a value is infinite
 */
export function linearContributions(
  model: RidgeModel,
  matrix: Matrix,
  options: { readonly rows?: Int32Array } = {},
): TreeContributions {
  checkMatrix(matrix);
  checkNames(model.names, matrix.names);
  const rows = resolveRows(matrix, options.rows);
  const values = new Float64Array(matrix.names.length * rows.length);
  let baseValue = model.intercept;
  for (const [f, coefficient] of model.coefficients.entries()) {
    const mean = model.means[f]!;
    baseValue += coefficient * mean;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      checkNotInfinite(value, matrix, f, rows[i]!);
      values[f * rows.length + i] = Number.isNaN(value) ? 0 : coefficient * (value - mean);
    }
  }
  return { baseValue, contributions: { names: [...matrix.names], rows: rows.length, values } };
}
