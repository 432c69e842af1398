import type { Importance, Model } from '@daytrade/contracts';
import { featureDefinitions } from '@daytrade/series';
import type { MlServiceDependencies } from '../dependencies.ts';
import { knownCodes, readUniverse } from '../universe.ts';
import { assertUsable } from './publish.ts';

const definitions = new Map(featureDefinitions.map((definition) => [definition.name, definition]));

/**
 * What each feature is worth to a model's forecasts after the newest bars, the largest effect on the interval's width
 * first.
 *
 * @param symbol in any spelling; its forecast is explained too, null when it has no bar at the newest session
 * @throws DayTradeError `data.no-bars`, `data.symbol-unknown`; `model.none-live` for a model of the other kind of bars
 */
export async function explainModel(
  { stores, computations }: MlServiceDependencies,
  model: Model,
  symbol: string | undefined,
): Promise<Importance> {
  const universe = await readUniverse(stores);
  assertUsable(model, universe);
  const [code] = symbol === undefined ? [] : knownCodes(universe.records, [symbol]);
  const artifact = await stores.models.artifact(model.version);
  const { features, ...report } = await computations.explain({ panel: universe.panel, artifact, symbol: code });
  return {
    version: model.version,
    synthetic: model.synthetic,
    ...report,
    features: features
      .map((feature) => {
        const { group = '', description = '' } = definitions.get(feature.name) ?? {};
        return { ...feature, group, description };
      })
      .toSorted((a, b) => b.logScale - a.logScale),
  };
}
