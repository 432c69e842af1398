import { type FetchRequest, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service-kit';
import type { DataServiceDependencies } from '../dependencies.ts';
import { providerFor } from '../provider.ts';

/** Milliseconds. A folder that takes longer to list stands on a file system that does not answer. */
const longestListing = 20_000;

/** Bring bars in. */
export function addFetchRoutes(service: Service, dependencies: DataServiceDependencies): void {
  addRoute(service, routes.startFetch, async ({ body, id }) => {
    // A folder that cannot be read is told now rather than by a run that fails.
    const late = AbortSignal.timeout(longestListing);
    await providerFor(body, dependencies)
      .list(late)
      .catch((error: unknown) => {
        throw late.aborted ? noAnswer(body) : error;
      });
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

function noAnswer(request: FetchRequest): DayTradeError {
  const place = request.provider === 'csv' ? request.folder : request.provider;
  const seconds = longestListing / 1000;
  return new DayTradeError('data.provider-failed', `${place} did not answer within ${seconds} s; is its disk there?`);
}
