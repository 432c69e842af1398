import { readFile, rm, writeFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, japanDate, type TradeDate } from '@daytrade/market';
import { type BarColumns, buildPanel, type IntradayColumns, type Panel, type PanelSymbol } from '@daytrade/series';
import type { ObjectStore } from '../objects/object-store.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import { daysOf, instantsOf } from './axis-ranges.ts';
import type { BarFiles } from './bar-files.ts';
import { barIntervals } from './bar-intervals.ts';
import { type FileBars, mergeOrigins, type Provenance, unknownOrigins } from './bar-origins.ts';
import type { BarStore, BarsWithOrigins, DateRange, MergeResult } from './bar-store.ts';
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
import { FolderBarFiles } from './folder-bar-files.ts';
import { mapAtOnce } from './map-at-once.ts';
import { type MergedColumns, mergeColumns } from './merge-columns.ts';
import { ObjectBarFiles } from './object-bar-files.ts';
import { type AxisRange, type BesideBars, ParquetFiles } from './parquet-files.ts';
import { restatedBars, type Split } from './restate-bars.ts';

/**
 * The bars in a folder that one process uses at a time (see `StateFolder`).
 *
 * @example
 * const store = await openFolderBars(state.join('bars'));
 * await store.merge('7203', bars); // { added: 1095, changed: 0, unchanged: 0, bars: 1095, … }
 * const panel = await store.readPanel([{ symbol: '7203', tickTable: 'topix500', priceBasis: 'traded' }]);
 */
export async function openFolderBars(folder: string): Promise<BarStore> {
  return new ParquetBarStore(await FolderBarFiles.open(folder), new ParquetFiles());
}

/**
 * The bars as objects that several processes read and write at once. A read fetches the objects that changed since the
 * last one; merges of the same symbol in two processes lose nothing.
 *
 * @param scratch folder of this machine for copies of the objects
 */
export async function openSharedBars(objects: ObjectStore, scratch: string): Promise<BarStore> {
  return new ParquetBarStore(await ObjectBarFiles.open(objects, scratch), new ParquetFiles());
}

/** Files that are checked at a time. */
const checksAtOnce = 16;

/** One parquet file a symbol and interval, replaced as a whole; the same bars and origins are the same bytes. */
class ParquetBarStore implements BarStore {
  readonly #files: BarFiles;
  readonly #parquet: ParquetFiles;
  /** Merges go one after another: each reads what the one before it wrote. */
  #lastMerge: Promise<unknown> = Promise.resolve();

  constructor(files: BarFiles, parquet: ParquetFiles) {
    this.#files = files;
    this.#parquet = parquet;
  }

  merge(
    symbol: string,
    bars: BarColumns,
    provenance?: Provenance,
    splits: readonly Split[] = [],
  ): Promise<MergeResult> {
    return this.#merge(symbol, '1d', columnsOfDailyBars(bars), { provenance, splits });
  }

  mergeIntraday(symbol: string, bars: IntradayColumns, provenance?: Provenance): Promise<MergeResult> {
    return this.#merge(symbol, '5m', columnsOfIntradayBars(bars), { provenance });
  }

  compare(symbol: string, bars: BarColumns): Promise<MergeResult> {
    return this.#merge(symbol, '1d', columnsOfDailyBars(bars), { write: false });
  }

  compareIntraday(symbol: string, bars: IntradayColumns): Promise<MergeResult> {
    return this.#merge(symbol, '5m', columnsOfIntradayBars(bars), { write: false });
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
      await this.#parquet.write(path, interval, bars, beside);
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

  async dataHash(symbols: readonly string[], range: DateRange = {}): Promise<string> {
    const sorted = [...symbols].sort();
    const columns = await this.#read(sorted, '1d', daysOf(range));
    return dataHash(sorted.map((symbol, index) => ({ symbol, columns: columns[index]! })));
  }

  async damaged(symbols: readonly string[], reading: 'ends' | 'content' = 'ends'): Promise<readonly DamagedBars[]> {
    const faults = await mapAtOnce(symbols, checksAtOnce, (symbol) => this.#fault(symbol, reading));
    return symbols.flatMap((symbol, index) => {
      const message = faults[index];
      return message === undefined ? [] : [{ symbol, message }];
    });
  }

  async count(interval: BarInterval = '1d'): Promise<number> {
    const paths = await this.#files.paths(interval, await this.#files.symbols(interval));
    return await this.#parquet.countRows(paths.filter((path) => path !== undefined));
  }

  async symbols(interval: BarInterval = '1d'): Promise<readonly string[]> {
    return await this.#files.symbols(interval);
  }

  remove(symbol: string): Promise<void> {
    const removed = this.#lastMerge.then(async () => {
      for (const interval of barIntervals) await this.#files.remove(interval, symbol);
    });
    this.#lastMerge = removed.catch(() => undefined);
    return removed;
  }

  async close(): Promise<void> {
    await this.#lastMerge;
    await this.#parquet.close();
    await this.#files.close();
  }

  /** @param how where the bars came from; `write` false only counts what would change */
  #merge(symbol: string, interval: BarInterval, incoming: Columns, how: MergeOptions): Promise<MergeResult> {
    const { provenance, splits = [], write = true } = how;
    const result = this.#lastMerge.then(async () => {
      let merged: MergedColumns | undefined;
      let mended: string | undefined;
      await this.#files.update(interval, symbol, async (current, target) => {
        const stored = current === undefined ? noBars() : await this.#stored(current, interval);
        mended = stored.fault;
        const { columns, restated } = restatedBars(stored.columns, incoming, splits);
        merged = mergeColumns(columns, incoming);
        merged = { ...merged, counts: { ...merged.counts, changed: merged.counts.changed + restated } };
        if (!write) return false;
        if (mended === undefined && merged.counts.added + merged.counts.changed === 0) return false;
        const origins = mergeOrigins(stored.origins, merged.kept, provenance);
        await this.#parquet.write(target, interval, { columns: merged.columns, origins });
        return true;
      });
      const { columns, counts } = merged!;
      return { ...counts, bars: columns.axis.length, ...endsOf(columns, interval), mended };
    });
    this.#lastMerge = result.catch(() => undefined);
    return result;
  }

  /** The bars of a file; none of a damaged one, with what is wrong. */
  async #stored(path: string, interval: BarInterval): Promise<StoredBars> {
    try {
      return await this.#parquet.readVerified(path, interval);
    } catch (error) {
      if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
      return { ...noBars(), fault: error.message };
    }
  }

  async #readWithOrigins(symbol: string, interval: BarInterval, range: DateRange): Promise<StoredBars> {
    const [path] = await this.#files.paths(interval, [symbol]);
    if (path === undefined) return noBars();
    return await this.#parquet.readWithOrigins(path, interval, interval === '1d' ? daysOf(range) : instantsOf(range));
  }

  /** What is wrong with the file of a symbol. */
  async #fault(symbol: string, reading: 'ends' | 'content'): Promise<string | undefined> {
    const fault = await this.#files.fault('1d', symbol);
    if (fault !== undefined || reading === 'ends') return fault;
    const [path] = await this.#files.paths('1d', [symbol]);
    return path === undefined ? undefined : (await this.#stored(path, '1d')).fault;
  }

  /** One entry a symbol, in the order given; empty where there is no file. */
  async #read(symbols: readonly string[], interval: BarInterval, range: AxisRange): Promise<Columns[]> {
    const paths = await this.#files.paths(interval, symbols);
    const present = paths.filter((path) => path !== undefined);
    const found = await this.#parquet.read(present, interval, range);
    let next = 0;
    return paths.map((path) => (path === undefined ? columnsOfLength(0) : found[next++]!));
  }
}

interface MergeOptions {
  readonly provenance?: Provenance | undefined;
  readonly splits?: readonly Split[];
  readonly write?: boolean;
}

/** What is in a file; of a damaged one nothing, with what is wrong. */
type StoredBars = FileBars & { readonly fault?: string };

function noBars(): StoredBars {
  return { columns: columnsOfLength(0), origins: unknownOrigins(0) };
}

function endsOf({ axis }: Columns, interval: BarInterval): Pick<MergeResult, 'firstDate' | 'lastDate'> {
  const dateAt = (value: number | undefined): TradeDate | null => {
    if (value === undefined) return null;
    return interval === '1d' ? dateOfDayNumber(value) : japanDate(value);
  };
  return { firstDate: dateAt(axis[0]), lastDate: dateAt(axis.at(-1)) };
}
