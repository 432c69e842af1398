import { join } from 'node:path';
import { dateOfDayNumber } from '@daytrade/market';
import { expect, it } from 'vitest';
import type { ObjectStore } from '../objects/object-store.ts';
import { backupFolders, openIn } from '../testing/backup-state.ts';
import { makeBackup } from './make-backup.ts';
import { openBackupPlace } from './open-place.ts';
import { restoreState } from './restore-state.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');
const signal = new AbortController().signal;
const codes = Array.from({ length: 52 }, (_, index) => String(2000 + index));

/** Days of all symbols, from one position to before another. */
function days(from: number, to: number) {
  const own = Int32Array.from({ length: to - from }, (_, index) => 19_000 + from + index);
  const prices = Float64Array.from(own, (day) => day / 10);
  const bars = { days: own, open: prices, high: prices, low: prices, close: prices, volume: prices };
  return codes.map((symbol) => ({ symbol, bars, splits: [] }));
}

/** Objects that are changed once they were listed for the third time, which is the last one of a backup. */
function changedAfterListing(files: ObjectStore, change: () => Promise<unknown>): ObjectStore {
  let listings = 0;
  return {
    put: (key, bytes) => files.put(key, bytes),
    putIf: (key, bytes, expected) => files.putIf(key, bytes, expected),
    get: (key) => files.get(key),
    getVersioned: (key) => files.getVersioned(key),
    list: (prefix) => files.list(prefix),
    delete: (key) => files.delete(key),
    entries: async (prefix) => {
      const found = await files.entries(prefix);
      if (prefix === '') listings += 1;
      if (prefix === '' && listings === 3) await change();
      return found;
    },
  };
}

it('a backup has every bar, also when the newest go into the files of their symbols meanwhile', {
  tags: ['long'],
}, async () => {
  const { state, ...folders } = await backupFolders();
  const stores = await openIn(state);
  await stores.bars.mergeMany(days(0, 20));
  await stores.bars.mergeMany(days(20, 23));
  const range = { to: dateOfDayNumber(19_022) };
  const hash = await stores.bars.dataHash(codes, range);
  const { place, close } = await openBackupPlace({ ...folders, now });
  const files = changedAfterListing(stores.files, () => stores.bars.mergeMany(days(23, 40)));
  const common = { place, now, signal, progress: () => undefined };
  await makeBackup({
    ...common,
    stores: { database: stores.database, files },
    scratch: join(state, 'scratch'),
    version: '1.2.3',
    dryRun: false,
  });
  expect((await stores.bars.read('2000')).days).toHaveLength(40);
  await stores.close();
  const folder = `${state}-restored`;
  await restoreState({ ...common, folder, replace: false, verify: async () => undefined, purpose: 'a test' });
  close();
  const restored = await openIn(folder);
  expect(await restored.bars.dataHash(codes, range)).toBe(hash);
  await restored.close();
});
