import type { PriceFactor, QuarantineEntry, SymbolInfo } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import type { ShareCount, SymbolMaster } from '../provider.ts';

/** What a merge did, and what the symbol has after it; null dates when it has no bar. */
export interface MergedBars {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bars: number;
  readonly firstDate: TradeDate | null;
  readonly lastDate: TradeDate | null;
  /** What was wrong with the stored bars, which the merge replaced; undefined when nothing was. */
  readonly mended?: string | undefined;
}

/** Where bars go. Each merge is there as a whole or not at all after a crash. Filled by `BarStore` of storage. */
export interface BarSink {
  /** @param splits those that the bars are adjusted for: stored days that they lack are brought into their prices */
  merge(
    symbol: SymbolCode,
    bars: BarColumns,
    provenance: Provenance,
    splits: readonly Pick<PriceFactor, 'date' | 'value'>[],
  ): Promise<MergedBars>;
  mergeIntraday(symbol: SymbolCode, bars: IntradayColumns, provenance: Provenance): Promise<MergedBars>;
}

/** Where the bars of a fetch came from: the provider's name, and when the fetch began (milliseconds since 1970). */
export interface Provenance {
  readonly source: string;
  readonly fetchedAt: number;
}

/** What is written down of a symbol. */
export type FetchedSymbol = SymbolInfo & Pick<SymbolMaster, 'symbol' | 'sharesOutstanding'>;

/** Where symbols are written down. */
export interface SymbolSink {
  find(symbol: SymbolCode): Promise<SymbolInfo | undefined>;
  upsert(symbol: FetchedSymbol): Promise<void>;
}

/** Where splits and dividends are written down. */
export interface PriceFactorSink {
  /** Adds factors; one of the same day, kind and day of publication is replaced. */
  upsert(symbol: SymbolCode, factors: readonly PriceFactor[]): Promise<void>;
}

/** Where the shares of symbols are written down. */
export interface ShareCountSink {
  /** Adds counts; one of the same day is replaced. */
  upsert(symbol: SymbolCode, counts: readonly ShareCount[]): Promise<void>;
}

/** Where quarantined rows and warnings go. */
export interface QuarantineSink {
  /** Puts the entries in the place of all earlier ones of the same symbol and file, as one transaction. */
  replace(
    source: { readonly symbol: SymbolCode; readonly file: string },
    entries: readonly QuarantineEntry[],
  ): Promise<void>;
  /** Adds the entries beside the earlier ones of the same symbol and file; one that is there already is not added. */
  add(
    source: { readonly symbol: SymbolCode; readonly file: string },
    entries: readonly QuarantineEntry[],
  ): Promise<void>;
}

export interface FetchSinks {
  readonly bars: BarSink;
  readonly symbols: SymbolSink;
  readonly quarantine: QuarantineSink;
  readonly factors: PriceFactorSink;
  readonly shareCounts: ShareCountSink;
}
