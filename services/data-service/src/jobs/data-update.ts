import type { WorkOf } from '@daytrade/contracts';
import { asDayTradeError, type DayTradeError } from '@daytrade/errors';
import { defineJob, type JobContext, type JobDefinition } from '@daytrade/jobs';
import { providerOf } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';
import { type FetchedSource, fetchedSources, mayHaveNewBars } from '../fetched-sources.ts';
import { reportAgain } from '../report-again.ts';
import { sweepUploads } from '../uploads.ts';
import { fetchInto, forgetLostDays } from './fetch.ts';

type DataUpdate = WorkOf<'data-update'>;

/** Job `data-update`: fetches what is new from every source that was fetched before, and from that of the settings. */
export function dataUpdateJob(dependencies: DataServiceDependencies): JobDefinition {
  return defineJob('data-update', async (context) => {
    await sweepUploads(dependencies);
    const update = await updateBars(dependencies, context);
    await reportAgain(dependencies, context.run, dailyBarsIn(update));
    return update;
  });
}

/**
 * Fetches each source again; one that fails does not keep the others from being updated.
 *
 * @param until fraction of the run's progress at its end
 * @throws DayTradeError the first failure when every source failed; `run.cancelled`
 */
export async function updateBars(
  dependencies: DataServiceDependencies,
  { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
  until = 1,
): Promise<DataUpdate> {
  const lost = await forgetLostDays(dependencies);
  const sources = await fetchedSources(dependencies);
  const updated: DataUpdate['updated'][number][] = [];
  const unchanged: string[] = [];
  const failed: { readonly source: string; readonly error: DayTradeError }[] = [];
  for (const [index, source] of sources.entries()) {
    const between = [(index / sources.length) * until, ((index + 1) / sources.length) * until] as const;
    try {
      const isBehind = lost !== undefined && providerOf(source.request).incremental;
      if (isBehind || (await mayHaveNewBars(source, dependencies)))
        updated.push(await fetchAgain(dependencies, source, { signal, progress, between }));
      else unchanged.push(source.name);
    } catch (error) {
      if (signal.aborted) throw error;
      failed.push({ source: source.name, error: asDayTradeError(error) });
    }
  }
  const first = failed[0];
  if (first !== undefined && failed.length === sources.length) throw first.error;
  return {
    updated,
    unchanged,
    ...(lost && { lost }),
    failed: failed.map(({ source, error }) => ({ source, code: error.code, message: error.message })),
  };
}

export function dailyBarsIn({ updated }: DataUpdate): number {
  return updated.reduce((sum, source) => sum + source.barsAdded + source.barsChanged - (source.intradayBars ?? 0), 0);
}

async function fetchAgain(
  dependencies: DataServiceDependencies,
  { name, request }: FetchedSource,
  watch: Parameters<typeof fetchInto>[2],
): Promise<DataUpdate['updated'][number]> {
  const { barsAdded, barsChanged, intradayBars, rowsQuarantined } = await fetchInto(dependencies, request, watch);
  return { source: name, barsAdded, barsChanged, intradayBars, rowsQuarantined };
}
