import type { PriceBasis } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { lotSize, parseSymbol, type SymbolCode } from '@daytrade/market';
import type { BarProvider, BarSource, PassedOver, SourceList, SourceRows } from '../provider.ts';
import { parseBarFile } from './bar-file.ts';
import type { CsvFile, CsvFiles } from './csv-files.ts';
import { decodeText, unreadable } from './decode-text.ts';
import { parseSymbolTable, type SymbolTableEntry } from './symbol-table.ts';

export interface CsvProviderOptions {
  readonly files: CsvFiles;
  /**
   * What the prices are; default: recognised from the header and the tick grid. 'fully-adjusted' adds the dividends
   * back to the prices of files with an `adjclose` column, as `parseBarFile` says.
   */
  readonly priceBasis?: PriceBasis | undefined;
}

/** Bars from CSV files, wherever the files are. See `recogniseHeader` for the formats. */
export class CsvProvider implements BarProvider {
  readonly name = 'csv';
  readonly synthetic = false;
  readonly #options: CsvProviderOptions;
  #symbols: Promise<ReadonlyMap<SymbolCode, SymbolTableEntry>> | undefined;
  /** The file of each source, by the name that messages use. */
  readonly #listed = new Map<string, CsvFile>();

  constructor(options: CsvProviderOptions) {
    this.#options = options;
  }

  async list(signal?: AbortSignal): Promise<SourceList> {
    const { files } = this.#options;
    const named: BarSource[] = [];
    const skipped: PassedOver[] = [];
    const listing = await files.list(signal);
    for (const listed of listing.files) {
      const { name, file } = listed;
      const symbol = symbolOfFile(name);
      if (symbol !== undefined) {
        this.#listed.set(file, listed);
        named.push({ symbol, file });
      } else if (listing.oneFile) throw unreadable(file, notASymbol(name));
      else skipped.push({ file, message: `${file}: ${notASymbol(name)}` });
    }
    if (named.length === 0) throw this.#nothingToRead(skipped, listing.others ?? []);
    this.#symbols = this.#readSymbols(signal);
    await this.#symbols;
    return { ...oneFileEach(named), skipped };
  }

  async read(source: BarSource, signal?: AbortSignal): Promise<SourceRows> {
    const listed = this.#listed.get(source.file);
    if (listed === undefined) throw unreadable(source.file, 'the provider did not list this file');
    const bytes = await this.#options.files.read(listed, signal);
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
      { details: { field: 'folder', value: place, skipped: skipped.length } },
    );
  }

  async #readSymbols(signal?: AbortSignal): Promise<ReadonlyMap<SymbolCode, SymbolTableEntry>> {
    const found = await this.#options.files.readSymbols(signal);
    return found === undefined ? new Map() : parseSymbolTable(decodeText(found.bytes, found.file), found.file);
  }
}

/** Sources of symbols with one file; of several files nobody can say which one counts, so none does. */
function oneFileEach(named: readonly BarSource[]): Pick<SourceList, 'sources' | 'refused'> {
  const bySymbol = Map.groupBy(named, ({ symbol }) => symbol);
  const refused = named.flatMap(({ symbol, file }) => {
    const others = bySymbol.get(symbol)!.filter((other) => other.file !== file);
    if (others.length === 0) return [];
    const names = others.map((other) => other.file).join(', ');
    return [{ file, message: `${file}: ${symbol} has another file here too, ${names}; keep one file of each symbol` }];
  });
  return { sources: named.filter(({ symbol }) => bySymbol.get(symbol)!.length === 1), refused };
}

/** What there is in place of CSV files, and what to do about it. */
function amongOthers(others: readonly string[]): string {
  if (others.length === 0) return ', the folder is empty';
  const shown = others.slice(0, 3).join(', ') + (others.length > 3 ? `, and ${others.length - 3} more` : '');
  return ` but ${shown}; unpack archives, and name the folder that holds the CSV files itself`;
}

function symbolOfFile(name: string): SymbolCode | undefined {
  try {
    return parseSymbol(stem(name));
  } catch {
    return undefined;
  }
}

function notASymbol(name: string): string {
  return `"${stem(name)}" is not a symbol code of the Tokyo Stock Exchange; expected a file name like 7203.T.csv, 7203.csv or 72030.csv`;
}

function stem(name: string): string {
  return name.replace(/\.csv$/i, '');
}
