import type { BarInterval } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns, Panel, PanelSymbol } from '@daytrade/series';
import type { BarOrigins, Provenance } from './bar-origins.ts';
import type { BarsPast, BarsSince } from './bars-since.ts';
import type { DamagedBars } from './damaged-bars.ts';
import type { MergeCounts } from './merge-columns.ts';
import type { BesideBars } from './parquet-files.ts';
import type { Split } from './restate-bars.ts';

/** Days of Japan, both included; open where left out. */
export interface DateRange {
  readonly from?: TradeDate | undefined;
  readonly to?: TradeDate | undefined;
}

/** Bars of one symbol, and where each came from. */
export type BarsWithOrigins = { readonly origins: BarOrigins } & (
  | { readonly interval: '1d'; readonly columns: BarColumns }
  | { readonly interval: '5m'; readonly columns: IntradayColumns }
);

/** Daily bars of one symbol that are to be merged, see `BarStore.merge`. */
export interface BarsOfSymbol {
  readonly symbol: string;
  readonly bars: BarColumns;
  readonly splits: readonly Split[];
}

/** What a merge did, and what the symbol has after it. */
export interface MergeResult extends MergeCounts {
  /** Bars of the symbol now. */
  readonly bars: number;
  /** Day of the first and the last bar; null when there are none. */
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
  /** What was wrong with the file that the merge replaced, whose bars are gone; undefined when nothing was. */
  readonly mended: string | undefined;
}

/** Where the daily bars of a symbol end. */
export interface BarsEnd {
  readonly bars: number;
  readonly lastDate: TradeDate;
}

/**
 * The bars of every symbol, kept in parquet files (see `openFolderBars` and `openSharedBars`).
 *
 * Every method throws DayTradeError `market.symbol-invalid`; `data.bars-damaged` when a file is not a file of bars, and
 * `state.damaged` when it cannot be read at all; and where the files are objects of a server `service.unavailable` and
 * `dependency.refused`.
 */
export interface BarStore {
  /**
   * Adds daily bars to a symbol's; a bar of a day that is there already replaces it. Writes nothing when nothing
   * changes. A damaged file is replaced by the new bars alone.
   *
   * @param provenance where the bars came from; a bar that is there already as it is keeps what is known of it
   * @param splits those that the bars are adjusted for: stored bars of days that they lack get their prices
   * @throws DayTradeError `series.bars-invalid` when days do not rise strictly; `state.unwritable`
   */
  merge(symbol: string, bars: BarColumns, provenance?: Provenance, splits?: readonly Split[]): Promise<MergeResult>;
  /**
   * As {@link merge}, for different symbols at once, each of which is there as a whole or not at all after a crash. A
   * few newest bars of many symbols are written together, beside the files of the symbols.
   *
   * @returns one result for each, in their order
   */
  mergeMany(several: readonly BarsOfSymbol[], provenance?: Provenance): Promise<readonly MergeResult[]>;
  /** As {@link merge}, for 5-minute bars. */
  mergeIntraday(symbol: string, bars: IntradayColumns, provenance?: Provenance): Promise<MergeResult>;
  /** What {@link merge} would do, which it does not. */
  compare(symbol: string, bars: BarColumns): Promise<MergeResult>;
  /** As {@link compare}, for 5-minute bars. */
  compareIntraday(symbol: string, bars: IntradayColumns): Promise<MergeResult>;
  /** Daily bars, oldest first; empty for a symbol without bars. */
  read(symbol: string, range?: DateRange): Promise<BarColumns>;
  /** 5-minute bars, oldest first; empty for a symbol without. */
  readIntraday(symbol: string, range?: DateRange): Promise<IntradayColumns>;
  /** Bars with where each came from, oldest first; empty for a symbol without. */
  readWithOrigins(symbol: string, interval: BarInterval, range?: DateRange): Promise<BarsWithOrigins>;
  /**
   * The bars of a symbol as the bytes of a parquet file of their own, with the columns of a stored one and those beside
   * it.
   */
  parquetFile(symbol: string, interval: BarInterval, range: DateRange, beside: BesideBars): Promise<Uint8Array>;
  /**
   * The table of a parquet file of anybody's, as text with tabs between the fields and a header line.
   *
   * @throws DayTradeError `data.bars-damaged` when it is not one, or too large
   */
  tableText(file: Uint8Array, mostCharacters: number): Promise<string>;
  /** Daily bars of several symbols on one axis of sessions, by one query. */
  readPanel(symbols: readonly PanelSymbol[], range?: DateRange): Promise<Panel>;
  /**
   * The daily bars of several symbols that came after a past, whose bars are not read again; without one, all of them.
   * Undefined when some bars of the past are others by now, or are gone.
   *
   * @param past what an earlier reading of the same symbols in this order gave
   */
  readSince(symbols: readonly string[], past?: BarsPast): Promise<BarsSince | undefined>;
  /**
   * SHA-256 of the daily bars of some symbols, whatever their order and however the files encode them: what a model was
   * trained on.
   */
  dataHash(symbols: readonly string[], range?: DateRange): Promise<string>;
  /**
   * Which of some symbols that should have daily bars have a file that is missing or damaged.
   *
   * @param reading 'ends' (default) finds files that are missing or cut off; 'content' reads all of each file and
   * compares it with the hash that was written with it
   */
  damaged(symbols: readonly string[], reading?: 'ends' | 'content'): Promise<readonly DamagedBars[]>;
  /**
   * How many daily bars each symbol has, and the last day of them, without reading them; undefined where there are
   * none, or where it cannot be known that way.
   */
  ends(symbols: readonly string[]): Promise<readonly (BarsEnd | undefined)[]>;
  /** Bars of all symbols; '1d' when left out. */
  count(interval?: BarInterval): Promise<number>;
  /** Symbols with bars, sorted; '1d' when left out. */
  symbols(interval?: BarInterval): Promise<readonly string[]>;
  /**
   * Removes all bars of a symbol; it is not an error when there are none.
   *
   * @throws DayTradeError `state.unwritable`
   */
  remove(symbol: string): Promise<void>;
  /** Waits for what is being written, then gives back what the store holds. */
  close(): Promise<void>;
}
