import { routes } from '@daytrade/contracts';
import { addRoute, type Service } from '@daytrade/service';
import type { PublishedPrediction } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { announcementsOf } from '../predictions/announcements.ts';
import { historyWithinDay, predictionHistory } from '../predictions/history.ts';
import { predictionList } from '../predictions/prediction-list.ts';
import type { Publisher } from '../predictions/publisher.ts';
import { skilledModels } from '../predictions/shown-direction.ts';
import { activeSymbols, knownCodes } from '../universe.ts';

/** Publish, read the newest, read the past with what happened. */
export function addPredictionRoutes(
  service: Service,
  { stores, clock }: MlServiceDependencies,
  publish: Publisher,
): void {
  addRoute(service, routes.publishPredictions, async (request) => {
    const { predictions, asked, leftOut } = await publish(request.body.symbols, request.body.publish);
    return { ...predictionList(predictions, asked, clock.now(), await knownOf(stores, predictions)), leftOut };
  });

  addRoute(service, routes.latestPredictions, async () => {
    const { records, synthetic } = await activeSymbols(stores);
    const latest = await stores.predictions.latest(synthetic);
    return predictionList(latest, records, clock.now(), await knownOf(stores, latest));
  });

  addRoute(service, routes.predictionHistory, async (request) => {
    const records = await stores.symbols.list();
    const [code] = knownCodes(records, [request.params.symbol]);
    const { symbol, name, priceBasis, synthetic } = records.find((candidate) => candidate.symbol === code)!;
    const { limit, horizons } = request.query;
    const evening = await predictionHistory(stores, { symbol, synthetic }, limit, clock.now());
    const withinDay = horizons === 'all' ? await historyWithinDay(stores, { symbol, synthetic }, limit) : [];
    return { symbol, name, priceBasis, synthetic, history: [...evening, ...withinDay] };
  });
}

/** What is said beside predictions that is not kept with them. */
async function knownOf(stores: MlServiceDependencies['stores'], predictions: readonly PublishedPrediction[]) {
  return {
    skilled: await skilledModels(stores, predictions),
    announced: await announcementsOf(stores, predictions),
    withAnnouncements: await stores.announcements.symbols(),
  };
}
