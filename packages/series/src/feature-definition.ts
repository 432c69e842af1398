/** What a feature is about. `cross-section` compares a symbol with the others of the panel in the same session. */
export type FeatureGroup = 'price' | 'volume' | 'volatility' | 'calendar' | 'cross-section';

/** What one column of a {@link FeatureMatrix} holds. */
export interface FeatureDefinition {
  /** Unique, snake_case; a number in it is a window in sessions, or a decay in hundredths for `ewma_…`. */
  readonly name: string;
  readonly group: FeatureGroup;
  /**
   * Bars a symbol must have had before the first bar with a value: with bars at every session, the first value is at t
   * = lookback.
   */
  readonly lookback: number;
  /** True when multiplying all prices, or all volumes, by a constant changes nothing. */
  readonly scaleFree: boolean;
  readonly description: string;
}
