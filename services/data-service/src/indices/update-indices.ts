import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { IndicesUpdate } from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import { addDays, type IndexName, indexNames } from '@daytrade/market';
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
  for (const { source, update } of [...folderSources(dependencies), ...providerSources(dependencies)]) {
    try {
      for (const { name, values } of await update(signal)) updated.push({ name, source, values });
    } catch (error) {
      signal.throwIfAborted();
      const { code, message } = asDayTradeError(error);
      failed.push({ source, code, message });
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

type Dependencies = Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>;

/** Source that values come from by themselves, by its name in messages. */
interface IndexSource {
  readonly source: string;
  /** @returns values that are new or others than before, by series */
  readonly update: (signal: AbortSignal) => Promise<readonly { readonly name: IndexName; readonly values: number }[]>;
}

/** The folder of the settings: each file that is named for a series. */
function folderSources(dependencies: Dependencies): readonly IndexSource[] {
  const folder = dependencies.settings.DAYTRADE_INDEX_FOLDER;
  if (folder === undefined) return [];
  const update: IndexSource['update'] = async () => {
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
  };
  return [{ source: folder, update }];
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
      const stored = await stores.indices.extents();
      const last = stored.find((extent) => extent.name === name && !extent.synthetic)?.lastDate;
      const from = last === undefined ? firstDay : addDays(last, 1);
      if (newestDay < from) return [];
      const { values } = inspectIndex(name, await read({ from, to: newestDay }, signal), clock.now());
      const source = { source: definition.name, fetchedAt: new Date(clock.now()).toISOString() };
      const { added, changed } = await stores.indices.merge({ name, synthetic: false }, values, source);
      return [{ name, values: added + changed }];
    };
    return [{ source: definition.name, update }];
  });
}
