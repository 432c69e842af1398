import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import { mapAtOnce } from '../bars/map-at-once.ts';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import { neededSchemaVersion } from '../database/migrations.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { BackupPlace } from './backup-place.ts';
import { verifyRows, writeRows } from './copy-rows.ts';
import type { CopyProgress } from './make-backup.ts';
import type { BackupContents, BackupHead, BackupObject } from './manifest.ts';

const copiesAtOnce = 8;

export interface RestoreOptions {
  readonly place: BackupPlace;
  readonly signal: AbortSignal;
  readonly progress: (progress: CopyProgress) => void;
}

/**
 * The newest backup, or one by its id, with what it consists of.
 *
 * @throws DayTradeError `backup.none`, `backup.key-wrong`, `backup.damaged`; `backup.newer` for one of a newer version
 */
export async function chooseBackup(
  place: BackupPlace,
  id?: string,
): Promise<{ readonly head: BackupHead; readonly contents: BackupContents }> {
  const head = await place.head(id);
  if (head.schemaVersion > neededSchemaVersion) {
    throw new DayTradeError(
      'backup.newer',
      `the backup ${head.id} was made by day-trade ${head.version}, whose tables are of version ` +
        `${head.schemaVersion}; this one knows ${neededSchemaVersion}`,
    );
  }
  return { head, contents: await place.contents(head) };
}

/** Fills the empty tables of the backup's schema version, and compares their rows with the checksums. */
export async function restoreRows(
  database: QueriedDatabase,
  { tables }: BackupContents,
  { place, signal, progress }: RestoreOptions,
): Promise<void> {
  progress({ stage: 'restoring the database', fraction: 0 });
  await writeRows(database, tables, async (name) => {
    signal.throwIfAborted();
    return await place.piece(name);
  });
  await verifyRows(database, tables);
}

/** Writes the objects, each compared with its checksum before and after. */
export async function restoreObjects(
  files: ObjectStore,
  { objects }: BackupContents,
  { place, signal, progress }: RestoreOptions,
): Promise<void> {
  let done = 0;
  await mapAtOnce(objects, copiesAtOnce, async (object) => {
    signal.throwIfAborted();
    const bytes = await place.joined(object.pieces);
    assertSame(object, bytes);
    await files.put(object.key, bytes);
    done += 1;
    progress({ stage: 'restoring objects', fraction: 0.1 + (0.6 * done) / objects.length });
  });
  await mapAtOnce(objects, copiesAtOnce, async (object) => {
    signal.throwIfAborted();
    assertSame(object, await files.get(object.key));
    done += 1;
    progress({ stage: 'comparing objects', fraction: 0.5 + (0.2 * done) / objects.length });
  });
}

function assertSame({ key, sha256 }: BackupObject, bytes: Uint8Array | undefined): void {
  if (bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256) return;
  const what = bytes === undefined ? 'is missing' : 'is not what was backed up';
  throw new DayTradeError('backup.damaged', `the object ${key} ${what}`);
}
