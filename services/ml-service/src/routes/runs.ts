import { type JobName, type Run, routes } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service';
import { checkedParameters, strategies } from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { checkBacktest, checkEvaluation, checkTraining } from '../enough-bars.ts';
import { type ActiveSymbols, activeSymbols, symbolsMeant } from '../universe.ts';

/**
 * Long work: 202 with the run, whose progress the scheduler service reports. What could only fail is refused before it
 * waits for its turn; the run itself looks again, since bars may have gone meanwhile.
 */
export function addRunRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { stores } = dependencies;
  addRoute(service, routes.startTraining, async ({ body, id }) => {
    await checkTraining(stores, body);
    return await start(dependencies, 'training', body, id);
  });
  addRoute(service, routes.startEvaluation, async ({ body, id }) => {
    await checkEvaluation(stores, body);
    return await start(dependencies, 'evaluation', body, id);
  });
  addRoute(service, routes.startAudit, async ({ body, id }) => {
    await symbolsMeant(stores, body.symbols, {});
    return await start(dependencies, 'audit', body, id);
  });
  addRoute(service, routes.startBacktest, async ({ body, id }) => {
    checkedParameters(strategies[body.strategy], body.parameters);
    await checkBacktest(stores, body);
    return await start(dependencies, 'backtest', body, id);
  });
}

async function start(
  { queue, stores }: Pick<MlServiceDependencies, 'queue' | 'stores'>,
  job: JobName,
  payload: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<{ readonly run: Run }> {
  // The same request on the same bars while one is under way is the same work: the caller gets that run.
  const key = requestKey(job, { ...payload, bars: barsOf(await activeSymbols(stores)) });
  return { run: await queue.enqueue({ job, key, payload, trigger: 'request', requestId }) };
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
