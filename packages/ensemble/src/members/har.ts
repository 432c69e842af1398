import { type Matrix, predict, type RidgeModel } from '@daytrade/learners';
import { fitGammaRegression } from './gamma-regression.ts';

/** Log variances of the symbol and of the market at several decays, and the newest session's own moves. */
const columns =
  /^(?:(?:ewma_variance|parkinson|rogers_satchell|market_variance)_\d+|market_range_variance|log_range|absolute_return_1)$/;

/** Penalty, in rows. */
const penalty = 100;

/**
 * Fits the yardstick of every scale: a heterogeneous autoregressive model of volatility (Corsi 2009) of all symbols
 * together, ln E(|y| / v) linear in past log variances alone.
 *
 * @param magnitude |y| / v by row of the matrix
 */
export function fitHar(matrix: Matrix, rows: Int32Array, magnitude: Float64Array): RidgeModel {
  const used = matrix.names.filter((name) => columns.test(name));
  return fitGammaRegression(matrix, rows, magnitude, penalty, used);
}

/** Factors on the EWMA scale for some rows. */
export function predictHar(model: RidgeModel, matrix: Matrix, rows: Int32Array): Float64Array {
  return predict(model, matrix, { rows }).map(Math.exp);
}
