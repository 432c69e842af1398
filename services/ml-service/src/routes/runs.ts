import { type JobName, type Run, routes } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service';
import { type ActiveSymbols, activeSymbols } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';

/**
 * Adds the routes that start long work: 202 with the run, whose progress the scheduler service reports. Unknown symbols
 * and bars that are too few fail the run.
 */
export function addRunRoutes(service: Service, dependencies: MlServiceDependencies): void {
  addRoute(service, routes.startTraining, ({ body, id }) => start(dependencies, 'training', body, id));
  addRoute(service, routes.startEvaluation, ({ body, id }) => start(dependencies, 'evaluation', body, id));
  addRoute(service, routes.startAudit, ({ body, id }) => start(dependencies, 'audit', body, id));
  addRoute(service, routes.startBacktest, ({ body, id }) => start(dependencies, 'backtest', body, id));
}

async function start(
  { queue, stores }: Pick<MlServiceDependencies, 'queue' | 'stores'>,
  job: JobName,
  payload: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<{ readonly run: Run }> {
  // The same request on the same bars joins the run that is under way.
  const key = requestKey(job, { ...payload, bars: barsOf(await activeSymbols(stores)) });
  return { run: await queue.enqueue({ job, key, payload, trigger: 'request', requestId }) };
}

/** Returns the state of the bars, which new bars change. */
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
