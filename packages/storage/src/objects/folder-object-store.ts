import type { BigIntStats } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { threadId } from 'node:worker_threads';
import { unwritable } from '../state-folder/unwritable.ts';
import { durableRename } from './durable-rename.ts';
import { exclusiveInProcess } from './exclusive.ts';
import { checkObjectKey, type ObjectEntry, ObjectStore, type VersionedObject } from './object-store.ts';

/** Folder of unfinished files; no key begins with a dot. */
const unfinishedFolder = '.unfinished';
/** Age at which an unfinished file in a shared folder counts as left by a crash. */
const unfinishedMilliseconds = 86_400_000;

/** Number of files written by this process, for unique names in a shared folder. */
let written = 0;

export interface FolderObjectStoreOptions {
  readonly folder: string;
  /** The time, milliseconds since 1970 UTC, if several processes write different objects in the folder. */
  readonly sharedAt?: number;
}

/** An object store in a folder, one file per object. */
export class FolderObjectStore extends ObjectStore {
  readonly #folder: string;
  readonly #exclusive = exclusiveInProcess();

  private constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  /**
   * Opens the folder and removes unfinished files of a crash. The first write creates a missing shared folder, since
   * some processes may only read.
   */
  static async open({ folder, sharedAt }: FolderObjectStoreOptions): Promise<FolderObjectStore> {
    const unfinished = join(folder, unfinishedFolder);
    if (sharedAt === undefined) {
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true, mode: 0o700 });
    } else await removeOlderThan(unfinished, sharedAt - unfinishedMilliseconds);
    return new FolderObjectStore(folder);
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const target = this.#path(key);
    await this.#exclusive(key, () => this.#write(target, bytes));
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    const target = this.#path(key);
    return await this.#exclusive(key, async () => {
      const found = await absentAsUndefined(stat(target, { bigint: true }));
      if ((found === undefined ? null : versionOf(found)) !== expected) return undefined;
      await this.#write(target, bytes);
      return versionOf(await stat(target, { bigint: true }));
    });
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    await using file = await absentAsUndefined(open(this.#path(key)));
    // A finished file never changes, so the bytes and version of an open one match.
    const stats = await file?.stat({ bigint: true });
    return file && stats?.isFile() ? { bytes: await file.readFile(), version: versionOf(stats) } : undefined;
  }

  override async list(prefix: string): Promise<readonly string[]> {
    // Lists only the folder that contains all keys of the prefix.
    const parts = prefix.split('/').slice(0, -1);
    if (parts.some((part) => part.startsWith('.'))) return [];
    const folder = join(this.#folder, ...parts);
    const entries = await absentAsUndefined(readdir(folder, { recursive: true, withFileTypes: true }));
    return (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((key) => key.startsWith(prefix) && !key.startsWith(`${unfinishedFolder}/`))
      .sort();
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const keys = await this.list(prefix);
    const entries = await Promise.all(
      keys.map(async (key) => {
        const found = await absentAsUndefined(stat(this.#path(key), { bigint: true }));
        return found && { key, version: versionOf(found), updatedAt: Number(found.mtimeMs) };
      }),
    );
    return entries.filter((entry) => entry !== undefined);
  }

  async delete(key: string): Promise<void> {
    const target = this.#path(key);
    await this.#exclusive(key, () => rm(target, { force: true }));
  }

  #path(key: string): string {
    return join(this.#folder, ...checkObjectKey(key).split('/'));
  }

  async #write(target: string, bytes: Uint8Array): Promise<void> {
    written += 1;
    const name = `${hostname()}-${process.pid}-${threadId}-${written}`;
    const unfinished = join(this.#folder, unfinishedFolder, name);
    try {
      for (const path of [unfinished, target]) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await durableRename(unfinished, target);
    } catch (error) {
      throw unwritable(target, error);
    }
  }
}

/** Returns the version: every write makes a new file, so inode and time differ, even at equal size. */
function versionOf({ ino, mtimeNs, size }: BigIntStats): string {
  return `${ino}-${mtimeNs}-${size}`;
}

async function absentAsUndefined<Found>(found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function removeOlderThan(folder: string, instant: number): Promise<void> {
  for (const name of (await absentAsUndefined(readdir(folder))) ?? []) {
    const found = await absentAsUndefined(stat(join(folder, name)));
    // A process without the right to write leaves it.
    if (found !== undefined && found.mtimeMs < instant) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}
