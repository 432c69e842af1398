import { type FetchRequest, jobs } from '@daytrade/contracts';
import { compareText } from '@daytrade/market';
import { providerOf, providerRequestSchema, providers } from '@daytrade/market-data';
import { activeUniverse, type SourceRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';
import { providerContext } from './provider-context.ts';

/** A source of bars that was fetched before, or the one of the settings. */
export interface FetchedSource {
  /** The folder, `jquants` with what is asked of it, `yahoo`, or `synthetic`. */
  readonly name: string;
  readonly request: FetchRequest;
  /** When the last fetch or update that read it began, milliseconds since 1970; 0 before the first one. */
  readonly fetchedAt: number;
}

const syntheticSource = 'synthetic';

/** Number of updates whose results are read: those of more than a session, one every five minutes. */
const updatesRead = 120;

/**
 * Every folder that was fetched and what was asked of J-Quants, by name, the source that the settings name, and the
 * synthetic exchange that was fetched last without its end, so that it grows. That one only while its bars are in use:
 * real bars displace them, and what was removed does not come back by itself.
 */
export async function fetchedSources({
  stores: { runs, sources: repository, symbols },
  settings,
}: Pick<DataServiceDependencies, 'stores' | 'settings'>): Promise<readonly FetchedSource[]> {
  const usesSynthetic = activeUniverse(await symbols.list()).some(({ synthetic }) => synthetic);
  const sources = new Map<string, FetchedSource>();
  const fetched = (await knownSources({ sources: repository })).flatMap(({ request, fetchedAt }) => {
    const repeated = providerOf(request).repeated(request, settings);
    return repeated === undefined ? [] : [{ ...repeated, fetchedAt: Date.parse(fetchedAt) }];
  });
  for (const source of [...fetched, ...configuredSource(settings)]) {
    const known = sources.get(source.name);
    if (known === undefined || known.fetchedAt < source.fetchedAt) sources.set(source.name, joined(source, known));
    else sources.set(source.name, joined(known, source));
  }
  if (!usesSynthetic) sources.delete(syntheticSource);
  for (const [name, readAt] of await lastUpdates(runs)) {
    const source = sources.get(name);
    if (source !== undefined && readAt > source.fetchedAt) sources.set(name, { ...source, fetchedAt: readAt });
  }
  return [...sources.values()].sort((one, other) => compareText(one.name, other.name));
}

/** Returns the requests that brought bars, the last fetched first, without those that this version cannot read. */
export async function knownSources({
  sources,
}: Pick<DataServiceDependencies['stores'], 'sources'>): Promise<readonly SourceRecord[]> {
  return (await sources.list()).flatMap(({ request, fetchedAt }) => {
    const parsed = providerRequestSchema.safeParse(request);
    return parsed.success ? [{ request: parsed.data, fetchedAt }] : [];
  });
}

/** When the newest updates that read a source began, by its name: a folder is read again once it changes after that. */
async function lastUpdates(runs: DataServiceDependencies['stores']['runs']): Promise<ReadonlyMap<string, number>> {
  const succeeded = await runs.list({ job: 'data-update', status: 'succeeded', limit: updatesRead });
  const readAt = new Map<string, number>();
  for (const run of succeeded) {
    const parsed = jobs['data-update'].result.safeParse(run.result);
    for (const { source } of parsed.success ? parsed.data.updated : []) {
      readAt.set(source, Math.max(readAt.get(source) ?? 0, Date.parse(run.startedAt ?? run.queuedAt)));
    }
  }
  return readAt;
}

/** The source that the settings name, before it is fetched for the first time. */
function configuredSource(settings: DataServiceDependencies['settings']): FetchedSource[] {
  const definition = providers.find(({ name }) => name === settings.DAYTRADE_PROVIDER);
  const request = definition?.configured(settings);
  const repeated = request && definition?.repeated(request, settings);
  return repeated === undefined ? [] : [{ ...repeated, fetchedAt: 0 }];
}

function joined(newer: FetchedSource, older: FetchedSource | undefined): FetchedSource {
  if (older === undefined || newer.request.provider !== older.request.provider) return newer;
  const request = providerOf(newer.request).joined?.(newer.request, older.request) ?? newer.request;
  return { ...newer, request };
}

/** True unless the stored bars and files show that the source has nothing that its last fetch did not see. */
export async function mayHaveNewBars(
  { request, fetchedAt }: FetchedSource,
  dependencies: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): Promise<boolean> {
  return await providerOf(request).hasNews(request, fetchedAt, providerContext(dependencies));
}
