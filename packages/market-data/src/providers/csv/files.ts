import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { readRegularFile, systemReason, unreadable } from '../../tables/read-file.ts';

/** The end of the name of a file that is read. */
export const tableFile = /\.(?:(?:csv|tsv)(?:\.gz)?|parquet)$/i;

export interface CsvFile {
  readonly name: string;
  /** Name in messages and the quarantine, with the folder's name: `daily/7203.T.csv`. */
  readonly file: string;
}

export interface CsvListing {
  /** In the order of their names, without the symbols file. */
  readonly files: readonly CsvFile[];
  /** True where one file was named, which is refused rather than passed over when it is not named like a symbol. */
  readonly oneFile: boolean;
  /** Names of what else is there, for the message when there is no CSV file. */
  readonly others?: readonly string[];
}

export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** CSV files in a folder of this machine, or uploaded. */
export interface CsvFiles {
  /** Name of the whole in messages, for example the path of the folder. */
  readonly place: string;
  /**
   * Looks what there is; before anything is read.
   *
   * @throws DayTradeError `data.folder-unreadable`, `data.folder-refused`
   */
  list(): Promise<CsvListing>;
  /** @throws DayTradeError `data.file-unreadable`; `data.provider-failed`, which may be tried again */
  read(file: CsvFile): Promise<Uint8Array>;
  /** Reads the file with the columns symbol,name,group,sector; undefined without one. Throws as {@link read}. */
  readSymbols(): Promise<NamedBytes | undefined>;
}

export interface FolderFilesOptions {
  /** A folder with one CSV file a symbol (7203.T.csv, 7203.csv or 72030.csv), or one such file. */
  readonly folder: string;
  /** A file with the columns symbol,name,group,sector; default: `symbols.csv` in the folder or in the one above. */
  readonly symbolsFile?: string | undefined;
  /** Nothing outside of this folder is read, wherever a symbolic link leads; default: anything may be read. */
  readonly root?: string | undefined;
  /** Owner of the folder in messages; default: `this machine`. */
  readonly machine?: string | undefined;
}

const symbolsName = 'symbols.csv';

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
        { cause: error },
      );
    }
  }

  async read({ name, file }: CsvFile): Promise<Uint8Array> {
    return await this.#bytes(join(this.#folder, name), file, 'folder');
  }

  async readSymbols(): Promise<NamedBytes | undefined> {
    const given = this.#options.symbolsFile;
    if (given !== undefined) {
      return { file: given, bytes: await this.#bytes(resolve(given), given, 'symbolsFile') };
    }
    for (const path of [join(this.#folder, symbolsName), join(dirname(this.#folder), symbolsName)]) {
      const bytes = await this.#bytes(path, path, 'symbolsFile').catch(() => undefined);
      if (bytes !== undefined) return { file: path, bytes };
    }
    return undefined;
  }

  /** The path to open in place of one that was asked for. */
  async #allowed(field: string, path: string): Promise<string> {
    return this.#root === undefined ? path : await this.#root.resolve(field, path);
  }

  async #bytes(path: string, file: string, field: string): Promise<Uint8Array> {
    let allowed: string;
    try {
      allowed = await this.#allowed(field, path);
    } catch (error) {
      if (error instanceof DayTradeError) throw error;
      throw unreadable(file, systemReason(error), error);
    }
    return await readRegularFile(allowed, file);
  }
}

function isBarFile(name: string): boolean {
  return tableFile.test(name) && name !== symbolsName;
}

/**
 * The one folder whose files may be read. Paths outside are refused with the same words whether they exist or not, also
 * where a symbolic link leads there.
 */
class ImportRoot {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  /**
   * The path without symbolic links, which is the one to open.
   *
   * @param field for the message: `folder` or `symbolsFile`
   * @throws DayTradeError `data.folder-refused` outside of the root; the system's error where nothing is at a path
   * inside
   */
  async resolve(field: string, path: string): Promise<string> {
    if (!isWithin(this.#root, resolve(path))) throw this.#refused(field, path);
    const [root, real] = await Promise.all([realpath(this.#root), realpath(path)]);
    if (!isWithin(root, real)) throw this.#refused(field, path);
    return real;
  }

  #refused(field: string, path: string): DayTradeError {
    return new DayTradeError(
      'data.folder-refused',
      `${field}: ${path} is outside of ${this.#root}, the only folder that is read here (DAYTRADE_IMPORT_ROOT)`,
    );
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

/**
 * Returns the table of a parquet file as text: tabs between the fields, and a header line.
 *
 * @throws DayTradeError `data.bars-damaged` for another file, or a longer text
 */
export type TableText = (file: Uint8Array, mostCharacters: number) => Promise<string>;
