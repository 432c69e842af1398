import type { PriceBasis } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { lotSize, parseSymbol } from '@daytrade/market';
import type { BarProvider, BarSource, PassedOver, SourceList, SourceRows } from '../provider.ts';
import { parseBarFile } from './bar-file.ts';
import type { CsvFile, CsvFiles } from './csv-files.ts';
import { decodeText, unreadable } from './decode-text.ts';
import { parseSymbolTable, type SymbolTableEntry } from './symbol-table.ts';

export interface CsvProviderOptions {
  readonly files: CsvFiles;
  /**
   * What the prices are; default: recognised from the header and the tick grid. 'fully-adjusted' adds the dividends back to the
   * prices of files with an `adjclose` column, as `parseBarFile` says.
   */
  readonly priceBasis?: PriceBasis | undefined;
}

/** Bars from CSV files, wherever the files are. See `recogniseHeader` for the formats. */
export class CsvProvider implements BarProvider {
  readonly name = 'csv';
  readonly synthetic = false;
  readonly #options: CsvProviderOptions;
  #symbols: Promise<ReadonlyMap<string, SymbolTableEntry>> | undefined;
  /** The file of each source, by the name that messages use. */
  readonly #listed = new Map<string, CsvFile>();

  constructor(options: CsvProviderOptions) {
    this.#options = options;
  }

  async list(): Promise<SourceList> {
    const { files } = this.#options;
    const sources: BarSource[] = [];
    const skipped: PassedOver[] = [];
    const listing = await files.list();
    for (const listed of listing.files) {
      const { name, file } = listed;
      const symbol = symbolOfFile(name);
      if (symbol !== undefined) {
        this.#listed.set(file, listed);
        sources.push({ symbol, file });
      } else if (listing.oneFile) throw unreadable(file, notASymbol(name));
      else skipped.push({ file, message: `${file}: ${notASymbol(name)}` });
    }
    if (sources.length === 0) throw this.#nothingToRead(skipped);
    this.#symbols = this.#readSymbols();
    await this.#symbols;
    return { sources, skipped };
  }

  async read(source: BarSource): Promise<SourceRows> {
    const listed = this.#listed.get(source.file);
    if (listed === undefined) throw unreadable(source.file, 'the provider did not list this file');
    const bytes = await this.#options.files.read(listed);
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

  #nothingToRead(skipped: readonly PassedOver[]): DayTradeError {
    const { place } = this.#options.files;
    const found =
      skipped.length === 0
        ? 'there is no CSV file'
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

  async #readSymbols(): Promise<ReadonlyMap<string, SymbolTableEntry>> {
    const found = await this.#options.files.readSymbols();
    return found === undefined ? new Map() : parseSymbolTable(decodeText(found.bytes, found.file), found.file);
  }
}

function symbolOfFile(name: string): string | undefined {
  try {
    return parseSymbol(stem(name));
  } catch {
    return undefined;
  }
}

function notASymbol(name: string): string {
  return `"${stem(name)}" is no symbol code of the Tokyo Stock Exchange; expected a file name as 7203.T.csv, 7203.csv or 72030.csv`;
}

function stem(name: string): string {
  return name.replace(/\.csv$/i, '');
}
