import type { IndexEntry } from '@daytrade/contracts';
import { type IndexName, indexNames, marketIndices, newestIndexDay } from '@daytrade/market';
import { activeUniverse, type IndexExtent } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';

type Stores = Pick<DataServiceDependencies['stores'], 'indices' | 'symbols'>;

/** Returns true while synthetic series are in use: those that belong to the bars in use. */
async function usesSyntheticIndices({ symbols }: Pick<Stores, 'symbols'>): Promise<boolean> {
  return activeUniverse(await symbols.list()).some(({ synthetic }) => synthetic);
}

/**
 * Every index series with what there is of it: the ones in use, also those that are absent, then what is kept beside
 * them and not used.
 */
export async function indexEntries(stores: Stores, now: number): Promise<readonly IndexEntry[]> {
  const synthetic = await usesSyntheticIndices(stores);
  const extents = await stores.indices.extents();
  const inUse = indexNames.map((name) => {
    const extent = extents.find((each) => each.name === name && each.synthetic === synthetic);
    return entryOf(name, synthetic, extent, now);
  });
  const beside = extents.filter((extent) => extent.synthetic !== synthetic);
  return [...inUse, ...beside.map((extent) => ({ ...entryOf(extent.name, !synthetic, extent, now), inUse: false }))];
}

function entryOf(name: IndexName, synthetic: boolean, extent: IndexExtent | undefined, now: number): IndexEntry {
  const expected = newestIndexDay(name, now);
  const common = { name, title: marketIndices[name].title, expected, synthetic, inUse: true };
  if (extent === undefined) {
    return { ...common, state: 'absent', values: 0, firstDate: null, lastDate: null, source: null, fetchedAt: null };
  }
  const { values, firstDate, lastDate, source, fetchedAt } = extent;
  const state = lastDate >= expected ? 'known' : 'behind';
  return { ...common, state, values, firstDate, lastDate, source, fetchedAt };
}
