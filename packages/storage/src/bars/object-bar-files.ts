import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import { exclusiveInProcess } from '../objects/exclusive.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import type { BarFiles, FileChange, SymbolFileChange } from './bar-files.ts';
import { barIntervals } from './bar-intervals.ts';
import { mapAtOnce } from './map-at-once.ts';
import { openProcessFolder } from './process-folder.ts';
import { recentBarsKey } from './recent-bars.ts';

const folderOfBars = 'bars';
const ending = '.parquet';
const recentFolder = 'recent';
/** Tries of one update before it gives up: each one that fails means that another process got its own in. */
const mostTries = 50;
/** Objects that one read fetches at a time: few, since others need connections too. */
const fetchesAtOnce = 4;

/**
 * The files as objects, `bars/1d/7203.parquet`, which several processes read and write; each keeps copies in a folder
 * of its own and fetches only what changed. A file is put in the place of the very one it was made from, so nothing
 * that another process wrote is lost.
 */
export class ObjectBarFiles implements BarFiles {
  readonly #objects: ObjectStore;
  readonly #folder: string;
  /** Version of the object that each copy is, by key. */
  readonly #copied = new Map<string, string>();
  /** Copies are fetched and replaced one after another, so that an older one never lands on a newer. */
  readonly #exclusive = exclusiveInProcess();
  #fetched = 0;

  private constructor(objects: ObjectStore, folder: string) {
    this.#objects = objects;
    this.#folder = folder;
  }

  /** @param scratch folder of this machine for the copies; nothing in it needs to outlive the process */
  static async open(objects: ObjectStore, scratch: string): Promise<ObjectBarFiles> {
    const folder = await openProcessFolder(scratch, folderOfBars);
    for (const name of [...barIntervals, recentFolder]) await mkdir(join(folder, name), { mode: 0o700 });
    return new ObjectBarFiles(objects, folder);
  }

  async symbols(interval: BarInterval): Promise<readonly string[]> {
    const prefix = `${folderOfBars}/${interval}/`;
    const keys = await this.#objects.list(prefix);
    return keys.filter((key) => key.endsWith(ending)).map((key) => key.slice(prefix.length, -ending.length));
  }

  async paths(interval: BarInterval, symbols: readonly string[]): Promise<readonly (string | undefined)[]> {
    const keys = symbols.map((symbol) => keyOf(interval, symbol));
    // One listing shows all that changed; a single symbol is asked for alone.
    const entries = await this.#objects.entries(keys.length === 1 ? keys[0]! : `${folderOfBars}/${interval}/`);
    const versions = new Map(entries.map(({ key, version }) => [key, version]));
    return await mapAtOnce(keys, fetchesAtOnce, async (key) => {
      const version = versions.get(key);
      if (version === undefined) return undefined;
      return await this.#exclusive(key, () => this.#fetch(key, version));
    });
  }

  async fault(interval: BarInterval, symbol: string): Promise<string | undefined> {
    const key = keyOf(interval, symbol);
    const entries = await this.#objects.entries(key);
    return entries.some((entry) => entry.key === key) ? undefined : `the object ${key} is missing`;
  }

  async update(interval: BarInterval, symbol: string, change: FileChange): Promise<void> {
    await this.#update(keyOf(interval, symbol), change);
  }

  async updateMany(interval: BarInterval, symbols: readonly string[], change: SymbolFileChange): Promise<void> {
    await mapAtOnce(symbols, fetchesAtOnce, async (symbol) => {
      await this.update(interval, symbol, (...args) => change(symbol, ...args));
    });
  }

  async recent(again = false): Promise<string | undefined> {
    return await this.#exclusive(recentBarsKey, async () => {
      if (again) this.#copied.delete(recentBarsKey);
      return (await this.#newest(recentBarsKey)).path;
    });
  }

  async keepAside(path: string, name: string): Promise<string> {
    const key = `${folderOfBars}/${recentFolder}/${name}`;
    await this.#objects.put(key, await readFile(path));
    return `the object ${key}`;
  }

  async updateRecent(change: FileChange): Promise<void> {
    await this.#update(recentBarsKey, change);
  }

  async #update(key: string, change: FileChange): Promise<void> {
    await this.#exclusive(key, async () => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const { path, version } = await this.#newest(key);
        const bytes = await change(path);
        if (bytes === undefined) return;
        const unfinished = await this.#write(bytes);
        const written = await this.#objects.putIf(key, bytes, version ?? null);
        if (written !== undefined) return await this.#keepCopy(key, unfinished, written);
        await rm(unfinished);
      }
      throw new DayTradeError('service.unavailable', `${key} was changed by others ${mostTries} times in a row`);
    });
  }

  async remove(interval: BarInterval, symbol: string): Promise<void> {
    const key = keyOf(interval, symbol);
    await this.#exclusive(key, async () => {
      await this.#objects.delete(key);
      await rm(this.#copyOf(key), { force: true });
      this.#copied.delete(key);
    });
  }

  scratch(): string {
    return this.#unfinished();
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #newest(key: string): Promise<{ readonly path: string | undefined; readonly version: string | undefined }> {
    const entry = (await this.#objects.entries(key)).find((found) => found.key === key);
    if (entry === undefined) return { path: undefined, version: undefined };
    const path = await this.#fetch(key, entry.version);
    return { path, version: path === undefined ? undefined : this.#copied.get(key) };
  }

  /** Makes the copy at least as new as a version; undefined when the object is gone. */
  async #fetch(key: string, version: string): Promise<string | undefined> {
    if (this.#copied.get(key) === version) return this.#copyOf(key);
    const found = await this.#objects.getVersioned(key);
    if (found === undefined) return undefined;
    await this.#keepCopy(key, await this.#write(found.bytes), found.version);
    return this.#copyOf(key);
  }

  /** Writes what is to become a copy, and says where. */
  async #write(bytes: Uint8Array): Promise<string> {
    const unfinished = this.#unfinished();
    try {
      await writeFile(unfinished, bytes, { mode: 0o600 });
    } catch (error) {
      throw unwritable(unfinished, error);
    }
    return unfinished;
  }

  /** By a rename, so that a query that reads the copy meanwhile reads the old or the new one. */
  async #keepCopy(key: string, file: string, version: string): Promise<void> {
    await rename(file, this.#copyOf(key));
    this.#copied.set(key, version);
  }

  #copyOf(key: string): string {
    return join(this.#folder, key.slice(folderOfBars.length + 1));
  }

  #unfinished(): string {
    this.#fetched += 1;
    return join(this.#folder, `unfinished-${this.#fetched}${ending}`);
  }
}

/** @throws DayTradeError `market.symbol-invalid` */
function keyOf(interval: BarInterval, symbol: string): string {
  return `${folderOfBars}/${interval}/${parseSymbol(symbol)}${ending}`;
}
