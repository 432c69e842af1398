import type { DateFormat, FileForm, PriceBasis } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import type { BarProvider, BarSource, PassedOver, SourceList, SourceRows } from '../../provider.ts';
import { masterOf, parseSymbolTable, type SymbolTableEntry } from '../../symbols/symbol-table.ts';
import { decodeText, largestFile, unpack, unreadable } from '../../tables/read-file.ts';
import { findSymbols, type ManySymbols, parseBarFile, parseBarsOf } from './bar-file.ts';
import { symbolOf } from './bar-table.ts';
import {
  type CsvFile,
  type CsvFiles,
  type CsvListing,
  FolderFiles,
  type FolderFilesOptions,
  type TableText,
  tableFile,
} from './files.ts';

interface CsvProviderOptions {
  readonly files: CsvFiles;
  /**
   * Price basis; default: recognised from the file. 'fully-adjusted' adds dividends back to the prices of files with an
   * `adjclose` column, as in `parseBarFile`.
   */
  readonly priceBasis?: PriceBasis | undefined;
  /** Order of day, month and year in ambiguous dates; default: found from the rows of each file. */
  readonly dateFormat?: DateFormat | undefined;
  /** Reads parquet files, which are refused without it; filled by `BarStore` of storage. */
  readonly tableText?: TableText | undefined;
}

interface FileText extends Pick<FileForm, 'packing' | 'encoding'> {
  readonly text: string;
}

interface FileOfMany extends Pick<FileForm, 'packing' | 'encoding'> {
  readonly file: string;
  readonly many: ManySymbols;
}

/**
 * Bars from CSV files, wherever the files are: files named for their one symbol, or files of many symbols. See
 * `openBarTable` for the forms.
 */
export class CsvProvider implements BarProvider {
  readonly name = 'csv';
  readonly synthetic = false;
  readonly #options: CsvProviderOptions;
  #symbols: Promise<ReadonlyMap<SymbolCode, SymbolTableEntry>> | undefined;
  /** The file of each source, by the name that messages use. */
  readonly #listed = new Map<string, CsvFile>();
  readonly #ofMany = new Set<string>();
  /** The file of many symbols that was read last, since its symbols are asked for one after another. */
  #lastOfMany: FileOfMany | undefined;

  #onActivity: (message: string) => void = () => undefined;

  constructor(options: CsvProviderOptions) {
    this.#options = options;
  }

  watch(onActivity: (message: string) => void): void {
    this.#onActivity = onActivity;
  }

  async look(): Promise<CsvListing> {
    const listing = await this.#options.files.list();
    if (listing.files.length === 0) throw this.#nothingToRead([], listing.others ?? []);
    this.#symbols = this.#readSymbols();
    await this.#symbols;
    return listing;
  }

  async list(): Promise<SourceList> {
    const named: BarSource[] = [];
    const skipped: PassedOver[] = [];
    const listing = await this.look();
    for (const listed of listing.files) {
      const { name, file } = listed;
      this.#listed.set(file, listed);
      const symbol = symbolOfFile(name);
      if (symbol !== undefined) {
        named.push({ symbol, file });
        continue;
      }
      this.#onActivity(`looking for symbols in ${file}`);
      const found = await this.#symbolsIn(listed);
      if (typeof found !== 'string') {
        named.push(...found.symbols.map((each) => ({ symbol: each, file })));
        skipped.push(...strangersOf(found, file));
      } else if (listing.oneFile) throw unreadable(file, found);
      else skipped.push({ file, message: `${file}: ${found}` });
    }
    if (named.length === 0) throw this.#nothingToRead(skipped, listing.others ?? []);
    return { ...oneFileEach(named), skipped };
  }

  async read(source: BarSource): Promise<SourceRows> {
    const { symbol, file } = source;
    const listed = this.#listed.get(file);
    if (listed === undefined) throw unreadable(file, 'the provider did not list this file');
    const rows = await this.#rowsOf(listed, symbol);
    return { ...rows, file, master: masterOf(symbol, (await this.#symbols)?.get(symbol)) };
  }

  async #rowsOf(listed: CsvFile, symbol: SymbolCode) {
    const { file } = listed;
    const { priceBasis: wanted, dateFormat } = this.#options;
    if (this.#ofMany.has(file)) {
      const { many, packing, encoding } = await this.#fileOfMany(listed);
      const rows = parseBarsOf(many, symbol, file, { wanted, dateFormat });
      return { ...rows, form: { ...rows.form, packing, encoding } };
    }
    const { text, packing, encoding } = await this.#text(listed);
    const rows = parseBarFile(text, file, { wanted, dateFormat, symbol });
    return { ...rows, form: { ...rows.form, packing, encoding } };
  }

  async #text(listed: CsvFile): Promise<FileText> {
    const read = await this.#options.files.read(listed);
    if (isParquet(read)) {
      const text = await this.#table(read, listed.file);
      return { text, packing: 'parquet', encoding: 'UTF-8' };
    }
    const { bytes, packing } = await unpack(read, listed.file);
    return { ...decodeText(bytes, listed.file), packing };
  }

  async #table(bytes: Uint8Array, file: string): Promise<string> {
    const { tableText } = this.#options;
    if (tableText === undefined) throw unreadable(file, 'it is a parquet file, which is not read here');
    try {
      return await tableText(bytes, largestFile);
    } catch (error) {
      if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
      throw unreadable(
        file,
        `it begins as a parquet file, but cannot be read as one of at most ${largestFile} characters`,
        error,
      );
    }
  }

  /** The symbols of a file that is not named for one, or why it has none. */
  async #symbolsIn(listed: CsvFile): Promise<ManySymbols | string> {
    try {
      const { many } = await this.#fileOfMany(listed);
      if (many.symbols.length === 0) return 'no code in it is one of the Tokyo Stock Exchange';
      this.#ofMany.add(listed.file);
      return many;
    } catch (error) {
      if (!isDayTradeError(error) || error.code !== 'data.file-unreadable') throw error;
      return (
        `${notASymbol(listed.name)}; nor is it a file of several symbols: ` +
        `${error.message.slice(listed.file.length + 2)}`
      );
    }
  }

  async #fileOfMany(listed: CsvFile): Promise<FileOfMany> {
    const { file } = listed;
    if (this.#lastOfMany?.file === file) return this.#lastOfMany;
    const { text, packing, encoding } = await this.#text(listed);
    const many = await findSymbols(text, file);
    if (many === undefined) throw unreadable(file, 'there is no column of codes');
    this.#lastOfMany = { file, many, packing, encoding };
    return this.#lastOfMany;
  }

  #nothingToRead(skipped: readonly PassedOver[], others: readonly string[]): DayTradeError {
    const { place } = this.#options.files;
    const found =
      skipped.length === 0
        ? `there is no CSV file${amongOthers(others)}`
        : skipped
            .slice(0, 3)
            .map(({ message }) => message)
            .join('; ');
    return new DayTradeError(
      'data.folder-unreadable',
      `folder: expected CSV files named as 7203.T.csv, 7203.csv or 72030.csv in ${place}; ${found}`,
    );
  }

  async #readSymbols(): Promise<ReadonlyMap<SymbolCode, SymbolTableEntry>> {
    const found = await this.#options.files.readSymbols();
    return found === undefined ? new Map() : parseSymbolTable(decodeText(found.bytes, found.file).text, found.file);
  }
}

function isParquet(bytes: Uint8Array): boolean {
  return [0x50, 0x41, 0x52, 0x31].every((byte, index) => bytes[index] === byte);
}

/**
 * Returns the sources of symbols with one file. Several files of a symbol are all refused, since none is known to
 * count.
 */
function oneFileEach(named: readonly BarSource[]): Pick<SourceList, 'sources' | 'refused'> {
  const bySymbol = Map.groupBy(named, ({ symbol }) => symbol);
  const refused = named.flatMap(({ symbol, file }) => {
    const others = bySymbol.get(symbol)!.filter((other) => other.file !== file);
    if (others.length === 0) return [];
    const names = others.map((other) => other.file).join(', ');
    const message = `${file}: ${symbol} has another file here too, ${names}; keep one file of each symbol`;
    return [{ symbol, file, message }];
  });
  return { sources: named.filter(({ symbol }) => bySymbol.get(symbol)!.length === 1), refused };
}

/** Describes what the folder has instead of CSV files, and the remedy. */
function amongOthers(others: readonly string[]): string {
  if (others.length === 0) return ', the folder is empty';
  const shown = others.slice(0, 3).join(', ') + (others.length > 3 ? `, and ${others.length - 3} more` : '');
  return ` but ${shown}; unpack archives, and name the folder that holds the CSV files itself`;
}

/** Codes of a file that are not those of the exchange, which are passed over. */
function strangersOf({ strangers }: ManySymbols, file: string): PassedOver[] {
  const [first] = strangers;
  if (first === undefined) return [];
  const rows = [...strangers.values()].reduce((sum, each) => sum + each, 0);
  const others = strangers.size > 1 ? ` and ${strangers.size - 1} others` : '';
  const message =
    `${file}: ${rows} rows of ${JSON.stringify(first[0].slice(0, 40))}${others}, which are not codes ` +
    'of the Tokyo Stock Exchange';
  return [{ file, message }];
}

function notASymbol(name: string): string {
  return (
    `"${stem(name)}" is not a symbol code of the Tokyo Stock Exchange; expected a file name like 7203.T.csv, ` +
    '7203.csv or 72030.csv'
  );
}

/** The symbol for which a file of bars is named; undefined for any other name. */
export function symbolOfFile(name: string): SymbolCode | undefined {
  return symbolOf(stem(name));
}

function stem(name: string): string {
  return name.replace(tableFile, '');
}

type CsvFolderOptions = FolderFilesOptions & Omit<CsvProviderOptions, 'files'>;

export class CsvFolderProvider extends CsvProvider {
  constructor(options: CsvFolderOptions) {
    super({ ...options, files: new FolderFiles(options) });
  }
}
