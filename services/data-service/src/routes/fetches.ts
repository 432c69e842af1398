import { type FetchRequest, routes } from '@daytrade/contracts';
import { requestKey } from '@daytrade/jobs';
import { providerOf, providerRequestSchema } from '@daytrade/market-data';
import { addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSources } from '../fetched-sources.ts';
import { providerContext } from '../provider-context.ts';

export function addFetchRoutes(service: Service, dependencies: DataServiceDependencies): void {
  addRoute(service, routes.sources, async () => ({ sources: [...(await knownSources(dependencies.stores))] }));
  addRoute(service, { ...routes.startFetch, body: providerRequestSchema }, async ({ body, id }) => {
    await checkProvider(body, dependencies);
    const run = await dependencies.queue.enqueue({
      job: 'fetch',
      key: requestKey('fetch', body),
      payload: { ...body },
      trigger: 'request',
      requestId: id,
    });
    return { run };
  });
}

/** Refuses a wrong request, and a folder that cannot be read, before a run begins. */
async function checkProvider(request: FetchRequest, dependencies: DataServiceDependencies): Promise<void> {
  const definition = providerOf(request);
  const provider = definition.open(request, providerContext(dependencies));
  if (!definition.listedBeforeRun) return;
  await (provider.look?.() ?? provider.list());
}
