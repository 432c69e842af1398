/**
 * Features of a panel. Rows are (session t, symbol s) at row `t * symbolCount + s`; feature `f` of row `r` is
 * `values[f * rows + r]` (column-major: a learner bins a column at a time). NaN is "not known".
 *
 * They are computed in 64 bits and rounded once to 32, which take half of the memory. Models are trained on these and
 * asked with these: whoever makes a forecast reads them from such a matrix.
 */
export interface FeatureMatrix<Values extends Float32Array | Float64Array = Float32Array> {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Values;
}

/** Where features are written: into a matrix of 64 bits as they were computed, for whoever looks at the computation. */
export type FeatureTarget = FeatureMatrix<Float32Array | Float64Array>;
