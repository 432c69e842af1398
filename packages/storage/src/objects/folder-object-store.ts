import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { threadId } from 'node:worker_threads';
import { unwritable } from '../state-folder/unwritable.ts';
import { durableRename } from './durable-rename.ts';
import { checkObjectKey, type ObjectStore } from './object-store.ts';

/** Files being written; the dot keeps the name apart from every key. */
const unfinishedFolder = '.unfinished';

/** An object store in a folder of one machine, one file an object. One process uses it at a time. */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string;
  #written = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, makes it where it is missing, and removes what a crash left half written. */
  static async open(options: { readonly folder: string }): Promise<FolderObjectStore> {
    const unfinished = join(options.folder, unfinishedFolder);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    return new FolderObjectStore(options.folder);
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const target = this.#path(key);
    this.#written += 1;
    const unfinished = join(this.#folder, unfinishedFolder, `${threadId}-${this.#written}`);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await durableRename(unfinished, target);
    } catch (error) {
      throw unwritable(target, error);
    }
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#path(key));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  async list(prefix: string): Promise<readonly string[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((key) => key.startsWith(prefix) && !key.startsWith(`${unfinishedFolder}/`))
      .sort();
  }

  async delete(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  #path(key: string): string {
    return join(this.#folder, ...checkObjectKey(key).split('/'));
  }
}
