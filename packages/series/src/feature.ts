import type { Series } from './series.ts';

/** The subject of a feature. `cross-section` compares a symbol with the others of the panel in the same session. */
type FeatureGroup = 'price' | 'volume' | 'volatility' | 'calendar' | 'cross-section';

/** The definition of one column of a {@link FeatureMatrix}. */
export interface FeatureDefinition {
  /** Unique, snake_case; a number in it is a window in sessions, or a decay in hundredths for `ewma_…`. */
  readonly name: string;
  readonly group: FeatureGroup;
  /**
   * Bars a symbol must have had before the first bar with a value: with bars at every session, the first value is at t
   * = lookback.
   */
  readonly lookback: number;
  readonly description: string;
}

/**
 * Features of a panel. Rows are (session t, symbol s) at row `t * symbolCount + s`; feature `f` of row `r` is `values[f
 * * rows + r]` (column-major: a learner bins a column at a time). NaN is "not known".
 *
 * They are computed in 64 bits and rounded once to 32, which take half of the memory. Models are trained on it and
 * forecast from it.
 */
export interface FeatureMatrix<Values extends Float32Array | Float64Array = Float32Array> {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Values;
}

/** The target of features: 32 bits for models, 64 bits for tests of the computation. */
export type FeatureTarget = FeatureMatrix<Float32Array | Float64Array>;

/** Everything there is to say of a feature: what it is called and how it is computed. */
export interface Feature extends FeatureDefinition {
  readonly series: Series;
}

/** A function that defines features of one group. Multiplying all prices, or all volumes, changes none of them. */
export function featuresOf(group: FeatureGroup) {
  return (name: string, lookback: number, description: string, series: Series): Feature => ({
    name,
    group,
    lookback,
    description,
    series,
  });
}
