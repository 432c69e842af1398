import { routes, targetCoverage } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addRoute, type Service } from '@daytrade/service';
import type { MlServiceDependencies } from '../dependencies.ts';
import { liveByHorizon } from '../in-day/live-by-horizon.ts';
import { liveAccuracy, liveIntervals } from '../predictions/judged-interval.ts';
import { activeSymbols } from '../universe.ts';

/** How well the published and the judged intervals hold. */
export function addAccuracyRoutes(service: Service, { stores, clock }: MlServiceDependencies): void {
  addRoute(service, routes.accuracy, async () => {
    const { synthetic } = await activeSymbols(stores);
    const now = clock.now();
    const evening = await liveIntervals(stores, synthetic, now);
    return {
      target: targetCoverage,
      evaluation: (await stores.evaluations.latest(synthetic)) ?? null,
      live: liveAccuracy(evening, now),
      liveByHorizon: await liveByHorizon(stores, evening, synthetic, now),
    };
  });

  addRoute(service, routes.latestEvaluation, async () => {
    const { synthetic } = await activeSymbols(stores);
    const evaluation = await stores.evaluations.latest(synthetic);
    if (evaluation !== undefined) return { evaluation };
    throw new DayTradeError('evaluation.none', 'nothing has been judged yet: train or evaluate first');
  });

  addRoute(service, routes.evaluation, async ({ params: { id } }) => {
    const evaluation = await stores.evaluations.find(id);
    if (evaluation !== undefined) return { evaluation };
    throw new DayTradeError('evaluation.none', `there is no evaluation ${JSON.stringify(id)}`, { details: { id } });
  });
}
