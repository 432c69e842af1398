import type { FeatureDefinition, FeatureGroup } from './feature-definition.ts';
import type { Series } from './series.ts';

/** Everything there is to say of a feature: what it is called and how it is computed. */
export interface Feature extends FeatureDefinition {
  readonly series: Series;
}

/** A function that defines scale-free features of one group. */
export function featuresOf(group: FeatureGroup) {
  return (name: string, lookback: number, description: string, series: Series): Feature => ({
    name,
    group,
    lookback,
    scaleFree: true,
    description,
    series,
  });
}
