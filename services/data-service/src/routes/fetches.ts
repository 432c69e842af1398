import { type FetchRequest, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { requestKey } from '@daytrade/jobs';
import { providerOf, providerRequestSchema } from '@daytrade/market-data';
import { addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSources } from '../fetched-sources.ts';
import { providerContext } from '../provider-context.ts';

/** Milliseconds. A folder whose names take longer to read stands on a file system that does not answer. */
const longestLook = 20_000;

/** Routes that bring bars in. */
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
  const late = AbortSignal.timeout(longestLook);
  await (provider.look?.(late) ?? provider.list(late)).catch((error: unknown) => {
    throw late.aborted ? noAnswer(request) : error;
  });
}

function noAnswer(request: FetchRequest): DayTradeError {
  const place = typeof request.folder === 'string' ? request.folder : request.provider;
  const seconds = longestLook / 1000;
  return new DayTradeError('data.provider-failed', `${place} did not answer within ${seconds} s; is its disk there?`);
}
