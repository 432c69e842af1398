import { type JobName, routes } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type ActiveSymbols, activeSymbols } from '../universe.ts';

/** Long work: 202 with the run, whose progress the scheduler service reports. */
export function addRunRoutes(service: Service, dependencies: MlServiceDependencies): void {
  addRunRoute(service, dependencies, 'training', routes.startTraining);
  addRunRoute(service, dependencies, 'evaluation', routes.startEvaluation);
  addRunRoute(service, dependencies, 'audit', routes.startAudit);
  addRunRoute(service, dependencies, 'backtest', routes.startBacktest);
}

type RunRoute =
  | typeof routes.startTraining
  | typeof routes.startEvaluation
  | typeof routes.startAudit
  | typeof routes.startBacktest;

function addRunRoute(
  service: Service,
  { queue, stores }: Pick<MlServiceDependencies, 'queue' | 'stores'>,
  job: JobName,
  route: RunRoute,
): void {
  addRoute(service, route, async ({ body: payload, id: requestId }) => {
    // The same request on the same bars while one is under way is the same work: the caller gets that run.
    const key = requestKey(job, { ...payload, bars: barsOf(await activeSymbols(stores)) });
    const run = await queue.enqueue({ job, key, payload, trigger: 'request', requestId });
    return { run };
  });
}

/** Which bars there are: any that came since make it another. */
function barsOf({ records }: ActiveSymbols): readonly unknown[] {
  return records.map(({ symbol, firstDate, lastDate, bars, priceBasis, synthetic }) => [
    symbol,
    firstDate,
    lastDate,
    bars,
    priceBasis,
    synthetic,
  ]);
}
