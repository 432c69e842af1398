import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { type CsvFile, type CsvFiles, type CsvListing, type NamedBytes, tableFile } from './csv-files.ts';
import { unreadable } from './file-error.ts';
import { ImportRoot } from './import-root.ts';
import { readRegularFile, unlessAborted } from './read-regular-file.ts';
import { systemReason } from './system-reason.ts';

export interface FolderFilesOptions {
  /** A folder with one CSV file a symbol (7203.T.csv, 7203.csv or 72030.csv), or one such file. */
  readonly folder: string;
  /** A file with the columns symbol,name,group,sector; default: `symbols.csv` in the folder or in the one above. */
  readonly symbolsFile?: string | undefined;
  /** Nothing outside of this folder is read, wherever a symbolic link leads; default: anything may be read. */
  readonly root?: string | undefined;
  /** Whose folder it is, for the message when it cannot be read; default: `this machine`. */
  readonly machine?: string | undefined;
}

/** How the file of symbols is named beside those of bars. */
const symbolsName = 'symbols.csv';

/** CSV files of a folder. */
export class FolderFiles implements CsvFiles {
  readonly place: string;
  readonly #options: FolderFilesOptions;
  readonly #root: ImportRoot | undefined;
  /** The folder, also where one file of it was named. */
  #folder: string;

  constructor(options: FolderFilesOptions) {
    this.#options = options;
    this.place = resolve(options.folder);
    this.#folder = this.place;
    this.#root = options.root === undefined ? undefined : new ImportRoot(options.root);
  }

  async list(signal?: AbortSignal): Promise<CsvListing> {
    return await unlessAborted(this.#list(), signal);
  }

  async #list(): Promise<CsvListing> {
    try {
      const allowed = await this.#allowed('folder', this.place);
      const oneFile = (await stat(allowed)).isFile();
      this.#folder = oneFile ? dirname(this.place) : this.place;
      const found = oneFile ? [basename(this.place)] : (await readdir(allowed)).sort();
      const names = oneFile ? found : found.filter(isBarFile);
      const files = names.map((name) => ({ name, file: `${basename(this.#folder)}/${name}` }));
      return { oneFile, files, others: found.filter((name) => !names.includes(name)) };
    } catch (error) {
      if (error instanceof DayTradeError) throw error;
      const reason = systemReason(error);
      const machine = this.#options.machine ?? 'this machine';
      throw new DayTradeError(
        'data.folder-unreadable',
        `folder: ${this.place} cannot be read on ${machine}: ${reason}`,
        { details: { field: 'folder', value: this.place, machine }, cause: error },
      );
    }
  }

  async read({ name, file }: CsvFile, signal?: AbortSignal): Promise<Uint8Array> {
    return await this.#bytes(join(this.#folder, name), file, 'folder', signal);
  }

  async readSymbols(signal?: AbortSignal): Promise<NamedBytes | undefined> {
    const given = this.#options.symbolsFile;
    if (given !== undefined) {
      return { file: given, bytes: await this.#bytes(resolve(given), given, 'symbolsFile', signal) };
    }
    for (const path of [join(this.#folder, symbolsName), join(dirname(this.#folder), symbolsName)]) {
      const bytes = await this.#bytes(path, path, 'symbolsFile', signal).catch(() => undefined);
      signal?.throwIfAborted();
      if (bytes !== undefined) return { file: path, bytes };
    }
    return undefined;
  }

  /** The path to open in place of one that was asked for. */
  async #allowed(field: string, path: string): Promise<string> {
    return this.#root === undefined ? path : await this.#root.resolve(field, path);
  }

  async #bytes(path: string, file: string, field: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
    let allowed: string;
    try {
      allowed = await unlessAborted(this.#allowed(field, path), signal);
    } catch (error) {
      if (error instanceof DayTradeError || signal?.aborted === true) throw error;
      throw unreadable(file, systemReason(error), error);
    }
    return await readRegularFile(allowed, file, signal);
  }
}

function isBarFile(name: string): boolean {
  return tableFile.test(name) && name !== symbolsName;
}
