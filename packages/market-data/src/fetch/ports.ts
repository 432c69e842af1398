import type { PriceFactor, QuarantineCount, QuarantineEntry, SymbolInfo } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import type { Announcement, ShareCount, SymbolMaster } from '../provider.ts';

/** Result of a merge, and the bars of the symbol after it. Dates are null without a bar. */
export interface MergedBars {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bars: number;
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
  /** Fault of the stored bars that the merge replaced; undefined where they were sound. */
  readonly mended?: string | undefined;
}

export interface BarsOfSymbol {
  readonly symbol: SymbolCode;
  readonly bars: BarColumns;
  /** Those that the bars are adjusted for: stored days that they lack are brought into their prices. */
  readonly splits: readonly Pick<PriceFactor, 'date' | 'value'>[];
}

export interface IntradayBarsOfSymbol {
  readonly symbol: SymbolCode;
  readonly bars: IntradayColumns;
}

/** Stores bars of different symbols, and returns results in their order. Implemented by `BarStore`. */
export interface BarSink {
  mergeMany(several: readonly BarsOfSymbol[], provenance: Provenance): Promise<readonly MergedBars[]>;
  mergeManyIntraday(several: readonly IntradayBarsOfSymbol[], provenance: Provenance): Promise<readonly MergedBars[]>;
}

/** Provider of the bars of a fetch, and its start in milliseconds since 1970. */
export interface Provenance {
  readonly source: string;
  readonly fetchedAt: number;
}

export type FetchedSymbol = SymbolInfo &
  Pick<SymbolMaster, 'symbol' | 'sharesOutstanding'> & {
    /** See `SourceRows`; what is written down stays where it is left out. */
    readonly askedTo?: TradeDate | null | undefined;
  };

export interface SymbolSink {
  find(symbols: readonly SymbolCode[]): Promise<ReadonlyMap<SymbolCode, FetchedSymbol>>;
  upsert(symbols: readonly FetchedSymbol[]): Promise<void>;
}

type OfSymbol<Row> = Row & { readonly symbol: SymbolCode };

/** Stores rows; one of the same key is replaced. Implemented by repositories of storage. */
interface RowSink<Row> {
  upsertMany(rows: readonly OfSymbol<Row>[]): Promise<void>;
}

/** Rows of one symbol in a file that were kept out or warned about. */
export interface KeptOut {
  readonly symbol: SymbolCode;
  readonly file: string;
  /** The first rows of each reason. */
  readonly entries: readonly QuarantineEntry[];
  readonly counts: readonly QuarantineCount[];
}

export interface QuarantineSink {
  /** Puts the entries of each in the place of all earlier ones of the same symbol and file. */
  replace(several: readonly KeptOut[]): Promise<void>;
  /** Adds the entries of each beside the earlier ones of the same symbol and file; none is there twice. */
  add(several: readonly KeptOut[]): Promise<void>;
}

export interface FetchSinks {
  readonly bars: BarSink;
  readonly symbols: SymbolSink;
  readonly quarantine: QuarantineSink;
  /** Splits and dividends, by day, kind and day of publication. */
  readonly factors: RowSink<PriceFactor>;
  /** Share counts, by day. */
  readonly shareCounts: RowSink<ShareCount>;
  /** Announcements of results, by day and kind. */
  readonly announcements: RowSink<Required<Announcement> & { readonly knownUntil: null }>;
}
