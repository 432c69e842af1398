import { calendarFeatures } from './calendar.ts';
import type { Feature, FeatureDefinition } from './feature.ts';
import { crossSectionFeatures, marketFeatures, rankFeatures } from './features/cross-section.ts';
import { priceFeatures } from './features/price.ts';
import { volatilityFeatures } from './features/volatility.ts';
import { volumeFeatures } from './features/volume.ts';
import type { Series } from './series.ts';

/** All features in the order of the matrix's columns. */
export const features: readonly Feature[] = [
  ...priceFeatures,
  ...volumeFeatures,
  ...volatilityFeatures,
  ...calendarFeatures,
  ...crossSectionFeatures,
];

/** The columns of a feature matrix, in order. */
export const featureDefinitions: readonly FeatureDefinition[] = features.map(
  ({ name, group, lookback, description }) => ({ name, group, lookback, description }),
);

/** Names of the columns, in order. */
export const featureNames: readonly string[] = features.map(({ name }) => name);

/** Those that are a symbol's place among the others of the session. */
export const rankNames: readonly string[] = rankFeatures.map(({ name }) => name);

/** Those that all symbols of a session share: what its market did, and what the calendar says. */
export const sessionWideNames: readonly string[] = [...calendarFeatures, ...marketFeatures].map(({ name }) => name);

const seriesByName = new Map(features.map(({ name, series }) => [name, series]));

/** The formula of a feature as text; it changes with the values. Undefined for a name that no feature has. */
export function featureFormula(name: string): string | undefined {
  return seriesByName.get(name)?.formula;
}

/**
 * Returns the series of the features of these names.
 *
 * @throws TypeError for a name that no feature has
 */
export function featureSeries(names: readonly string[]): readonly Series[] {
  return names.map((name) => {
    const series = seriesByName.get(name);
    if (series === undefined) throw new TypeError(`there is no feature "${name}"`);
    return series;
  });
}
