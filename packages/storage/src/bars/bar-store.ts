import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  instantOf,
  japanDate,
  parseSymbol,
  type TradeDate,
} from '@daytrade/market';
import { type BarColumns, buildPanel, type IntradayColumns, type Panel, type PanelSymbol } from '@daytrade/series';
import { durableRename } from '../objects/durable-rename.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import {
  type Columns,
  columnsOfDailyBars,
  columnsOfIntradayBars,
  columnsOfLength,
  dailyBars,
  intradayBars,
} from './columns.ts';
import { dataHash } from './data-hash.ts';
import { type MergeCounts, mergeColumns } from './merge-columns.ts';
import { type AxisRange, ParquetFiles } from './parquet-files.ts';

/** Days of Japan, both included; open where left out. */
export interface DateRange {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

/** What a merge did, and what the symbol has after it. */
export interface MergeResult extends MergeCounts {
  /** Bars of the symbol now. */
  readonly bars: number;
  /** Day of the first and the last bar; null when there are none. */
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
}

const intervals = ['1d', '5m'] as const satisfies readonly BarInterval[];
const unfinishedFolder = 'unfinished';

/**
 * The bars of every symbol: one parquet file a symbol and interval, `1d/7203.parquet`. A file is replaced as a whole, so
 * a crash at any moment leaves the bars of before or of after a merge; the same bars always are the same bytes.
 * One process uses the folder at a time (see `StateFolder`).
 *
 * @example
 * const store = await BarStore.open({ folder: state.join('bars') });
 * await store.merge('7203', bars); // { added: 1095, changed: 0, unchanged: 0, bars: 1095, … }
 * const panel = await store.readPanel([{ symbol: '7203', tickTable: 'topix500', priceBasis: 'traded' }]);
 */
export class BarStore {
  readonly #folder: string;
  readonly #files: ParquetFiles;
  /** Merges go one after another: each reads what the one before it wrote. */
  #lastMerge: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, files: ParquetFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Opens the folder, makes it where it is missing, and removes what a crash left half written. */
  static async open(options: { readonly folder: string }): Promise<BarStore> {
    await rm(join(options.folder, unfinishedFolder), { recursive: true, force: true });
    for (const name of [...intervals, unfinishedFolder]) {
      await mkdir(join(options.folder, name), { recursive: true, mode: 0o700 });
    }
    return new BarStore(options.folder, await ParquetFiles.open());
  }

  /**
   * Adds daily bars to a symbol's; a bar of a day that is there already replaces it. Writes nothing when nothing changes.
   *
   * @throws DayTradeError `series.bars-invalid` when days do not rise strictly; `state.damaged`; `state.unwritable`
   */
  merge(symbol: string, bars: BarColumns): Promise<MergeResult> {
    return this.#merge(symbol, '1d', columnsOfDailyBars(bars));
  }

  /** As {@link merge}, for 5-minute bars. */
  mergeIntraday(symbol: string, bars: IntradayColumns): Promise<MergeResult> {
    return this.#merge(symbol, '5m', columnsOfIntradayBars(bars));
  }

  /** Daily bars, oldest first; empty for a symbol without bars. @throws DayTradeError `state.damaged` */
  async read(symbol: string, range: DateRange = {}): Promise<BarColumns> {
    return dailyBars((await this.#read([symbol], '1d', daysOf(range)))[0]!);
  }

  /** 5-minute bars, oldest first; empty for a symbol without. @throws DayTradeError `state.damaged` */
  async readIntraday(symbol: string, range: DateRange = {}): Promise<IntradayColumns> {
    return intradayBars((await this.#read([symbol], '5m', instantsOf(range)))[0]!);
  }

  /** Daily bars of several symbols on one axis of sessions, by one query. */
  async readPanel(symbols: readonly PanelSymbol[], range: DateRange = {}): Promise<Panel> {
    const codes = symbols.map(({ symbol }) => symbol);
    const columns = await this.#read(codes, '1d', daysOf(range));
    return buildPanel(symbols.map((symbol, index) => ({ symbol, bars: dailyBars(columns[index]!) })));
  }

  /**
   * SHA-256 of the daily bars of some symbols, whatever their order and however the files encode them: what a model was
   * trained on.
   */
  async dataHash(symbols: readonly string[], range: DateRange = {}): Promise<string> {
    const sorted = [...symbols].sort();
    const columns = await this.#read(sorted, '1d', daysOf(range));
    return dataHash(sorted.map((symbol, index) => ({ symbol, columns: columns[index]! })));
  }

  /** Bars of all symbols. */
  async count(interval: BarInterval = '1d'): Promise<number> {
    const symbols = await this.symbols(interval);
    return this.#files.countRows(symbols.map((symbol) => this.#path(symbol, interval)));
  }

  /** Symbols with bars, sorted. */
  async symbols(interval: BarInterval = '1d'): Promise<readonly string[]> {
    const names = await readdir(join(this.#folder, interval));
    return names
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => name.slice(0, -'.parquet'.length))
      .sort();
  }

  /** Waits for what is being written, then gives the engine's memory back. */
  async close(): Promise<void> {
    await this.#lastMerge;
    await this.#files.close();
  }

  #merge(symbol: string, interval: BarInterval, incoming: Columns): Promise<MergeResult> {
    const result = this.#lastMerge.then(async () => {
      const stored = (await this.#read([symbol], interval, { from: -Infinity, to: Infinity }))[0]!;
      const { columns, counts } = mergeColumns(stored, incoming);
      if (counts.added + counts.changed > 0) await this.#write(symbol, interval, columns);
      return { ...counts, bars: columns.axis.length, ...endsOf(columns, interval) };
    });
    this.#lastMerge = result.catch(() => undefined);
    return result;
  }

  async #write(symbol: string, interval: BarInterval, columns: Columns): Promise<void> {
    const unfinished = join(this.#folder, unfinishedFolder, `${interval}-${symbol}.parquet`);
    const path = this.#path(symbol, interval);
    try {
      await this.#files.write(unfinished, interval, columns);
      await durableRename(unfinished, path);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** One entry a symbol, in the order given; empty where there is no file. */
  async #read(symbols: readonly string[], interval: BarInterval, range: AxisRange): Promise<Columns[]> {
    const paths = await Promise.all(symbols.map((symbol) => this.#existingPath(symbol, interval)));
    const present = paths.filter((path) => path !== undefined);
    const found = await this.#files.read(present, interval, range);
    let next = 0;
    return paths.map((path) => (path === undefined ? columnsOfLength(0) : found[next++]!));
  }

  async #existingPath(symbol: string, interval: BarInterval): Promise<string | undefined> {
    const path = this.#path(symbol, interval);
    return access(path).then(
      () => path,
      () => undefined,
    );
  }

  /** @throws DayTradeError `market.symbol-invalid`, so that no symbol leads out of the folder */
  #path(symbol: string, interval: BarInterval): string {
    return join(this.#folder, interval, `${parseSymbol(symbol)}.parquet`);
  }
}

function daysOf(range: DateRange): AxisRange {
  return {
    from: range.from === undefined ? -Infinity : dayNumber(range.from),
    to: range.to === undefined ? Infinity : dayNumber(range.to),
  };
}

function instantsOf(range: DateRange): AxisRange {
  return {
    from: range.from === undefined ? -Infinity : instantOf(range.from, '00:00'),
    to: range.to === undefined ? Infinity : instantOf(addDays(range.to, 1), '00:00') - 1,
  };
}

function endsOf({ axis }: Columns, interval: BarInterval): Pick<MergeResult, 'firstDate' | 'lastDate'> {
  const dateAt = (value: number | undefined): TradeDate | null => {
    if (value === undefined) return null;
    return interval === '1d' ? dateOfDayNumber(value) : japanDate(value);
  };
  return { firstDate: dateAt(axis[0]), lastDate: dateAt(axis.at(-1)) };
}
