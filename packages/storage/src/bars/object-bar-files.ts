import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { exclusiveInProcess } from '../objects/exclusive.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import { type BarFiles, ending, type PartitionChange, type PartitionFile } from './bar-files.ts';
import { barIntervals } from './columns.ts';
import { mapAtOnce } from './map-at-once.ts';
import { layouts } from './partitions.ts';
import { openProcessFolder } from './process-folder.ts';

const folderOfBars = 'bars';
/** Attempts of one update; each one that fails means that another process got its own in. */
const mostAttempts = 50;
/** Objects that one read fetches at a time: few, since others need connections too. */
const fetchesAtOnce = 4;

/**
 * The files as objects, `bars/daily/2025.parquet`, which several processes read and write. Each process keeps copies
 * in a folder of its own and fetches only what changed. A merge replaces the version that it read, so nothing that
 * another process wrote is lost.
 */
export class ObjectBarFiles implements BarFiles {
  readonly #objects: ObjectStore;
  readonly #folder: string;
  /** Version of the object that each copy is, by key. */
  readonly #copied = new Map<string, string>();
  /** Copies of one object are fetched and replaced one after another: an older one never replaces a newer. */
  readonly #exclusive = exclusiveInProcess();
  #scratched = 0;

  private constructor(objects: ObjectStore, folder: string) {
    this.#objects = objects;
    this.#folder = folder;
  }

  /** @param scratch folder of this machine for the copies; nothing in it needs to outlive the process */
  static async open(objects: ObjectStore, scratch: string): Promise<ObjectBarFiles> {
    const folder = await openProcessFolder(scratch, folderOfBars);
    for (const interval of barIntervals) await mkdir(join(folder, layouts[interval].folder), { mode: 0o700 });
    return new ObjectBarFiles(objects, folder);
  }

  async list(interval: BarInterval, isWanted: (partition: string) => boolean = () => true) {
    const { folder, name } = layouts[interval];
    const prefix = `${folderOfBars}/${folder}/`;
    const wanted = (await this.#objects.entries(prefix)).filter(({ key }) => {
      const partition = basename(key, ending);
      return key.endsWith(ending) && name.test(partition) && isWanted(partition);
    });
    const files = await mapAtOnce(wanted, fetchesAtOnce, async ({ key, version }) => {
      const path = await this.#exclusive(key, () => this.#fetch(key, version));
      return path === undefined ? [] : [{ partition: basename(key, ending), path } satisfies PartitionFile];
    });
    return files.flat();
  }

  async update(interval: BarInterval, partitions: readonly string[], change: PartitionChange): Promise<void> {
    for (const partition of partitions) {
      const key = `${folderOfBars}/${layouts[interval].folder}/${partition}${ending}`;
      await this.#exclusive(key, () => this.#update(key, (current) => change(partition, current)));
    }
  }

  async #update(key: string, change: (current: string | undefined) => Promise<Uint8Array | undefined>): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const entry = (await this.#objects.entries(key)).find((found) => found.key === key);
      const path = entry && (await this.#fetch(key, entry.version));
      const bytes = await change(path);
      if (bytes === undefined) return;
      const version = path === undefined ? null : this.#copied.get(key)!;
      const written = await this.#objects.putIf(key, bytes, version);
      if (written !== undefined) return await this.#keepCopy(key, bytes, written);
    }
    throw new DayTradeError('service.unavailable', `${key} was changed by others ${mostAttempts} times in a row`);
  }

  async keepDamaged(path: string, name: string): Promise<string> {
    const key = `${folderOfBars}/damaged/${name}`;
    await this.#objects.put(key, await readFile(path));
    return `the object ${key}`;
  }

  scratch(): string {
    this.#scratched += 1;
    return join(this.#folder, `scratch-${this.#scratched}${ending}`);
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Makes the copy at least as new as a version; undefined when the object is gone. */
  async #fetch(key: string, version: string): Promise<string | undefined> {
    if (this.#copied.get(key) === version) return this.#copyOf(key);
    const found = await this.#objects.getVersioned(key);
    if (found === undefined) return undefined;
    await this.#keepCopy(key, found.bytes, found.version);
    return this.#copyOf(key);
  }

  /** Replaces the copy by a rename: a query that has it open reads on in the old one. */
  async #keepCopy(key: string, bytes: Uint8Array, version: string): Promise<void> {
    const unfinished = this.scratch();
    await write(unfinished, bytes);
    await rename(unfinished, this.#copyOf(key));
    this.#copied.set(key, version);
  }

  #copyOf(key: string): string {
    return join(this.#folder, key.slice(folderOfBars.length + 1));
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { mode: 0o600 });
  } catch (error) {
    throw unwritable(path, error);
  }
}
