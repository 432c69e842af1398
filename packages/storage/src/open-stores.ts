import { openFolderBars } from './bars/bar-store.ts';
import { FolderObjectStore } from './objects/folder-object-store.ts';
import type { ObjectEntry, ObjectStore, VersionedObject } from './objects/object-store.ts';
import { finishRestore } from './state-folder/restored-state.ts';
import { StateFolder, type StateFolderOptions } from './state-folder/state-folder.ts';
import { type StoredFiles, type Stores, storesOn } from './stores.ts';

export interface OpenStoresOptions extends Omit<StateFolderOptions, 'path'> {
  readonly folder: string;
  /** Receives a message with the new place of a damaged bar file. */
  readonly onSetAside?: ((message: string) => void) | undefined;
}

/**
 * Locks the state folder and opens all stores in it, for one process on one machine.
 *
 * @throws DayTradeError `state.locked` with the pid of the process that uses the folder; `state.unwritable`;
 *   `state.damaged`
 */
export async function openStores({ folder: path, onSetAside, ...options }: OpenStoresOptions): Promise<Stores> {
  await using opening = new AsyncDisposableStack();
  const folder = await StateFolder.open({ path, ...options });
  opening.defer(() => folder.close());
  await finishRestore(folder);
  const { openPGliteDatabase } = await import('./database/pglite/open.ts');
  const database = await openPGliteDatabase(folder.join('database'));
  opening.defer(() => database.close());
  const bars = await openFolderBars(folder.join('bars'), onSetAside);
  opening.defer(() => bars.close());
  const objects = await FolderObjectStore.open({ folder: folder.join('objects') });
  const files = new ObjectsAndBars(objects, folder.join('bars'));
  const opened = opening.move();
  return storesOn({ database, bars, objects, files, alone: true, close: () => opened.disposeAsync() });
}

const barsPrefix = 'bars/';
/** Files of bars; others in their folder are being written or damaged. */
const barFile = /^bars\/(?:daily|5-minute)\//;

/** The objects of a state folder together with the bar files, which have a folder of their own. */
class ObjectsAndBars implements StoredFiles {
  readonly #objects: ObjectStore;
  readonly #barFolder: string;
  #bars: Promise<ObjectStore> | undefined;

  constructor(objects: ObjectStore, barFolder: string) {
    this.#objects = objects;
    this.#barFolder = barFolder;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await (await this.#of(key)).put(within(key), bytes);
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    return await (await this.#of(key)).getVersioned(within(key));
  }

  async entries(): Promise<readonly ObjectEntry[]> {
    const bars = await (await this.#of(barsPrefix)).entries('');
    const named = bars.map((entry) => ({ ...entry, key: `${barsPrefix}${entry.key}` }));
    return [...(await this.#objects.entries('')), ...named.filter(({ key }) => barFile.test(key))];
  }

  async #of(key: string): Promise<ObjectStore> {
    if (!key.startsWith(barsPrefix)) return this.#objects;
    this.#bars ??= FolderObjectStore.open({ folder: this.#barFolder });
    return await this.#bars;
  }
}

function within(key: string): string {
  return key.startsWith(barsPrefix) ? key.slice(barsPrefix.length) : key;
}
