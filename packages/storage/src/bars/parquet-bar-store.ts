import { readFile, rm, writeFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { dateOfDayNumber, parseSymbol } from '@daytrade/market';
import { type BarColumns, buildPanel, type IntradayColumns, type Panel, type PanelSymbol } from '@daytrade/series';
import type { ObjectStore } from '../objects/object-store.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import { type AxisRange, barsWithin, columnsWithin, daysOf, instantsOf } from './axis-ranges.ts';
import type { BarFiles } from './bar-files.ts';
import { readBarHeads } from './bar-head.ts';
import { barIntervals } from './bar-intervals.ts';
import type { FileBars, Provenance } from './bar-origins.ts';
import type { BarStore, BarsEnd, BarsOfSymbol, BarsWithOrigins, DateRange, MergeResult } from './bar-store.ts';
import { type BarsPast, type BarsSince, barsAfter, pastOf } from './bars-since.ts';
import {
  type Columns,
  columnsOfDailyBars,
  columnsOfIntradayBars,
  columnsOfLength,
  dailyBars,
  intradayBars,
} from './columns.ts';
import type { DamagedBars } from './damaged-bars.ts';
import { dataHash } from './data-hash.ts';
import { fileIdentity } from './file-identity.ts';
import { FolderBarFiles } from './folder-bar-files.ts';
import { joinBars, joinColumns } from './join-bars.ts';
import { mapAtOnce } from './map-at-once.ts';
import { BarMerges, type Incoming, noBars, type SetAsideListener } from './merge-bars.ts';
import { ObjectBarFiles } from './object-bar-files.ts';
import { type BesideBars, ParquetFiles } from './parquet-files.ts';
import type { RecentBars } from './recent-bars.ts';
import type { Split } from './restate-bars.ts';

/**
 * The bars in a folder that one process uses at a time (see `StateFolder`).
 *
 * @example
 * const store = await openFolderBars(state.join('bars'));
 * await store.merge('7203', bars); // { added: 1095, changed: 0, unchanged: 0, bars: 1095, … }
 * const panel = await store.readPanel([{ symbol: '7203', tickTable: 'topix500', priceBasis: 'traded' }]);
 *
 * @param onSetAside called with a message when newest bars of many symbols were damaged
 */
export async function openFolderBars(
  folder: string,
  onSetAside: SetAsideListener = () => undefined,
): Promise<BarStore> {
  return new ParquetBarStore(await FolderBarFiles.open(folder), new ParquetFiles(), onSetAside);
}

/**
 * The bars as objects that several processes read and write at once. A read fetches the objects that changed since the
 * last one; merges of the same symbol in two processes lose nothing.
 *
 * @param scratch folder of this machine for copies of the objects
 * @param onSetAside as of {@link openFolderBars}
 */
export async function openSharedBars(
  objects: ObjectStore,
  scratch: string,
  onSetAside: SetAsideListener = () => undefined,
): Promise<BarStore> {
  return new ParquetBarStore(await ObjectBarFiles.open(objects, scratch), new ParquetFiles(), onSetAside);
}

/** Where the bars of a symbol are. */
interface Located {
  /** Undefined where it has no file. */
  readonly path: string | undefined;
  /** Those that stand beside its file; undefined where none do. */
  readonly newest: FileBars | undefined;
}

/** Files that are checked at a time. */
const checksAtOnce = 16;

/** One parquet file a symbol and interval, replaced as a whole; the same bars and origins are the same bytes. */
class ParquetBarStore implements BarStore {
  readonly #files: BarFiles;
  readonly #parquet: ParquetFiles;
  readonly #merges: BarMerges;
  /** Merges go one after another: each reads what the one before it wrote. */
  #lastMerge: Promise<unknown> = Promise.resolve();

  constructor(files: BarFiles, parquet: ParquetFiles, onSetAside: SetAsideListener) {
    this.#files = files;
    this.#parquet = parquet;
    this.#merges = new BarMerges(files, parquet, onSetAside);
  }

  merge(
    symbol: string,
    bars: BarColumns,
    provenance?: Provenance,
    splits: readonly Split[] = [],
  ): Promise<MergeResult> {
    return this.#mergeFile('1d', { symbol, columns: columnsOfDailyBars(bars), splits }, provenance);
  }

  mergeMany(several: readonly BarsOfSymbol[], provenance?: Provenance): Promise<readonly MergeResult[]> {
    const incoming = several.map(({ symbol, bars, splits }) => ({
      symbol: parseSymbol(symbol),
      columns: columnsOfDailyBars(bars),
      splits,
    }));
    return this.#inTurn(() => this.#merges.mergeDaily(incoming, provenance));
  }

  mergeIntraday(symbol: string, bars: IntradayColumns, provenance?: Provenance): Promise<MergeResult> {
    return this.#mergeFile('5m', { symbol, columns: columnsOfIntradayBars(bars), splits: [] }, provenance);
  }

  compare(symbol: string, bars: BarColumns): Promise<MergeResult> {
    return this.#mergeFile('1d', { symbol, columns: columnsOfDailyBars(bars), splits: [] }, undefined, false);
  }

  compareIntraday(symbol: string, bars: IntradayColumns): Promise<MergeResult> {
    return this.#mergeFile('5m', { symbol, columns: columnsOfIntradayBars(bars), splits: [] }, undefined, false);
  }

  async read(symbol: string, range: DateRange = {}): Promise<BarColumns> {
    return dailyBars((await this.#read([symbol], '1d', daysOf(range)))[0]!);
  }

  async readIntraday(symbol: string, range: DateRange = {}): Promise<IntradayColumns> {
    return intradayBars((await this.#read([symbol], '5m', instantsOf(range)))[0]!);
  }

  async readWithOrigins(symbol: string, interval: BarInterval, range: DateRange = {}): Promise<BarsWithOrigins> {
    const { columns, origins } = await this.#readWithOrigins(symbol, interval, range);
    return interval === '1d'
      ? { interval, columns: dailyBars(columns), origins }
      : { interval, columns: intradayBars(columns), origins };
  }

  async parquetFile(symbol: string, interval: BarInterval, range: DateRange, beside: BesideBars): Promise<Uint8Array> {
    const bars = await this.#readWithOrigins(symbol, interval, range);
    const path = this.#files.scratch();
    try {
      await this.#parquet.writeBeside(path, interval, bars, beside);
      return await readFile(path);
    } catch (error) {
      throw unwritable(path, error);
    } finally {
      await rm(path, { force: true });
    }
  }

  async tableText(file: Uint8Array, mostCharacters: number): Promise<string> {
    const path = this.#files.scratch();
    try {
      await writeFile(path, file, { mode: 0o600 }).catch((error: unknown) => {
        throw unwritable(path, error);
      });
      return await this.#parquet.tableText(path, mostCharacters);
    } finally {
      await rm(path, { force: true });
    }
  }

  async readPanel(symbols: readonly PanelSymbol[], range: DateRange = {}): Promise<Panel> {
    const codes = symbols.map(({ symbol }) => symbol);
    const columns = await this.#read(codes, '1d', daysOf(range));
    return buildPanel(symbols.map((symbol, index) => ({ symbol, bars: dailyBars(columns[index]!) })));
  }

  async readSince(symbols: readonly string[], past?: BarsPast): Promise<BarsSince | undefined> {
    const located = await this.#locate(symbols, '1d');
    const now = located.map(({ path, newest }) => ({
      file: path === undefined ? undefined : fileIdentity(path),
      beside: newest?.columns,
    }));
    const read = (some: readonly Located[]) => this.#readLocated(some, '1d', daysOf({}));
    if (past !== undefined) return await barsAfter(past, now, (places) => read(places.map((s) => located[s]!)));
    const columns = await read(located);
    return { bars: columns.map(dailyBars), past: pastOf(columns, now) };
  }

  async dataHash(symbols: readonly string[], range: DateRange = {}): Promise<string> {
    const sorted = [...symbols].sort();
    const columns = await this.#read(sorted, '1d', daysOf(range));
    return dataHash(sorted.map((symbol, index) => ({ symbol, columns: columns[index]! })));
  }

  async damaged(symbols: readonly string[], reading: 'ends' | 'content' = 'ends'): Promise<readonly DamagedBars[]> {
    // Whose newest bars were in a damaged file of many symbols, nobody knows: they are missing from then on.
    await this.#merges.soundRecent();
    const faults = await mapAtOnce(symbols, checksAtOnce, (symbol) => this.#fault(symbol, reading));
    return symbols.flatMap((symbol, index) => {
      const message = faults[index];
      return message === undefined ? [] : [{ symbol, message }];
    });
  }

  async ends(symbols: readonly string[]): Promise<readonly (BarsEnd | undefined)[]> {
    const recent = await this.#recent('1d');
    const heads = await readBarHeads(await this.#files.paths('1d', symbols));
    return symbols.map((symbol, index) => {
      const head = heads[index];
      if (head === undefined) return undefined;
      const later = recent.get(symbol)?.columns.axis.filter((day) => day > head.last) ?? [];
      return { bars: head.bars + later.length, lastDate: dateOfDayNumber(later.at(-1) ?? head.last) };
    });
  }

  async count(interval: BarInterval = '1d'): Promise<number> {
    const recent = await this.#recent(interval);
    const symbols = await this.#files.symbols(interval);
    const paths = await this.#files.paths(interval, symbols);
    let rows = await this.#parquet.countRows(paths.filter((path) => path !== undefined));
    const heads = await readBarHeads(paths.map((path, index) => (recent.has(symbols[index]!) ? path : undefined)));
    for (const [index, symbol] of symbols.entries()) {
      const head = heads[index];
      if (head !== undefined) rows += recent.get(symbol)!.columns.axis.filter((day) => day > head.last).length;
    }
    return rows;
  }

  async symbols(interval: BarInterval = '1d'): Promise<readonly string[]> {
    return await this.#files.symbols(interval);
  }

  async remove(symbol: string): Promise<void> {
    await this.#inTurn(() => this.#merges.remove(symbol, barIntervals));
  }

  async close(): Promise<void> {
    await this.#lastMerge;
    await this.#parquet.close();
    await this.#files.close();
  }

  #mergeFile(
    interval: BarInterval,
    incoming: Incoming,
    provenance: Provenance | undefined,
    write = true,
  ): Promise<MergeResult> {
    return this.#inTurn(() => this.#merges.mergeFile(interval, incoming, provenance, write));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastMerge.then(work);
    this.#lastMerge = result.catch(() => undefined);
    return result;
  }

  async #readWithOrigins(symbol: string, interval: BarInterval, range: DateRange): Promise<FileBars> {
    const recent = await this.#recent(interval);
    const [path] = await this.#files.paths(interval, [symbol]);
    if (path === undefined) return noBars();
    const within = interval === '1d' ? daysOf(range) : instantsOf(range);
    const bars = await this.#parquet.readWithOrigins(path, interval, within);
    const newest = recent.get(symbol);
    return newest === undefined ? bars : joinBars(bars, barsWithin(newest, within));
  }

  /** The newest bars that stand beside the files of symbols. They are read first: what leaves them is in a file. */
  async #recent(interval: BarInterval): Promise<RecentBars> {
    return interval === '1d' ? await this.#merges.soundRecent() : new Map();
  }

  /** What is wrong with the file of a symbol. */
  async #fault(symbol: string, reading: 'ends' | 'content'): Promise<string | undefined> {
    const fault = await this.#files.fault('1d', symbol);
    if (fault !== undefined || reading === 'ends') return fault;
    const [path] = await this.#files.paths('1d', [symbol]);
    return path === undefined ? undefined : (await this.#merges.stored(path, '1d')).fault;
  }

  /** One entry a symbol, in the order given; empty where there is no file. */
  async #read(symbols: readonly string[], interval: BarInterval, range: AxisRange): Promise<Columns[]> {
    return await this.#readLocated(await this.#locate(symbols, interval), interval, range);
  }

  /** Where the bars of symbols are, in the order given. */
  async #locate(symbols: readonly string[], interval: BarInterval): Promise<readonly Located[]> {
    const recent = await this.#recent(interval);
    const paths = await this.#files.paths(interval, symbols);
    return symbols.map((symbol, index) => ({ path: paths[index], newest: recent.get(symbol) }));
  }

  /** As {@link #read}, of symbols whose files were found before. */
  async #readLocated(located: readonly Located[], interval: BarInterval, range: AxisRange): Promise<Columns[]> {
    const present = located.flatMap(({ path }) => path ?? []);
    const found = await this.#parquet.read(present, interval, range);
    let next = 0;
    return located.map(({ path, newest }) => {
      if (path === undefined) return columnsOfLength(0);
      const columns = found[next++]!;
      return newest === undefined ? columns : joinColumns(columns, columnsWithin(newest.columns, range));
    });
  }
}
