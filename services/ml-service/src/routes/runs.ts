import { type JobName, type Run, routes } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service';
import { checkedParameters, strategies } from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type ActiveSymbols, activeSymbols, symbolsMeant } from '../universe.ts';

/**
 * Adds the routes that start long work: 202 with the run, whose progress the scheduler service reports. Unknown symbols
 * and parameters are refused at once; bars that are too few fail the run.
 */
export function addRunRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { stores } = dependencies;
  addRoute(service, routes.startTraining, async ({ body, id }) => {
    await symbolsMeant(stores, body.symbols, body);
    return await start(dependencies, 'training', body, id);
  });
  addRoute(service, routes.startEvaluation, async ({ body, id }) => {
    await symbolsMeant(stores, body.symbols, body);
    return await start(dependencies, 'evaluation', body, id);
  });
  addRoute(service, routes.startAudit, async ({ body, id }) => {
    await symbolsMeant(stores, body.symbols, {});
    return await start(dependencies, 'audit', body, id);
  });
  addRoute(service, routes.startBacktest, async ({ body, id }) => {
    checkedParameters(strategies[body.strategy], body.parameters);
    await symbolsMeant(stores, body.symbols, body);
    return await start(dependencies, 'backtest', body, id);
  });
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
