import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import { parseSymbol } from '@daytrade/market';
import { durableRename, type FinishedFile, renameFinished, writeSynced } from '../objects/durable-rename.ts';
import { exclusiveInProcess } from '../objects/exclusive.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import type { BarFiles, FileChange, SymbolFileChange } from './bar-files.ts';
import { barIntervals } from './bar-intervals.ts';
import { footerFault } from './footer-fault.ts';
import { mapAtOnce } from './map-at-once.ts';

const unfinishedFolder = 'unfinished';
const recentFolder = 'recent';
const ending = '.parquet';
/** Files that are written at a time: most of it is waiting for the disk. */
const writesAtOnce = 8;

/**
 * The files in a folder, `1d/7203.parquet`. A file is replaced by a rename, so a crash at any moment leaves the old or
 * the new one. One process uses the folder at a time (see `StateFolder`).
 */
export class FolderBarFiles implements BarFiles {
  readonly #folder: string;
  /** Changes of the newest bars go one after another: files of several symbols are made at a time. */
  readonly #exclusive = exclusiveInProcess();
  #scratched = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, makes it where it is missing, and removes what a crash left half written. */
  static async open(folder: string): Promise<FolderBarFiles> {
    await rm(join(folder, unfinishedFolder), { recursive: true, force: true });
    for (const name of [...barIntervals, recentFolder, unfinishedFolder]) {
      await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    }
    return new FolderBarFiles(folder);
  }

  async symbols(interval: BarInterval): Promise<readonly string[]> {
    const names = await readdir(join(this.#folder, interval));
    return names
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .sort();
  }

  async paths(interval: BarInterval, symbols: readonly string[]): Promise<readonly (string | undefined)[]> {
    return symbols.map((symbol) => existing(this.#path(interval, symbol)));
  }

  async fault(interval: BarInterval, symbol: string): Promise<string | undefined> {
    return await footerFault(this.#path(interval, symbol));
  }

  async update(interval: BarInterval, symbol: string, change: FileChange): Promise<void> {
    await this.updateMany(interval, [symbol], (_, ...args) => change(...args));
  }

  async updateMany(interval: BarInterval, symbols: readonly string[], change: SymbolFileChange): Promise<void> {
    const changed = await mapAtOnce(symbols, writesAtOnce, async (symbol) => {
      const path = this.#path(interval, symbol);
      return await this.#prepare(path, `${interval}-${symbol}`, (...args) => change(symbol, ...args));
    });
    await putInPlace(changed.filter((each) => each !== undefined));
  }

  async recent(): Promise<string | undefined> {
    return existing(this.#recent);
  }

  async updateRecent(change: FileChange): Promise<void> {
    await this.#exclusive(recentFolder, async () => {
      const changed = await this.#prepare(this.#recent, 'recent', change);
      if (changed !== undefined) await putInPlace([changed]);
    });
  }

  async keepAside(path: string, name: string): Promise<string> {
    const kept = join(this.#folder, recentFolder, name);
    const unfinished = join(this.#folder, unfinishedFolder, name);
    try {
      await copyFile(path, unfinished);
      await durableRename(unfinished, kept);
    } catch (error) {
      throw unwritable(kept, error);
    }
    return kept;
  }

  async remove(interval: BarInterval, symbol: string): Promise<void> {
    const path = this.#path(interval, symbol);
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  scratch(): string {
    this.#scratched += 1;
    return join(this.#folder, unfinishedFolder, `scratch-${this.#scratched}${ending}`);
  }

  async close(): Promise<void> {}

  get #recent(): string {
    return join(this.#folder, recentFolder, `1d${ending}`);
  }

  /** Has the new file of a path written and on the disk, though not yet in its place; undefined without a change. */
  async #prepare(path: string, name: string, change: FileChange): Promise<FinishedFile | undefined> {
    const finished = join(this.#folder, unfinishedFolder, `${name}${ending}`);
    try {
      const bytes = await change(existing(path));
      if (bytes === undefined) return undefined;
      await writeSynced(finished, bytes);
      return { finished, target: path };
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** @throws DayTradeError `market.symbol-invalid`, so that no symbol leads out of the folder */
  #path(interval: BarInterval, symbol: string): string {
    return join(this.#folder, interval, `${parseSymbol(symbol)}${ending}`);
  }
}

/** By renames, whose folder is on the disk once for all of them. */
async function putInPlace(files: readonly FinishedFile[]): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  try {
    await renameFinished(files);
  } catch (error) {
    throw unwritable(first.target, error);
  }
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
