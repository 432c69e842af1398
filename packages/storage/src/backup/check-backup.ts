import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import { mapAtOnce } from '../bars/map-at-once.ts';
import type { BackupContents } from './manifest.ts';
import type { RestoreOptions } from './restore-backup.ts';

const readsAtOnce = 4;

/** Reads all of a backup, without writing anything. @throws DayTradeError `backup.damaged` */
export async function checkBackup(
  { tables, objects }: BackupContents,
  { place, signal, progress }: RestoreOptions,
): Promise<void> {
  for (const name of tables.flatMap(({ pieces }) => pieces)) await place.piece(name);
  let done = 0;
  await mapAtOnce(objects, readsAtOnce, async ({ key, pieces, sha256 }) => {
    signal.throwIfAborted();
    const hash = createHash('sha256');
    for (const name of pieces) hash.update(await place.piece(name));
    if (hash.digest('hex') !== sha256) {
      throw new DayTradeError('backup.damaged', `the backup is not whole: the object ${key} is not what it was`);
    }
    done += 1;
    progress({ stage: 'reading the backup', fraction: done / objects.length });
  });
}
