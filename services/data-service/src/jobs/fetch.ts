import { setTimeout as pause } from 'node:timers/promises';
import { type FetchRequest, type FetchResult, fetchRequestSchema, parsePayload } from '@daytrade/contracts';
import type { JobContext, JobDefinition } from '@daytrade/jobs';
import { DataFetcher } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';
import { sinksOf } from '../fetch-sinks.ts';
import { providerFor } from '../provider.ts';

/** Jobs that write bars run one after another. */
export const barWriters = 'bars';

/** Job `fetch`: brings what a provider has through the quality gate into the stores. The result is a `FetchResult`. */
export function fetchJob(dependencies: DataServiceDependencies): JobDefinition {
  return {
    name: 'fetch',
    description: 'Brings bars from a folder of CSV files or from the synthetic exchange through the quality gate',
    timeoutSeconds: 3_600,
    maxAttempts: 3,
    backoffSeconds: 10,
    concurrencyGroup: barWriters,
    handler: async ({ payload, signal, progress }) => ({
      ...(await fetchInto(dependencies, parsePayload(fetchRequestSchema, payload), { signal, progress })),
    }),
  };
}

/** What one fetch of several reports; its share of the whole lies between two fractions. */
export interface FetchWatch extends Pick<JobContext, 'signal' | 'progress'> {
  readonly between?: readonly [number, number] | undefined;
}

/** @throws DayTradeError as `DataFetcher.fetch` */
export async function fetchInto(
  { stores, clock }: DataServiceDependencies,
  request: FetchRequest,
  { signal, progress, between: [from, to] = [0, 1] }: FetchWatch,
): Promise<FetchResult> {
  const fetcher = new DataFetcher({
    sinks: sinksOf(stores),
    now: () => clock.now(),
    pause: (milliseconds) => pause(milliseconds),
  });
  return fetcher.fetch(providerFor(request, clock), {
    signal,
    onProgress: ({ fraction, filesDone, files, symbol }) => {
      const message = `${filesDone} of ${files}${symbol === null ? '' : `: ${symbol}`}`;
      progress({ stage: `fetching ${request.provider} bars`, fraction: from + fraction * (to - from), message });
    },
  });
}
