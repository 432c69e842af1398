/**
 * Features of a panel. Rows are (session t, symbol s) at row `t * symbolCount + s`; feature `f` of row `r` is
 * `values[f * rows + r]` (column-major: a learner bins a column at a time). NaN is "not known".
 */
export interface FeatureMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Float64Array;
}
