import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { PriceBasis } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { lotSize, parseSymbol } from '@daytrade/market';
import type { BarProvider, BarSource, PassedOver, SourceList, SourceRows } from '../provider.ts';
import { parseBarFile } from './bar-file.ts';
import { decodeText, unreadable } from './decode-text.ts';
import { parseSymbolTable, type SymbolTableEntry } from './symbol-table.ts';

export interface CsvFolderOptions {
  /** A folder with one CSV file a symbol (7203.T.csv, 7203.csv or 72030.csv), or one such file. */
  readonly folder: string;
  /** A file with the columns symbol,name,group,sector; default: `symbols.csv` in the folder or in the one above. */
  readonly symbolsFile?: string | undefined;
  /**
   * What the prices are; default: recognised from the header and the tick grid. 'fully-adjusted' adds the dividends back to the
   * prices of files with an `adjclose` column, as `parseBarFile` says.
   */
  readonly priceBasis?: PriceBasis | undefined;
}

/** Codes of system errors that pass by themselves. */
const passing = new Set(['EAGAIN', 'EBUSY', 'EMFILE', 'ENFILE', 'ETIMEDOUT']);

/** Bars from CSV files. See `recogniseHeader` for the formats. */
export class CsvFolderProvider implements BarProvider {
  readonly name = 'csv';
  readonly synthetic = false;
  readonly #options: CsvFolderOptions;
  readonly #folder: string;
  #symbols: Promise<ReadonlyMap<string, SymbolTableEntry>> | undefined;
  /** Path of each source, by the name that messages use. */
  readonly #paths = new Map<string, string>();

  constructor(options: CsvFolderOptions) {
    this.#options = options;
    this.#folder = resolve(options.folder);
  }

  async list(): Promise<SourceList> {
    const found = await this.#names();
    const sources: BarSource[] = [];
    const skipped: PassedOver[] = [];
    for (const { path, named } of found) {
      const file = `${basename(dirname(path))}/${basename(path)}`;
      const symbol = symbolOfFile(path);
      if (symbol !== undefined) {
        this.#paths.set(file, path);
        sources.push({ symbol, file });
      } else if (named) throw unreadable(file, notASymbol(path));
      else skipped.push({ file, message: `${file}: ${notASymbol(path)}` });
    }
    if (sources.length === 0) throw this.#nothingToRead(skipped);
    this.#symbols = this.#readSymbols();
    await this.#symbols;
    return { sources, skipped };
  }

  async read(source: BarSource): Promise<SourceRows> {
    const path = this.#paths.get(source.file);
    if (path === undefined) throw unreadable(source.file, 'the provider did not list this file');
    const bytes = await this.#bytes(path, source.file);
    const rows = parseBarFile(decodeText(bytes, source.file), source.file, this.#options.priceBasis);
    const entry = (await this.#symbols)?.get(source.symbol);
    return {
      ...rows,
      file: source.file,
      master: {
        symbol: source.symbol,
        name: entry?.name || source.symbol,
        sector: entry?.sector ?? null,
        sizeGroup: entry?.sizeGroup ?? null,
        tickTable: entry?.tickTable ?? 'standard',
        lot: lotSize(source.symbol),
        synthetic: false,
        sharesOutstanding: null,
      },
    };
  }

  /** CSV files of the folder in the order of their names, without the symbols file; or the one file that was named. */
  async #names(): Promise<readonly { readonly path: string; readonly named: boolean }[]> {
    try {
      if ((await stat(this.#folder)).isFile()) return [{ path: this.#folder, named: true }];
      const names = await readdir(this.#folder);
      return names
        .filter((name) => name.toLowerCase().endsWith('.csv') && name !== 'symbols.csv')
        .sort()
        .map((name) => ({ path: join(this.#folder, name), named: false }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DayTradeError('data.folder-unreadable', `folder: ${this.#folder} cannot be read: ${reason}`, {
        details: { field: 'folder', value: this.#folder },
        cause: error,
      });
    }
  }

  #nothingToRead(skipped: readonly PassedOver[]): DayTradeError {
    const found =
      skipped.length === 0
        ? 'there is no CSV file'
        : skipped
            .slice(0, 3)
            .map(({ message }) => message)
            .join('; ');
    return new DayTradeError(
      'data.folder-unreadable',
      `folder: expected CSV files named as 7203.T.csv, 7203.csv or 72030.csv in ${this.#folder}; ${found}`,
      { details: { field: 'folder', value: this.#folder, skipped: skipped.length } },
    );
  }

  async #readSymbols(): Promise<ReadonlyMap<string, SymbolTableEntry>> {
    const given = this.#options.symbolsFile;
    if (given !== undefined)
      return parseSymbolTable(decodeText(await this.#bytes(resolve(given), given), given), given);
    const folder = (await stat(this.#folder)).isFile() ? dirname(this.#folder) : this.#folder;
    for (const path of [join(folder, 'symbols.csv'), join(dirname(folder), 'symbols.csv')]) {
      const bytes = await readFile(path).catch(() => undefined);
      if (bytes !== undefined) return parseSymbolTable(decodeText(bytes, path), path);
    }
    return new Map();
  }

  async #bytes(path: string, file: string): Promise<Uint8Array> {
    try {
      return await readFile(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!passing.has((error as NodeJS.ErrnoException).code ?? '')) throw unreadable(file, reason, error);
      throw new DayTradeError('data.provider-failed', `${file}: ${reason}`, { details: { file }, cause: error });
    }
  }
}

function symbolOfFile(path: string): string | undefined {
  try {
    return parseSymbol(stem(path));
  } catch {
    return undefined;
  }
}

function notASymbol(path: string): string {
  return `"${stem(path)}" is no symbol code of the Tokyo Stock Exchange; expected a file name as 7203.T.csv, 7203.csv or 72030.csv`;
}

function stem(path: string): string {
  return basename(path).replace(/\.csv$/i, '');
}
