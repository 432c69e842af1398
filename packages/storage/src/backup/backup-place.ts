import { hash } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { syncFolder } from '../objects/durable-rename.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { openS3 } from '../objects/open-s3.ts';
import { type BackupKey, readBackupKey } from './backup-key.ts';

/** The newest format of a backup that this version reads. */
export const backupFormat = 2;
/** The manifest, in the format of `sha256sum`. A backup without it is incomplete. */
const manifestName = 'SHA256SUMS';
const headName = 'backup.json';
/** Suffix of an encrypted file. */
const encrypted = '.age';
const idForm = /^\d{8}T\d{9}Z$/;
/** Age after which an incomplete backup is no longer being made. */
const incompleteMilliseconds = 86_400_000;

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Sum of the SHA-256 of all rows, modulo 2^256, hexadecimal; independent of their order. */
  readonly checksum: string;
}

export interface BackupCounts {
  readonly tables: number;
  readonly rows: number;
  readonly objects: number;
  readonly barFiles: number;
  /** Bytes of the objects, and of the rows as JSON. */
  readonly bytes: number;
}

/** The file `backup.json`. */
export interface BackupHead {
  readonly format: number;
  /** The time of its start, so that ids sort by time. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Time of the database snapshot: everything committed before is in the backup. ISO 8601, UTC. */
  readonly snapshotAt: string;
  readonly finishedAt: string;
  readonly version: string;
  readonly schemaVersion: number;
  readonly counts: BackupCounts;
  readonly tables: readonly BackupTable[];
}

export interface BackupFile {
  /** SHA-256 of the stored bytes, hexadecimal. */
  readonly sha256: string;
  readonly isEncrypted: boolean;
}

/** The files of a backup by path, without the suffix of encryption. */
export type BackupManifest = ReadonlyMap<string, BackupFile>;

export interface Backup {
  readonly head: BackupHead;
  readonly manifest: BackupManifest;
}

export interface BackupPlaceOptions {
  /** A folder, or `s3://BUCKET/PREFIX`. */
  readonly target: string;
  /** File with the key of age; default: backups are not encrypted. */
  readonly keyFile?: string | undefined;
  /** Server that speaks the S3 API; default: S3 itself. */
  readonly endpoint?: string | undefined;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** A folder or a bucket with backups: a folder each, of plain files, whose manifest is written last. */
export class BackupPlace {
  readonly #objects: ObjectStore;
  /** Path of the folder, since only a folder can link files between backups; undefined for a bucket. */
  readonly #folder: string | undefined;
  readonly #key: BackupKey | undefined;
  readonly #now: () => number;
  readonly #linkedFolders = new Set<string>();

  constructor(options: {
    readonly objects: ObjectStore;
    readonly folder?: string | undefined;
    readonly key: BackupKey | undefined;
    readonly now: () => number;
  }) {
    this.#objects = options.objects;
    this.#folder = options.folder;
    this.#key = options.key;
    this.#now = options.now;
  }

  /** True if unchanged files are links; a bucket, or a key, makes copies of them. */
  get links(): boolean {
    return this.#folder !== undefined && this.#key === undefined;
  }

  async write(id: string, path: string, content: Uint8Array): Promise<BackupFile & { readonly bytes: number }> {
    const isEncrypted = this.#key !== undefined;
    const stored = (await this.#key?.encrypt(content)) ?? content;
    await this.#objects.put(storedPath(id, path, isEncrypted), stored);
    return { sha256: hash('sha256', stored), isEncrypted, bytes: stored.length };
  }

  /**
   * Links a file of an earlier backup into a new one.
   * @returns false where the file system has no links
   */
  async reuse(earlier: string, id: string, path: string): Promise<boolean> {
    if (this.#folder === undefined) return false;
    const target = join(this.#folder, id, path);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await link(join(this.#folder, earlier, path), target);
    } catch {
      return false;
    }
    this.#linkedFolders.add(dirname(target));
    return true;
  }

  /** Writes the head and, last, the manifest, which makes the backup complete. */
  async finish(head: BackupHead, files: BackupManifest): Promise<void> {
    const own = await this.write(head.id, headName, Buffer.from(`${JSON.stringify(head, undefined, 2)}\n`));
    for (const folder of this.#linkedFolders) await syncFolder(folder);
    this.#linkedFolders.clear();
    const lines = [...files, [headName, own] as const].map(
      ([path, { sha256, isEncrypted }]) => `${sha256}  ${path}${isEncrypted ? encrypted : ''}\n`,
    );
    await this.#objects.put(`${head.id}/${manifestName}`, Buffer.from(lines.join('')));
  }

  /**
   * Reads a file and compares it with the manifest.
   * @throws DayTradeError `backup.damaged` with the name of a changed or missing file; `backup.key-wrong`
   */
  async read(id: string, manifest: BackupManifest, path: string): Promise<Uint8Array> {
    const file = manifest.get(path);
    if (file === undefined) throw damaged(`${id}/${manifestName} does not name ${path}`);
    const key = storedPath(id, path, file.isEncrypted);
    const bytes = await this.#objects.get(key);
    if (bytes === undefined) throw damaged(`${key} is missing`);
    if (hash('sha256', bytes) !== file.sha256) throw damaged(`${key} was changed or cut off`);
    if (!file.isEncrypted) return bytes;
    if (this.#key !== undefined) return await this.#key.decrypt(bytes, key);
    throw new DayTradeError('backup.key-wrong', `the backup ${id} is encrypted, and no key file is named`);
  }

  async list(): Promise<{ readonly backups: readonly BackupHead[]; readonly unreadable: readonly string[] }> {
    const backups: BackupHead[] = [];
    const unreadable: string[] = [];
    for (const id of await this.ids()) {
      try {
        backups.push((await this.find(id)).head);
      } catch (error) {
        if (!isDayTradeError(error) || !error.code.startsWith('backup.')) throw error;
        unreadable.push(id);
      }
    }
    return { backups, unreadable };
  }

  async ids(): Promise<readonly string[]> {
    return (await this.#folders()).filter(({ complete }) => complete).map(({ id }) => id);
  }

  /**
   * Reads head and manifest of a backup.
   *
   * @param id default: the newest
   * @throws DayTradeError `backup.none`, `backup.key-wrong`, `backup.damaged`, `backup.newer`
   */
  async find(id?: string): Promise<Backup> {
    const wanted = id ?? (await this.ids())[0];
    if (wanted === undefined) throw new DayTradeError('backup.none', 'there is no backup there');
    const bytes = idForm.test(wanted) ? await this.#objects.get(`${wanted}/${manifestName}`) : undefined;
    if (bytes === undefined) throw new DayTradeError('backup.none', `there is no backup ${wanted} there`);
    const manifest = manifestIn(wanted, Buffer.from(bytes).toString());
    const content = await this.read(wanted, manifest, headName);
    const head = JSON.parse(Buffer.from(content).toString()) as BackupHead;
    if (head.id !== wanted) throw damaged(`${wanted} is the backup ${head.id} under another name`);
    if (head.format > backupFormat) {
      throw new DayTradeError(
        'backup.newer',
        `the backup ${wanted} has the format ${head.format}, known is ${backupFormat}`,
      );
    }
    const objects = [...manifest.keys()].filter((path) => path.startsWith('files/')).length;
    if (objects !== head.counts.objects) {
      throw damaged(`${wanted}/${manifestName} names ${objects} objects, expected ${head.counts.objects}`);
    }
    return { head, manifest };
  }

  /** Removes all but the newest backups, and what an interrupted one left. */
  async removeOld(keep: number): Promise<readonly string[]> {
    const folders = await this.#folders();
    const old = folders.filter(({ complete }) => complete).slice(keep);
    const abandoned = backupId(this.#now() - incompleteMilliseconds);
    const incomplete = folders.filter(({ id, complete }) => !complete && id < abandoned);
    for (const { id } of [...old, ...incomplete]) await this.#remove(id);
    return old.map(({ id }) => id);
  }

  async #folders(): Promise<readonly { readonly id: string; readonly complete: boolean }[]> {
    const keys = await this.#objects.list('');
    const complete = new Set(keys.filter((key) => key.endsWith(`/${manifestName}`)));
    const ids = new Set(keys.map((key) => key.split('/')[0] as string).filter((id) => idForm.test(id)));
    return [...ids]
      .sort()
      .reverse()
      .map((id) => ({ id, complete: complete.has(`${id}/${manifestName}`) }));
  }

  /** Removes the manifest first, so that a crash leaves an incomplete backup. */
  async #remove(id: string): Promise<void> {
    await this.#objects.delete(`${id}/${manifestName}`);
    if (this.#folder === undefined)
      for (const key of await this.#objects.list(`${id}/`)) await this.#objects.delete(key);
    else await rm(join(this.#folder, id), { recursive: true, force: true });
  }
}

/** @throws DayTradeError `backup.damaged` for a line of another form */
function manifestIn(id: string, text: string): BackupManifest {
  const manifest = new Map<string, BackupFile>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sha256, stored] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (sha256 === undefined || stored === undefined) throw damaged(`${id}/${manifestName} has the line ${line}`);
    const isEncrypted = stored.endsWith(encrypted);
    manifest.set(isEncrypted ? stored.slice(0, -encrypted.length) : stored, { sha256, isEncrypted });
  }
  return manifest;
}

function storedPath(id: string, path: string, isEncrypted: boolean): string {
  return `${id}/${path}${isEncrypted ? encrypted : ''}`;
}

const bucketForm = /^s3:\/\/([^/]+)\/?(.*)$/;
const addressForm = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Opens the place of the backups and reads the key.
 * @throws DayTradeError `settings.invalid` for a bad key file, or for another address
 */
export async function openBackupPlace(
  options: BackupPlaceOptions,
): Promise<{ readonly place: BackupPlace; readonly close: () => void }> {
  const { target, keyFile, endpoint, now } = options;
  const key = keyFile === undefined ? undefined : await readBackupKey(keyFile);
  const bucket = bucketForm.exec(target);
  if (bucket !== null) {
    const objects = await openS3({ bucket: bucket[1]!, prefix: bucket[2]!, endpoint });
    return { place: new BackupPlace({ objects, key, now }), close: () => objects.close() };
  }
  if (addressForm.test(target)) {
    throw new DayTradeError('settings.invalid', `${target}: expected a folder, or s3://BUCKET/PREFIX`);
  }
  const folder = resolve(target);
  const objects = await FolderObjectStore.open({ folder, sharedAt: now() });
  return { place: new BackupPlace({ objects, folder, key, now }), close: () => undefined };
}

/** Returns the id of a backup by the time of its snapshot, milliseconds since 1970 UTC. */
export function backupId(instant: number): string {
  return new Date(instant).toISOString().replaceAll(/[-:.]/g, '');
}

export function damaged(problem: string): DayTradeError {
  return new DayTradeError('backup.damaged', `the backup is damaged: ${problem}`);
}
