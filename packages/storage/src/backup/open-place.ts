import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { openS3 } from '../objects/open-s3.ts';
import { BackupKey } from './backup-key.ts';
import { BackupPlace } from './backup-place.ts';

export interface BackupPlaceOptions {
  /** A folder, or `s3://BUCKET/PREFIX`. */
  readonly target: string;
  /** File with the key. */
  readonly keyFile: string;
  /** Server that speaks the API of S3; left out: S3 itself. */
  readonly endpoint?: string | undefined;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

const bucketForm = /^s3:\/\/([^/]+)\/?(.*)$/;
const addressForm = /^[a-z][a-z0-9+.-]*:\/\//i;
const othersMayRead = 0o007;
const groupMayRead = 0o070;

/**
 * Opens the place of the backups and reads the key.
 *
 * @throws DayTradeError `settings.invalid` when the key file is not one, or others may read it, and for another address
 */
export async function openBackupPlace(
  options: BackupPlaceOptions,
): Promise<{ readonly place: BackupPlace; readonly close: () => void }> {
  const key = await readKey(options.keyFile);
  const { objects, close } = await openObjects(options);
  return { place: new BackupPlace(objects, key), close };
}

async function openObjects({
  target,
  endpoint,
  now,
}: BackupPlaceOptions): Promise<{ readonly objects: ObjectStore; readonly close: () => void }> {
  const bucket = bucketForm.exec(target);
  if (bucket === null) {
    if (addressForm.test(target)) throw invalid(`${target}: expected a folder, or s3://BUCKET/PREFIX`);
    // Several processes may back up into one folder; each piece is written under a name of its own and renamed.
    const shared = { exclusive: async <Result>(_key: string, work: () => Promise<Result>) => await work(), now };
    return { objects: await FolderObjectStore.open({ folder: resolve(target), shared }), close: () => undefined };
  }
  const store = await openS3({ bucket: bucket[1]!, prefix: bucket[2]!, endpoint });
  return { objects: store, close: () => store.close() };
}

async function readKey(path: string): Promise<BackupKey> {
  try {
    const { mode, uid } = await stat(path);
    // A volume of secrets belongs to root and lets the group of the process read.
    const wide = uid === 0 && process.geteuid?.() !== 0 ? othersMayRead : othersMayRead | groupMayRead;
    if (process.platform !== 'win32' && (mode & wide) !== 0) {
      const found = (mode & 0o777).toString(8);
      throw invalid(`the key file ${path} can be read by others (mode ${found}): \`chmod 600 ${path}\``);
    }
    return BackupKey.parse(await readFile(path, 'utf8'), `the key file ${path}`);
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    throw invalid(`the key file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function invalid(message: string): DayTradeError {
  return new DayTradeError('settings.invalid', message);
}
