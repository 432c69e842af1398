import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import type { Database } from '../database/database.ts';
import { openStores } from '../open-stores.ts';
import { hasState, newRestoreFolder, takeRestored } from '../state-folder/restored-state.ts';
import { StateFolder, type StateFolderOptions } from '../state-folder/state-folder.ts';
import type { Stores } from '../stores.ts';
import type { BackupHead } from './manifest.ts';
import { chooseBackup, type RestoreOptions, restoreObjects, restoreRows } from './restore-backup.ts';

export interface RestoreStateOptions<Found> extends RestoreOptions, Omit<StateFolderOptions, 'path'> {
  /** The state folder. */
  readonly folder: string;
  /** Id of the backup; left out: the newest. */
  readonly id?: string | undefined;
  /** Whether a state that is there may be replaced. */
  readonly replace: boolean;
  /** Looks at the restored state before it is taken; when it throws nothing is replaced. */
  readonly verify: (stores: Stores) => Promise<Found>;
}

/**
 * Restores a backup into a state folder. Everything is written beside the state that is there, compared with the
 * checksums and looked at by `verify`; only then it takes its place, and a kill at any moment leaves the one or the
 * other.
 *
 * @throws DayTradeError `state.locked` while a process uses the folder; `restore.not-empty`; what `chooseBackup` throws
 */
export async function restoreState<Found>(
  options: RestoreStateOptions<Found>,
): Promise<{ readonly head: BackupHead; readonly found: Found }> {
  const { place, id, folder: path, replace, verify, now, purpose } = options;
  const { head, contents } = await chooseBackup(place, id);
  const folder = await StateFolder.open({ path, now, purpose });
  try {
    const unfinished = await newRestoreFolder(folder);
    if (hasState(folder) && !replace) throw notEmpty(folder.path);
    await restoreDatabase(join(unfinished, 'database'), head, async (database) =>
      restoreRows(database, contents, options),
    );
    const stores = await openStores({ folder: unfinished, purpose, now });
    let found: Found;
    try {
      await restoreObjects(stores.files, contents, options);
      options.progress({ stage: 'looking at what was restored', fraction: 0.95 });
      found = await verify(stores);
    } finally {
      await stores.close();
    }
    options.signal.throwIfAborted();
    await takeRestored(folder);
    return { head, found };
  } finally {
    await folder.close();
  }
}

/** A new embedded database with the tables of the backup's version; whoever opens it next updates them. */
async function restoreDatabase(
  folder: string,
  { schemaVersion }: BackupHead,
  fill: (database: Database) => Promise<void>,
): Promise<void> {
  const { openPGliteDatabase } = await import('../database/pglite/open.ts');
  const database = await openPGliteDatabase(folder, schemaVersion);
  try {
    await fill(database);
  } finally {
    await database.close();
  }
}

function notEmpty(folder: string): DayTradeError {
  return new DayTradeError('restore.not-empty', `the state folder ${folder} has a state already`, {
    details: { folder },
  });
}
