import { checkNotInfinite, type Matrix, type Numbers } from '../matrix.ts';
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
