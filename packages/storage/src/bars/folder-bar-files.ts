import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import { durableRename, type FinishedFile, renameFinished, writeSynced } from '../objects/durable-rename.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import { type BarFiles, ending, type PartitionChange, type PartitionFile } from './bar-files.ts';
import { barIntervals } from './columns.ts';
import { layouts } from './partitions.ts';

const unfinishedFolder = 'unfinished';
const damagedFolder = 'damaged';

/**
 * The files in a folder, `daily/2025.parquet`. A file is replaced by a rename, so a crash at any moment leaves the old
 * or the new one. One process uses the folder at a time (see `StateFolder`).
 */
export class FolderBarFiles implements BarFiles {
  readonly #folder: string;
  /** Ends when the files of an update are in place: readers see all of them or none. */
  #renames: Promise<void> = Promise.resolve();
  #scratched = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, makes it if it is missing, and removes what a crash left half written. */
  static async open(folder: string): Promise<FolderBarFiles> {
    await rm(join(folder, unfinishedFolder), { recursive: true, force: true });
    for (const name of [...barIntervals.map((interval) => layouts[interval].folder), unfinishedFolder]) {
      await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    }
    return new FolderBarFiles(folder);
  }

  async list(interval: BarInterval, isWanted: (partition: string) => boolean = () => true) {
    await this.#renames;
    const { folder, name } = layouts[interval];
    const files = await readdir(join(this.#folder, folder));
    const partitions = files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
    return partitions
      .filter((partition) => name.test(partition) && isWanted(partition))
      .sort()
      .map((partition): PartitionFile => ({ partition, path: this.#path(interval, partition) }));
  }

  async update(interval: BarInterval, partitions: readonly string[], change: PartitionChange): Promise<void> {
    const finished: FinishedFile[] = [];
    for (const partition of partitions) {
      const target = this.#path(interval, partition);
      try {
        const bytes = await change(partition, existsSync(target) ? target : undefined);
        if (bytes === undefined) continue;
        const file = join(this.#folder, unfinishedFolder, `${layouts[interval].folder}-${partition}${ending}`);
        await writeSynced(file, bytes);
        finished.push({ finished: file, target });
      } catch (error) {
        throw unwritable(target, error);
      }
    }
    this.#renames = putInPlace(finished);
    await this.#renames;
  }

  async keepDamaged(path: string, name: string): Promise<string> {
    const kept = join(this.#folder, damagedFolder, name);
    const unfinished = join(this.#folder, unfinishedFolder, name);
    try {
      await mkdir(join(this.#folder, damagedFolder), { recursive: true, mode: 0o700 });
      await copyFile(path, unfinished);
      await durableRename(unfinished, kept);
    } catch (error) {
      throw unwritable(kept, error);
    }
    return kept;
  }

  scratch(): string {
    this.#scratched += 1;
    return join(this.#folder, unfinishedFolder, `scratch-${this.#scratched}${ending}`);
  }

  async close(): Promise<void> {}

  #path(interval: BarInterval, partition: string): string {
    return join(this.#folder, layouts[interval].folder, `${partition}${ending}`);
  }
}

async function putInPlace(finished: readonly FinishedFile[]): Promise<void> {
  try {
    await renameFinished(finished);
  } catch (error) {
    throw unwritable(finished[0]!.target, error);
  }
}
