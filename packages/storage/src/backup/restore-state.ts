import { hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { mapAtOnce } from '../bars/map-at-once.ts';
import { openProcessFolder } from '../bars/process-folder.ts';
import { neededSchemaVersion } from '../database/migrations.ts';
import { openStores } from '../open-stores.ts';
import { hasState, newRestoreFolder, takeRestored } from '../state-folder/restored-state.ts';
import { StateFolder, type StateFolderOptions } from '../state-folder/state-folder.ts';
import type { StoredFiles, Stores } from '../stores.ts';
import { type Backup, type BackupHead, type BackupPlace, damaged } from './backup-place.ts';
import { restoreRows } from './copy-rows.ts';
import type { CopyProgress } from './make-backup.ts';

const copiesAtOnce = 8;
const objectFolder = 'files/';

export interface ReadBackupOptions {
  readonly place: BackupPlace;
  readonly signal: AbortSignal;
  readonly progress: (progress: CopyProgress) => void;
}

export interface RestoreStateOptions<Found> extends ReadBackupOptions, Omit<StateFolderOptions, 'path'> {
  readonly folder: string;
  /** Id of the backup; default: the newest. */
  readonly id?: string | undefined;
  /** Allows to replace an existing state. */
  readonly replace: boolean;
  /** Looks at the restored state before the swap; if it throws, nothing is replaced. */
  readonly verify: (stores: Stores) => Promise<Found>;
}

/**
 * Returns the newest backup, or one by its id.
 * @throws DayTradeError `backup.none`, `backup.key-wrong`, `backup.damaged`; `backup.newer` for a newer schema
 */
export async function chooseBackup(place: BackupPlace, id?: string): Promise<Backup> {
  const backup = await place.find(id);
  const { head } = backup;
  if (head.schemaVersion <= neededSchemaVersion) return backup;
  throw new DayTradeError(
    'backup.newer',
    `the backup ${head.id} was made by day-trade ${head.version}, whose tables are of version ` +
      `${head.schemaVersion}; this one knows ${neededSchemaVersion}`,
  );
}

/** Reads every file of a backup and writes nothing. @throws DayTradeError `backup.damaged` */
export async function checkBackup({ head, manifest }: Backup, options: ReadBackupOptions): Promise<void> {
  const { place, signal, progress } = options;
  let done = 0;
  await mapAtOnce([...manifest.keys()], copiesAtOnce, async (path) => {
    signal.throwIfAborted();
    await place.read(head.id, manifest, path);
    done += 1;
    progress({ stage: 'reading the backup', fraction: done / manifest.size });
  });
}

/**
 * Restores a backup into a state folder. It writes beside the existing state and compares all rows and files with
 * their checksums. After `verify` it swaps the states; a kill at any moment leaves one of them whole.
 *
 * @throws DayTradeError `state.locked` while a process uses the folder; `restore.not-empty`; errors of `chooseBackup`
 */
export async function restoreState<Found>(
  options: RestoreStateOptions<Found>,
): Promise<{ readonly head: BackupHead; readonly found: Found }> {
  const { place, id, folder: path, replace, verify, now, purpose, signal, progress } = options;
  const backup = await chooseBackup(place, id);
  await using opened = new AsyncDisposableStack();
  const folder = opened.adopt(await StateFolder.open({ path, now, purpose }), (open) => open.close());
  const unfinished = await newRestoreFolder(folder);
  if (hasState(folder) && !replace) throw notEmpty(folder.path);
  progress({ stage: 'restoring the database', fraction: 0 });
  await restoreDatabase(join(unfinished, 'database'), backup, options);
  const stores = await openStores({ folder: unfinished, purpose, now });
  let found: Found;
  try {
    await restoreObjects(stores.files, backup, options);
    progress({ stage: 'looking at what was restored', fraction: 0.95 });
    found = await verify(stores);
  } finally {
    await stores.close();
  }
  signal.throwIfAborted();
  await takeRestored(folder);
  return { head: backup.head, found };
}

/**
 * Restores a backup into a temporary folder, which is removed afterwards.
 * @param scratch folder of this machine; the next call removes what a kill left in it
 */
export async function restoreAside<Found>(
  scratch: string,
  options: Omit<RestoreStateOptions<Found>, 'folder' | 'replace'>,
): ReturnType<typeof restoreState<Found>> {
  const folder = await openProcessFolder(scratch, 'drill');
  try {
    return await restoreState({ ...options, folder: join(folder, 'state'), replace: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the database in the backup's schema version; the next process that opens it migrates it. */
async function restoreDatabase(folder: string, { head, manifest }: Backup, options: ReadBackupOptions): Promise<void> {
  const { openPGliteDatabase } = await import('../database/pglite/open.ts');
  const database = await openPGliteDatabase(folder, head.schemaVersion);
  const read = async (path: string) => {
    options.signal.throwIfAborted();
    return await options.place.read(head.id, manifest, path);
  };
  try {
    await restoreRows(database, head.tables, manifest, read);
  } finally {
    await database.close();
  }
}

/** Writes the objects, and compares what was written. */
async function restoreObjects(
  files: StoredFiles,
  { head, manifest }: Backup,
  { place, signal, progress }: ReadBackupOptions,
): Promise<void> {
  const paths = [...manifest.keys()].filter((path) => path.startsWith(objectFolder));
  let done = 0;
  await mapAtOnce(paths, copiesAtOnce, async (path) => {
    signal.throwIfAborted();
    const key = path.slice(objectFolder.length);
    const bytes = await place.read(head.id, manifest, path);
    await files.put(key, bytes);
    const written = await files.getVersioned(key);
    if (written === undefined || hash('sha256', written.bytes) !== hash('sha256', bytes))
      throw damaged(`${key} was not written whole`);
    done += 1;
    progress({ stage: 'restoring objects', fraction: 0.1 + (0.8 * done) / paths.length });
  });
}

function notEmpty(folder: string): DayTradeError {
  return new DayTradeError('restore.not-empty', `the state folder ${folder} has a state already`);
}
