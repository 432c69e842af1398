import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addDays, type IndexName, indexNames, type TradeDate } from '@daytrade/market';
import {
  firstDayOf,
  inspectIndex,
  jquantsPlans,
  newestSessionOf,
  readRegularFile,
  topixOfJQuants,
} from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';
import { jquantsClient } from '../jquants.ts';
import { importIndex } from './import-index.ts';

type Dependencies = Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>;

/** Somewhere that values come from by themselves. */
export interface IndexSource {
  /** What messages call it. */
  readonly name: string;
  /** @returns values that are new or others than before, by series */
  update(signal: AbortSignal): Promise<readonly { readonly name: IndexName; readonly values: number }[]>;
}

/** The folder of the settings: each file that is named for a series. Undefined where none is set. */
export function folderSource(dependencies: Dependencies): IndexSource | undefined {
  const folder = dependencies.settings.DAYTRADE_INDEX_FOLDER;
  if (folder === undefined) return undefined;
  return {
    name: folder,
    update: async (signal) => {
      const files = await readdir(folder);
      const updated: { name: IndexName; values: number }[] = [];
      for (const name of indexNames) {
        const file = files.find((each) => each === `${name}.csv` || each === `${name}.csv.gz`);
        if (file === undefined) continue;
        const bytes = await readRegularFile(join(folder, file), `${basename(folder)}/${file}`, signal);
        const { valuesAdded, valuesChanged } = await importIndex(dependencies, { name, file, bytes, dryRun: false });
        updated.push({ name, values: valuesAdded + valuesChanged });
      }
      return updated;
    },
  };
}

/** TOPIX of J-Quants, where there is a key and the plan has it. It asks for the days that are not there alone. */
export function topixSource(dependencies: Dependencies): IndexSource | undefined {
  const { settings, stores, clock } = dependencies;
  const plan = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  const hasKey = (settings.DAYTRADE_JQUANTS_API_KEY ?? settings.DAYTRADE_JQUANTS_API_KEY_FILE) !== undefined;
  if (!hasKey || !plan.hasTopix) return undefined;
  return {
    name: 'jquants',
    update: async (signal) => {
      const now = clock.now();
      const last = await lastTopix(stores);
      const from = last === undefined ? firstDayOf(plan, now) : addDays(last, 1);
      const to = newestSessionOf(plan, now);
      if (to < from) return [];
      const rows = await topixOfJQuants(jquantsClient(dependencies), { from, to }, signal);
      const { values } = inspectIndex('topix', rows, now);
      const source = { source: 'jquants', fetchedAt: new Date(now).toISOString() };
      const { added, changed } = await stores.indices.merge({ name: 'topix', synthetic: false }, values, source);
      return [{ name: 'topix', values: added + changed }];
    },
  };
}

async function lastTopix({ indices }: Pick<Dependencies['stores'], 'indices'>): Promise<TradeDate | undefined> {
  const extents = await indices.extents();
  return extents.find(({ name, synthetic }) => name === 'topix' && !synthetic)?.lastDate;
}
