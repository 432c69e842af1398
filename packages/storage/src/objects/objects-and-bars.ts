import { FolderObjectStore } from './folder-object-store.ts';
import { type ObjectEntry, ObjectStore, type VersionedObject } from './object-store.ts';

const barsPrefix = 'bars/';
/** Files of bars; others in their folder are being written or damaged. */
const barFile = /^bars\/(?:daily|5-minute)\//;

/** The objects of a state folder together with the bar files, which have a folder of their own. */
export class ObjectsAndBars extends ObjectStore {
  readonly #objects: ObjectStore;
  readonly #barFolder: string;
  #bars: Promise<ObjectStore> | undefined;

  constructor(objects: ObjectStore, barFolder: string) {
    super();
    this.#objects = objects;
    this.#barFolder = barFolder;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await (await this.#of(key)).put(within(key), bytes);
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    return await (await this.#of(key)).putIf(within(key), bytes, expected);
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    return await (await this.#of(key)).getVersioned(within(key));
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    const bars = await (await this.#of(barsPrefix)).entries('');
    const named = bars.map((entry) => ({ ...entry, key: `${barsPrefix}${entry.key}` }));
    const found = named.filter(({ key }) => barFile.test(key) && key.startsWith(prefix));
    return [...(await this.#objects.entries(prefix)), ...found].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async delete(key: string): Promise<void> {
    await (await this.#of(key)).delete(within(key));
  }

  /** Opens the bar files on demand, for backups. */
  async #of(key: string): Promise<ObjectStore> {
    if (!key.startsWith(barsPrefix)) return this.#objects;
    this.#bars ??= FolderObjectStore.open({ folder: this.#barFolder });
    return await this.#bars;
  }
}

function within(key: string): string {
  return key.startsWith(barsPrefix) ? key.slice(barsPrefix.length) : key;
}
