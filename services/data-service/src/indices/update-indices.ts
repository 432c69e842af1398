import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { IndicesUpdate } from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import { addDays, type IndexName, indexNames, type TradeDate } from '@daytrade/market';
import { inspectIndex, providers, readRegularFile } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';
import { providerContext } from '../provider-context.ts';
import { importIndex } from './import-index.ts';
import { indexEntries } from './index-list.ts';

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

type Dependencies = Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>;

/** Somewhere that values come from by themselves. */
interface IndexSource {
  /** Name in messages. */
  readonly name: string;
  /** @returns values that are new or others than before, by series */
  update(signal: AbortSignal): Promise<readonly { readonly name: IndexName; readonly values: number }[]>;
}

/** The folder of the settings: each file that is named for a series. Undefined where none is set. */
function folderSource(dependencies: Dependencies): IndexSource | undefined {
  const folder = dependencies.settings.DAYTRADE_INDEX_FOLDER;
  if (folder === undefined) return undefined;
  return {
    name: folder,
    update: async () => {
      const files = await readdir(folder);
      const updated: { name: IndexName; values: number }[] = [];
      for (const name of indexNames) {
        const file = files.find((each) => each === `${name}.csv` || each === `${name}.csv.gz`);
        if (file === undefined) continue;
        const bytes = await readRegularFile(join(folder, file), `${basename(folder)}/${file}`);
        const { valuesAdded, valuesChanged } = await importIndex(dependencies, { name, file, bytes, dryRun: false });
        updated.push({ name, values: valuesAdded + valuesChanged });
      }
      return updated;
    },
  };
}

/** Series that providers have, as far as the settings give access to them. Only days that are missing are asked for. */
function providerSources(dependencies: Dependencies): readonly IndexSource[] {
  const { stores, clock } = dependencies;
  const context = providerContext(dependencies);
  return providers.flatMap((definition) => {
    const series = definition.indexSeries?.(context);
    if (series === undefined) return [];
    const { name, firstDay, newestDay, read } = series;
    const update = async (signal: AbortSignal) => {
      const last = await lastStored(name, stores);
      const from = last === undefined ? firstDay : addDays(last, 1);
      if (newestDay < from) return [];
      const { values } = inspectIndex(name, await read({ from, to: newestDay }, signal), clock.now());
      const source = { source: definition.name, fetchedAt: new Date(clock.now()).toISOString() };
      const { added, changed } = await stores.indices.merge({ name, synthetic: false }, values, source);
      return [{ name, values: added + changed }];
    };
    return [{ name: definition.name, update }];
  });
}

async function lastStored(
  series: IndexName,
  { indices }: Pick<Dependencies['stores'], 'indices'>,
): Promise<TradeDate | undefined> {
  const extents = await indices.extents();
  return extents.find(({ name, synthetic }) => name === series && !synthetic)?.lastDate;
}
