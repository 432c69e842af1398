import type { FeatureDefinition } from './feature-definition.ts';
import type { FeatureSource } from './feature-source.ts';
import { calendarFeatures } from './features/calendar.ts';
import { crossSectionFeatures } from './features/cross-section.ts';
import { priceFeatures } from './features/price.ts';
import { volatilityFeatures } from './features/volatility.ts';
import { volumeFeatures } from './features/volume.ts';

/** All features in the order of the matrix's columns. A rank stands after the feature it ranks. */
export const featureSources: readonly FeatureSource[] = [
  ...priceFeatures,
  ...volumeFeatures,
  ...volatilityFeatures,
  ...calendarFeatures,
  ...crossSectionFeatures,
];

/** What each column of a feature matrix holds, in order. */
export const featureDefinitions: readonly FeatureDefinition[] = featureSources.map(
  ({ name, group, lookback, scaleFree, description }) => ({ name, group, lookback, scaleFree, description }),
);

/** Names of the columns, in order. */
export const featureNames: readonly string[] = featureSources.map((source) => source.name);
