import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import type { CsvFile, CsvFiles, CsvListing, NamedBytes } from './csv-files.ts';
import { unreadable } from './decode-text.ts';
import { ImportRoot } from './import-root.ts';

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

/** Codes of system errors that pass by themselves. */
const passing = new Set(['EAGAIN', 'EBUSY', 'EMFILE', 'ENFILE', 'ETIMEDOUT']);

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

  async list(): Promise<CsvListing> {
    try {
      const allowed = await this.#allowed('folder', this.place);
      const oneFile = (await stat(allowed)).isFile();
      this.#folder = oneFile ? dirname(this.place) : this.place;
      const names = oneFile ? [basename(this.place)] : (await readdir(allowed)).filter(isBarFile).sort();
      return { oneFile, files: names.map((name) => ({ name, file: `${basename(this.#folder)}/${name}` })) };
    } catch (error) {
      if (error instanceof DayTradeError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const machine = this.#options.machine ?? 'this machine';
      throw new DayTradeError(
        'data.folder-unreadable',
        `folder: ${this.place} cannot be read on ${machine}: ${reason}`,
        { details: { field: 'folder', value: this.place, machine }, cause: error },
      );
    }
  }

  async read({ name, file }: CsvFile): Promise<Uint8Array> {
    return await this.#bytes(join(this.#folder, name), file);
  }

  async readSymbols(): Promise<NamedBytes | undefined> {
    const given = this.#options.symbolsFile;
    if (given !== undefined) return { file: given, bytes: await this.#bytes(resolve(given), given, 'symbolsFile') };
    for (const path of [join(this.#folder, symbolsName), join(dirname(this.#folder), symbolsName)]) {
      const bytes = await this.#allowed('symbolsFile', path)
        .then((allowed) => readFile(allowed))
        .catch(() => undefined);
      if (bytes !== undefined) return { file: path, bytes };
    }
    return undefined;
  }

  /** The path to open in place of one that was asked for. */
  async #allowed(field: string, path: string): Promise<string> {
    return this.#root === undefined ? path : await this.#root.resolve(field, path);
  }

  async #bytes(path: string, file: string, field = 'folder'): Promise<Uint8Array> {
    try {
      return await readFile(await this.#allowed(field, path));
    } catch (error) {
      if (error instanceof DayTradeError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (!passing.has((error as NodeJS.ErrnoException).code ?? '')) throw unreadable(file, reason, error);
      throw new DayTradeError('data.provider-failed', `${file}: ${reason}`, { details: { file }, cause: error });
    }
  }
}

function isBarFile(name: string): boolean {
  return name.toLowerCase().endsWith('.csv') && name !== symbolsName;
}
