import { type Matrix, type Model, modelContributions } from '@daytrade/learners';
import type { EnsembleModels } from '../members/ensemble-models.ts';

/** A value of each explained symbol as a sum: `base[i] + sum over f of contributions[f * symbols + i]`. */
export interface Explained {
  readonly base: Float64Array;
  /** Feature by feature. */
  readonly contributions: Float64Array;
}

/** What the features did to the forecasts of one session. */
export interface Explanation {
  readonly names: readonly string[];
  /** Places of the explained symbols in the session: those with a forecast. */
  readonly rows: Int32Array;
  /** Of the centre, log return. */
  readonly centre: Explained;
  /** Of the logarithm of the scale's factor on the EWMA scale, before its bounds. */
  readonly logScale: Explained;
}

/**
 * Splits up the forecasts of one session: exact SHAP values of every model (see `modelContributions`), of the members
 * times their factor in the combination and the EWMA scale. No approximation, so base and contributions add up to what
 * is published.
 *
 * @param factors factor of each member in the published combination
 * @param ewma EWMA scale by symbol
 */
export function explainSession(
  models: EnsembleModels,
  matrix: Matrix,
  rows: Int32Array,
  factors: Float64Array,
  ewma: Float64Array,
): Explanation {
  const scales = Float64Array.from(rows, (row) => ewma[row]!);
  const centre = emptyExplained(matrix, rows);
  for (const [member, model] of models.members.entries()) {
    addModel(
      centre,
      model,
      matrix,
      rows,
      scales.map((scale) => scale * factors[member]!),
    );
  }
  const one = scales.map(() => 1);
  const logScale = emptyExplained(matrix, rows);
  addModel(logScale, models.scale.regression, matrix, rows, one);
  addModel(logScale, models.scale.trees, matrix, rows, one);
  return { names: matrix.names, rows, centre, logScale };
}

function emptyExplained(matrix: Matrix, rows: Int32Array): Explained {
  return { base: new Float64Array(rows.length), contributions: new Float64Array(matrix.names.length * rows.length) };
}

/** Adds a model's contributions, times a factor of each row. */
function addModel(explained: Explained, model: Model, matrix: Matrix, rows: Int32Array, factors: Float64Array): void {
  const { baseValue, contributions } = modelContributions(model, matrix, { rows });
  for (const [i, factor] of factors.entries()) {
    explained.base[i]! += factor * baseValue;
    for (let place = i; place < contributions.values.length; place += rows.length) {
      explained.contributions[place]! += factor * contributions.values[place]!;
    }
  }
}
