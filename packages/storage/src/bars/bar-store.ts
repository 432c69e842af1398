import { rm, writeFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { compareText, dayNumber, parseSymbol, type TradeDate } from '@daytrade/market';
import { type BarColumns, buildPanel, type IntradayColumns, type Panel, type PanelSymbol } from '@daytrade/series';
import type { ObjectStore } from '../objects/object-store.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import { BarEngine } from './bar-engine.ts';
import type { BarFiles } from './bar-files.ts';
import { BarReader, everything } from './bar-reader.ts';
import { type BarsPast, type BarsSince, readSince } from './bars-past.ts';
import {
  axisRange,
  columnsOfDailyBars,
  columnsOfIntradayBars,
  type DateRange,
  dailyBars,
  intradayBars,
} from './columns.ts';
import type { DamagedBars, RecordedBars } from './damaged-bars.ts';
import { FolderBarFiles } from './folder-bar-files.ts';
import { type ColumnsOfFile, exportedBars, tableText } from './foreign-parquet.ts';
import { BarMerges, dateAt, type Incoming, type MergeResult, type SetAsideListener } from './merge-bars.ts';
import type { Provenance } from './merge-partition.ts';
import { ObjectBarFiles } from './object-bar-files.ts';
import { type BarOrigins, dataHash, type StoredBars } from './read-bars.ts';
import type { Split } from './restate-bars.ts';

export interface DailyBarsWithOrigins {
  readonly interval: '1d';
  readonly columns: BarColumns;
  readonly origins: BarOrigins;
}

export type BarsWithOrigins =
  | DailyBarsWithOrigins
  | { readonly interval: '5m'; readonly columns: IntradayColumns; readonly origins: BarOrigins };

export interface BarsOfSymbol {
  readonly symbol: string;
  readonly bars: BarColumns;
  /** Splits that the bars are adjusted for: stored bars of other days get the prices of after them. */
  readonly splits: readonly Split[];
}

export interface IntradayBarsOfSymbol {
  readonly symbol: string;
  readonly bars: IntradayColumns;
}

export interface BarsEnd {
  readonly bars: number;
  readonly lastDate: TradeDate;
}

/** Daily bars of several symbols on one axis of sessions. */
export interface HashedPanel {
  readonly panel: Panel;
  /** SHA-256 of exactly these bars, see {@link BarStore.dataHash}. */
  readonly dataHash: string;
}

/**
 * The bars of all symbols, in one parquet file a year (daily) or month (5-minute). See `openFolderBars` and
 * `openSharedBars`.
 *
 * Every method throws DayTradeError `market.symbol-invalid`; `data.bars-damaged` when a file that it needs is not the
 * one that was written, and `state.damaged` when it cannot be read; for objects of a server also `service.unavailable`
 * and `dependency.refused`.
 */
export class BarStore {
  readonly #engine: BarEngine;
  readonly #files: BarFiles;
  readonly #reader: BarReader;
  readonly #merges: BarMerges;
  /** Merges go one after another: each reads what the one before it wrote. */
  #lastMerge: Promise<unknown> = Promise.resolve();

  constructor(files: BarFiles, onSetAside: SetAsideListener) {
    this.#files = files;
    this.#engine = new BarEngine(`${files.scratch()}.overflow`);
    this.#reader = new BarReader(this.#engine, files);
    this.#merges = new BarMerges(this.#engine, files, this.#reader, onSetAside);
  }

  /**
   * Adds daily bars of a symbol and replaces those of the same days. Nothing is written when nothing changes. A damaged
   * file is set aside, and the new bars take its place.
   *
   * @param provenance origin of the bars; a bar that is stored already keeps its own
   * @throws DayTradeError `series.bars-invalid` when days do not rise strictly; `state.unwritable`
   */
  async merge(
    symbol: string,
    bars: BarColumns,
    provenance?: Provenance,
    splits: readonly Split[] = [],
  ): Promise<MergeResult> {
    return (await this.mergeMany([{ symbol, bars, splits }], provenance))[0]!;
  }

  /**
   * Merges bars of different symbols; each file is written once. After a crash each file is the old or the new one.
   *
   * @returns one result for each, in their order
   */
  async mergeMany(several: readonly BarsOfSymbol[], provenance?: Provenance): Promise<readonly MergeResult[]> {
    return await this.#merge('1d', several.map(dailyIncoming), provenance);
  }

  async mergeManyIntraday(
    several: readonly IntradayBarsOfSymbol[],
    provenance?: Provenance,
  ): Promise<readonly MergeResult[]> {
    return await this.#merge('5m', several.map(intradayIncoming), provenance);
  }

  /** Counts the changes of {@link mergeMany} without making them. */
  async compareMany(several: readonly BarsOfSymbol[]): Promise<readonly MergeResult[]> {
    return await this.#merge('1d', several.map(dailyIncoming), undefined, true);
  }

  async compareManyIntraday(several: readonly IntradayBarsOfSymbol[]): Promise<readonly MergeResult[]> {
    return await this.#merge('5m', several.map(intradayIncoming), undefined, true);
  }

  /** Reads daily bars, oldest first; empty for a symbol without bars. */
  async read(symbol: string, range: DateRange = {}): Promise<BarColumns> {
    return (await this.readMany([symbol], range))[0]!;
  }

  async readMany(symbols: readonly string[], range: DateRange = {}): Promise<readonly BarColumns[]> {
    return (await this.#read(symbols, '1d', range)).map(({ columns }) => dailyBars(columns));
  }

  /** Reads 5-minute bars, oldest first; empty for a symbol without bars. */
  async readIntraday(symbol: string, range: DateRange = {}): Promise<IntradayColumns> {
    return (await this.readManyIntraday([symbol], range))[0]!;
  }

  async readManyIntraday(symbols: readonly string[], range: DateRange = {}): Promise<readonly IntradayColumns[]> {
    return (await this.#read(symbols, '5m', range)).map(({ columns }) => intradayBars(columns));
  }

  /** Reads bars with their origins, oldest first; empty for a symbol without bars. */
  async readWithOrigins(symbol: string, interval: BarInterval, range: DateRange = {}): Promise<BarsWithOrigins> {
    const { columns, origins } = (await this.#read([symbol], interval, range))[0]!;
    return interval === '1d'
      ? { interval, columns: dailyBars(columns), origins }
      : { interval, columns: intradayBars(columns), origins };
  }

  async readSound(symbols: readonly string[]): Promise<readonly DailyBarsWithOrigins[]> {
    const stored = await this.#reader.read(symbols, { interval: '1d', range: everything, skipsDamaged: true });
    return stored.map(({ columns, origins }) => ({ interval: '1d', columns: dailyBars(columns), origins }));
  }

  /** Returns the bars of a symbol as the bytes of a parquet file, with further columns. */
  async parquetFile(
    symbol: string,
    interval: BarInterval,
    range: DateRange,
    further: ColumnsOfFile,
  ): Promise<Uint8Array> {
    const within = axisRange(interval, range);
    return await this.#reader.query({ interval, range: within }, async (connection, files) => {
      const paths = files.map(({ path }) => path);
      const scratch = this.#files.scratch();
      return await exportedBars(connection, { interval, paths, symbol, range: within, further, scratch });
    });
  }

  /**
   * Returns the table of a parquet file of any program, as text with tabs between the fields and a header line.
   *
   * @throws DayTradeError `data.bars-damaged` when it is not such a file, or too large
   */
  async tableText(file: Uint8Array, mostCharacters: number): Promise<string> {
    const path = this.#files.scratch();
    try {
      await writeFile(path, file, { mode: 0o600 }).catch((error: unknown) => {
        throw unwritable(path, error);
      });
      return await tableText(this.#engine, path, mostCharacters);
    } finally {
      await rm(path, { force: true });
    }
  }

  async readPanel(symbols: readonly PanelSymbol[], range: DateRange = {}): Promise<Panel> {
    return panelOf(symbols, await this.#read(codesOf(symbols), '1d', range));
  }

  async readHashedPanel(symbols: readonly PanelSymbol[], range: DateRange = {}): Promise<HashedPanel> {
    const codes = codesOf(symbols);
    const stored = await this.#read(codes, '1d', range);
    return { dataHash: hashOf(codes, stored), panel: panelOf(symbols, stored) };
  }

  /**
   * Reads the daily bars of symbols after a past; without one, all of them.
   *
   * @param past result of an earlier reading of the same symbols in this order
   * @returns undefined when bars of the past may have changed
   */
  async readSince(symbols: readonly string[], past?: BarsPast): Promise<BarsSince | undefined> {
    return await readSince(this.#reader, symbols, past);
  }

  /** Returns the SHA-256 of the daily bars of symbols. Their order and the encoding of files do not matter. */
  async dataHash(symbols: readonly string[], range: DateRange = {}): Promise<string> {
    return hashOf(symbols, await this.#read(symbols, '1d', range));
  }

  /**
   * Returns the symbols whose daily bars are damaged or lost.
   *
   * @param reading 'content' compares each file with its checksum; 'ends' (default) does so for files that this
   * process has not read yet
   */
  async damaged(
    symbols: readonly RecordedBars[],
    reading: 'ends' | 'content' = 'ends',
  ): Promise<readonly DamagedBars[]> {
    const files = await this.#reader.damaged('1d', undefined, reading === 'content');
    if (files.length === 0) return await this.lost(symbols);
    return symbols.flatMap(({ symbol, firstDate, lastDate }) => {
      const [first, last] = [firstDate, lastDate].map((date) => (date === undefined ? undefined : dayNumber(date)));
      const own = files.filter(({ range }) => (first ?? -Infinity) <= range.to && (last ?? Infinity) >= range.from);
      return own.length === 0 ? [] : [{ symbol, message: own.map(({ fault }) => fault).join('; ') }];
    });
  }

  /**
   * Returns the symbols that have fewer daily bars than their records say.
   *
   * @param range looks only at the last day, since bars of other days do not matter
   */
  async lost(symbols: readonly RecordedBars[], range?: DateRange): Promise<readonly DamagedBars[]> {
    const isWhole = range?.from === undefined;
    const extents = await this.#reader.extents('1d', !isWhole);
    return symbols.flatMap(({ symbol, bars = 0, lastDate }) => {
      const found = extents.get(symbol);
      if (found === undefined && bars > 0) return [{ symbol, message: `its ${bars} stored bars are missing` }];
      if (found === undefined) return [];
      const isLost = isWhole ? found.bars < bars : lastDate !== undefined && found.last < dayNumber(lastDate);
      return isLost ? [{ symbol, message: `only ${found.bars} of its ${bars} stored bars are there` }] : [];
    });
  }

  async ends(symbols: readonly string[]): Promise<readonly (BarsEnd | undefined)[]> {
    const extents = await this.#reader.extents('1d');
    return symbols.map((symbol) => {
      const found = extents.get(symbol);
      return found && { bars: found.bars, lastDate: dateAt('1d', found.last) };
    });
  }

  async count(interval: BarInterval = '1d'): Promise<number> {
    return [...(await this.#reader.extents(interval)).values()].reduce((sum, { bars }) => sum + bars, 0);
  }

  /** Returns the symbols with bars, sorted; default: '1d'. */
  async symbols(interval: BarInterval = '1d'): Promise<readonly string[]> {
    return [...(await this.#reader.extents(interval)).keys()].sort();
  }

  /**
   * Removes all bars of symbols, also those of 5 minutes.
   *
   * @throws DayTradeError `state.unwritable`
   */
  async remove(symbols: readonly string[]): Promise<void> {
    await this.#inTurn(() => this.#merges.remove(symbols));
  }

  async close(): Promise<void> {
    await this.#lastMerge;
    await this.#engine.close();
    await this.#files.close();
  }

  async #read(symbols: readonly string[], interval: BarInterval, range: DateRange): Promise<readonly StoredBars[]> {
    const codes = symbols.map((symbol) => parseSymbol(symbol));
    return await this.#reader.read(codes, { interval, range: axisRange(interval, range) });
  }

  async #merge(
    interval: BarInterval,
    several: readonly Incoming[],
    provenance: Provenance | undefined,
    dryRun = false,
  ): Promise<readonly MergeResult[]> {
    return await this.#inTurn(() => this.#merges.merge(interval, several, provenance, dryRun));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastMerge.then(work);
    this.#lastMerge = result.catch(() => undefined);
    return result;
  }
}

/**
 * Opens the bars in a folder that one process uses at a time (see `StateFolder`).
 *
 * @param onSetAside called with a message when a damaged file was set aside
 */
export async function openFolderBars(
  folder: string,
  onSetAside: SetAsideListener = () => undefined,
): Promise<BarStore> {
  return new BarStore(await FolderBarFiles.open(folder), onSetAside);
}

/**
 * Opens bars as objects that several processes read and write at once. A read fetches the objects that changed since
 * the last one; merges in two processes lose nothing.
 *
 * @param scratch folder of this machine for copies of the objects
 */
export async function openSharedBars(
  objects: ObjectStore,
  scratch: string,
  onSetAside: SetAsideListener = () => undefined,
): Promise<BarStore> {
  return new BarStore(await ObjectBarFiles.open(objects, scratch), onSetAside);
}

function dailyIncoming({ symbol, bars, splits }: BarsOfSymbol): Incoming {
  return { symbol: parseSymbol(symbol), columns: columnsOfDailyBars(bars), splits };
}

function intradayIncoming({ symbol, bars }: IntradayBarsOfSymbol): Incoming {
  return { symbol: parseSymbol(symbol), columns: columnsOfIntradayBars(bars), splits: [] };
}

const codesOf = (symbols: readonly PanelSymbol[]) => symbols.map(({ symbol }) => symbol);

function panelOf(symbols: readonly PanelSymbol[], stored: readonly StoredBars[]): Panel {
  return buildPanel(symbols.map((symbol, s) => ({ symbol, bars: dailyBars(stored[s]!.columns) })));
}

function hashOf(symbols: readonly string[], stored: readonly StoredBars[]): string {
  const series = symbols.map((symbol, s) => ({ symbol, columns: stored[s]!.columns }));
  return dataHash(series.sort((one, other) => compareText(one.symbol, other.symbol)));
}
