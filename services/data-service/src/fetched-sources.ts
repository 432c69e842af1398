import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FetchRequest, fetchRequestSchema, type Run } from '@daytrade/contracts';
import { activeUniverse } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** A source of bars that was fetched before, as the ledger of runs remembers it. */
export interface FetchedSource {
  /** The folder, or `synthetic`. */
  readonly name: string;
  readonly request: FetchRequest;
  /** When the last fetch that succeeded began, milliseconds since 1970. */
  readonly fetchedAt: number;
}

const syntheticSource = 'synthetic';

/** Runs that are looked through for sources. */
const runsRead = 500;

/**
 * Every folder that was fetched, by name, and the synthetic exchange that was fetched last without its end, so that it
 * grows. That one only while its bars are in use: real bars displace them, and what was removed does not come back by
 * itself.
 */
export async function fetchedSources({
  runs,
  symbols,
}: DataServiceDependencies['stores']): Promise<readonly FetchedSource[]> {
  const usesSynthetic = activeUniverse(await symbols.list()).some(({ synthetic }) => synthetic);
  const succeeded = await runs.list({ job: 'fetch', status: 'succeeded', limit: runsRead });
  const sources = new Map<string, FetchedSource>();
  for (const source of succeeded.flatMap(sourceOf)) {
    const known = sources.get(source.name);
    if (known === undefined || known.fetchedAt < source.fetchedAt) sources.set(source.name, source);
  }
  if (!usesSynthetic) sources.delete(syntheticSource);
  return [...sources.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function sourceOf(run: Run): FetchedSource[] {
  const parsed = fetchRequestSchema.safeParse(run.payload);
  if (!parsed.success) return [];
  const fetchedAt = Date.parse(run.startedAt ?? run.queuedAt);
  if (parsed.data.provider === 'csv') {
    // What was sent is not here to be read again.
    const { folder } = parsed.data;
    return folder === undefined ? [] : [{ name: folder, request: parsed.data, fetchedAt }];
  }
  const { to: _, ...request } = parsed.data;
  return [{ name: syntheticSource, request, fetchedAt }];
}

/** True unless the source is a folder whose files are all older than its last fetch. */
export async function mayHaveNewBars({ request, fetchedAt }: FetchedSource): Promise<boolean> {
  const folder = request.provider === 'csv' ? request.folder : undefined;
  if (folder === undefined) return true;
  try {
    const names = (await stat(folder)).isFile() ? [''] : ['', ...(await readdir(folder))];
    const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
    return Math.max(...times) >= fetchedAt;
  } catch {
    // Reading it says what is wrong.
    return true;
  }
}
