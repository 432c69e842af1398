import type { IndicesUpdate } from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import type { DataServiceDependencies } from '../dependencies.ts';
import { indexEntries } from './index-list.ts';
import { folderSource, type IndexSource, providerSources } from './index-sources.ts';

/**
 * Brings the index series up to date from every source that is set, and says which values are known, which series end
 * too early, and which are absent. A source that fails keeps neither the others nor the caller from going on.
 *
 * @throws the reason of the signal
 */
export async function updateIndices(
  dependencies: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
  signal: AbortSignal,
): Promise<IndicesUpdate> {
  const updated: IndicesUpdate['updated'][number][] = [];
  const failed: IndicesUpdate['failed'][number][] = [];
  for (const source of sourcesOf(dependencies)) {
    try {
      for (const { name, values } of await source.update(signal)) updated.push({ name, source: source.name, values });
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = asDayTradeError(error);
      failed.push({ source: source.name, code, message });
    }
  }
  const entries = (await indexEntries(dependencies.stores, dependencies.clock.now())).filter(({ inUse }) => inUse);
  return {
    known: entries.filter(({ state }) => state === 'known').map(({ name, lastDate }) => ({ name, lastDate })),
    behind: entries
      .filter(({ state }) => state === 'behind')
      .map(({ name, lastDate, expected }) => ({ name, lastDate, expected })),
    absent: entries.filter(({ state }) => state === 'absent').map(({ name }) => name),
    updated,
    failed,
  };
}

function sourcesOf(dependencies: Parameters<typeof updateIndices>[0]): readonly IndexSource[] {
  const folder = folderSource(dependencies);
  return [...(folder === undefined ? [] : [folder]), ...providerSources(dependencies)];
}
