import type { BarInterval } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns, Panel, PanelSymbol } from '@daytrade/series';
import type { BarsPast, BarsSince } from './bars-past.ts';
import type { DateRange } from './columns.ts';
import type { DamagedBars, RecordedBars } from './damaged-bars.ts';
import type { BesideBars } from './foreign-parquet.ts';
import type { Provenance } from './merge-partition.ts';
import type { BarOrigins } from './read-bars.ts';
import type { Split } from './restate-bars.ts';

/** Daily bars of one symbol and their origins. */
export interface DailyBarsWithOrigins {
  readonly interval: '1d';
  readonly columns: BarColumns;
  readonly origins: BarOrigins;
}

/** Bars of one symbol and their origins. */
export type BarsWithOrigins =
  | DailyBarsWithOrigins
  | { readonly interval: '5m'; readonly columns: IntradayColumns; readonly origins: BarOrigins };

/** Daily bars of one symbol to merge. */
export interface BarsOfSymbol {
  readonly symbol: string;
  readonly bars: BarColumns;
  /** Splits that the bars are adjusted for: stored bars of other days get the prices of after them. */
  readonly splits: readonly Split[];
}

/** 5-minute bars of one symbol to merge. */
export interface IntradayBarsOfSymbol {
  readonly symbol: string;
  readonly bars: IntradayColumns;
}

/** Changes by a merge, and the stored bars of the symbol after it. */
export interface MergeResult {
  /** New bars. */
  readonly added: number;
  /** Bars with other values than before. */
  readonly changed: number;
  /** Bars that were stored already. */
  readonly unchanged: number;
  /** Bars of the symbol now. */
  readonly bars: number;
  /** Day of the first and the last bar; null when there are none. */
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
  /** Fault of the files that the merge replaced; undefined if none had one. */
  readonly mended: string | undefined;
}

/** Number of daily bars of a symbol and their last day. */
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
export interface BarStore {
  /**
   * Adds daily bars of a symbol and replaces those of the same days. Nothing is written when nothing changes. A damaged
   * file is set aside, and the new bars take its place.
   *
   * @param provenance origin of the bars; a bar that is stored already keeps its own
   * @throws DayTradeError `series.bars-invalid` when days do not rise strictly; `state.unwritable`
   */
  merge(symbol: string, bars: BarColumns, provenance?: Provenance, splits?: readonly Split[]): Promise<MergeResult>;
  /**
   * Merges bars of different symbols; each file is written once. After a crash each file is the old or the new one.
   *
   * @returns one result for each, in their order
   */
  mergeMany(several: readonly BarsOfSymbol[], provenance?: Provenance): Promise<readonly MergeResult[]>;
  /** Merges 5-minute bars as {@link merge} does. */
  mergeIntraday(symbol: string, bars: IntradayColumns, provenance?: Provenance): Promise<MergeResult>;
  mergeManyIntraday(several: readonly IntradayBarsOfSymbol[], provenance?: Provenance): Promise<readonly MergeResult[]>;
  /** Counts the changes of {@link mergeMany} without making them. */
  compareMany(several: readonly BarsOfSymbol[]): Promise<readonly MergeResult[]>;
  compareManyIntraday(several: readonly IntradayBarsOfSymbol[]): Promise<readonly MergeResult[]>;
  /** Reads daily bars, oldest first; empty for a symbol without bars. */
  read(symbol: string, range?: DateRange): Promise<BarColumns>;
  /** Reads daily bars of several symbols, in their order, by one query. */
  readMany(symbols: readonly string[], range?: DateRange): Promise<readonly BarColumns[]>;
  /** Reads 5-minute bars, oldest first; empty for a symbol without bars. */
  readIntraday(symbol: string, range?: DateRange): Promise<IntradayColumns>;
  readManyIntraday(symbols: readonly string[], range?: DateRange): Promise<readonly IntradayColumns[]>;
  /** Reads bars with their origins, oldest first; empty for a symbol without bars. */
  readWithOrigins(symbol: string, interval: BarInterval, range?: DateRange): Promise<BarsWithOrigins>;
  /** Reads daily bars of symbols with their origins from all files that are not damaged. */
  readSound(symbols: readonly string[]): Promise<readonly DailyBarsWithOrigins[]>;
  /** Returns the bars of a symbol as the bytes of a parquet file, with further columns beside them. */
  parquetFile(symbol: string, interval: BarInterval, range: DateRange, beside: BesideBars): Promise<Uint8Array>;
  /**
   * Returns the table of a parquet file of any program, as text with tabs between the fields and a header line.
   *
   * @throws DayTradeError `data.bars-damaged` when it is not such a file, or too large
   */
  tableText(file: Uint8Array, mostCharacters: number): Promise<string>;
  /** Reads daily bars of several symbols on one axis of sessions. */
  readPanel(symbols: readonly PanelSymbol[], range?: DateRange): Promise<Panel>;
  /** Reads a panel together with the hash of its bars. */
  readHashedPanel(symbols: readonly PanelSymbol[], range?: DateRange): Promise<HashedPanel>;
  /**
   * Reads the daily bars of symbols after a past; without one, all of them.
   *
   * @param past result of an earlier reading of the same symbols in this order
   * @returns undefined when bars of the past may have changed
   */
  readSince(symbols: readonly string[], past?: BarsPast): Promise<BarsSince | undefined>;
  /** Returns the SHA-256 of the daily bars of symbols. Their order and the encoding of files do not matter. */
  dataHash(symbols: readonly string[], range?: DateRange): Promise<string>;
  /**
   * Returns the symbols whose daily bars are damaged or lost.
   *
   * @param reading 'content' compares each file with its checksum; 'ends' (default) does so for files that this
   * process has not read yet
   */
  damaged(symbols: readonly RecordedBars[], reading?: 'ends' | 'content'): Promise<readonly DamagedBars[]>;
  /**
   * Returns the symbols that have fewer daily bars than their records say.
   *
   * @param range looks only at the last day, since bars of other days do not matter
   */
  lost(symbols: readonly RecordedBars[], range?: DateRange): Promise<readonly DamagedBars[]>;
  /** Returns the ends of the daily bars of each symbol; undefined for a symbol without bars. */
  ends(symbols: readonly string[]): Promise<readonly (BarsEnd | undefined)[]>;
  /** Counts the bars of all symbols; default: '1d'. */
  count(interval?: BarInterval): Promise<number>;
  /** Returns the symbols with bars, sorted; default: '1d'. */
  symbols(interval?: BarInterval): Promise<readonly string[]>;
  /**
   * Removes all bars of symbols, also those of 5 minutes.
   *
   * @throws DayTradeError `state.unwritable`
   */
  remove(symbols: readonly string[]): Promise<void>;
  /** Waits for running merges, then closes the store. */
  close(): Promise<void>;
}
