import type { BarInterval, FileForm, PriceBasis, PriceFactor, SymbolInfo } from '@daytrade/contracts';
import type { ErrorCode } from '@daytrade/errors';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { BarRows } from '@daytrade/series';

export interface SymbolMaster
  extends Pick<SymbolInfo, 'name' | 'sector' | 'sizeGroup' | 'tickTable' | 'lot' | 'synthetic'> {
  readonly symbol: SymbolCode;
  /** Listed shares, from which the market capitalisation follows; null where the provider does not know. */
  readonly sharesOutstanding: number | null;
}

/** True where a symbol has a name beside its code. */
export function isNamed({ symbol, name }: { readonly symbol: string; readonly name: string }): boolean {
  return name !== symbol;
}

/** The shares of a symbol as a report has them. */
export interface ShareCount {
  /** The day on which the report came out. */
  readonly date: TradeDate;
  /** The day whose shares it has: a split since then has changed them. */
  readonly periodEnd: TradeDate;
  /** Issued, without those that the company holds itself. */
  readonly shares: number;
  readonly source: string;
}

/** A day on which a company announces its results, or has announced them. */
export interface Announcement {
  readonly date: TradeDate;
  /** A planned announcement may still be moved. */
  readonly kind: 'made' | 'planned';
  /** When in Japan, as `15:30`; null where it is not known. */
  readonly time: string | null;
  readonly source: string;
  /** The instant from which the day was public. Default: the announcement itself; of a plan, when it was fetched. */
  readonly knownSince?: string;
}

/** One thing that a provider can read: a file, or the bars of one length of a symbol of an exchange. */
export interface BarSource {
  readonly symbol: SymbolCode;
  /** Length of its bars, where the provider knows it before it reads them. */
  readonly interval?: BarInterval | undefined;
  /** Name by which messages and the quarantine call it, for example `daily/7203.T.csv`. */
  readonly file: string;
}

/** Something that is not a source, or cannot be read as one, and why. */
export interface PassedOver {
  readonly file: string;
  readonly message: string;
}

/** A source that is refused before it is read, and what a fetch of nothing else fails with. */
export interface RefusedSource extends PassedOver {
  /** The symbol whose daily bars do not come by this, where it is one. */
  readonly symbol?: SymbolCode | undefined;
  /** Default: `data.file-unreadable`. */
  readonly code?: ErrorCode | undefined;
}

export interface SourceList {
  /** In the order in which they are to be read. */
  readonly sources: readonly BarSource[];
  /** Files that are not named like a symbol; no fault of theirs. */
  readonly skipped: readonly PassedOver[];
  /** Files that are refused before they are read; none where left out. */
  readonly refused?: readonly RefusedSource[] | undefined;
  /** Notes to the user about all of the bars. */
  readonly notes?: readonly string[] | undefined;
}

/**
 * The rows of one source as they were written, in columns of equal length, with where each came from. Nothing is judged
 * yet, except that each row has a date and five numbers; the rest is in `malformed`.
 */
export interface SourceRows extends BarRows {
  readonly master: SymbolMaster;
  readonly interval: BarInterval;
  readonly file: string;
  /** Price basis that the provider states; undefined to have it recognised from the prices. */
  readonly priceBasis: PriceBasis | undefined;
  /** The column of adjusted closes, NaN where a row has none; undefined where there is no such column to judge by. */
  readonly adjustedClose?: Float64Array | undefined;
  /** Recognised form of the file; undefined where the provider reads no files. */
  readonly form?: FileForm | undefined;
  /** Days since 1970-01-01 ('1d') or the beginning of the bar in milliseconds since 1970 UTC ('5m'). */
  readonly times: Float64Array;
  /** Line of each row in the file, the first line being 1. */
  readonly lines: Int32Array;
  /** The row as it was written. */
  readonly rowText: (index: number) => string;
  /** Rows without the form of a bar: no number, no date, too few fields. */
  readonly malformed: readonly MalformedRow[];
  /** Splits and dividends among or before the rows; none where left out. */
  readonly factors?: readonly PriceFactor[] | undefined;
  /** Shares out of reports; none where left out. */
  readonly shareCounts?: readonly ShareCount[] | undefined;
  /** When results were or are to be announced; none where left out. */
  readonly announcements?: readonly Announcement[] | undefined;
  /**
   * The newest session of which the provider had bars when it was asked, of whatever symbol: a day up to it that is not
   * among the rows had no trade. Left out where that is not known.
   */
  readonly askedTo?: TradeDate | undefined;
  /** Rows without any value: nothing was traded, as over lunch or all day. They are neither bars nor faults. */
  readonly rowsWithoutTrade: number;
}

export interface MalformedRow {
  readonly line: number;
  /** As written; may be no date at all. */
  readonly date: string;
  readonly reason: 'fields-missing' | 'date-invalid' | 'date-out-of-range' | 'date-duplicate' | 'not-a-number' | 'gap';
  readonly message: string;
  readonly row: string;
}

/**
 * Beginnings of the 5-minute bars of a symbol that are stored, milliseconds since 1970 UTC, of a range of days with
 * both ends: a provider of such bars gives those that are missing.
 */
export type StoredIntraday = (
  symbol: SymbolCode,
  range: { readonly from: TradeDate; readonly to: TradeDate },
) => Promise<ArrayLike<number> & Iterable<number>>;

/**
 * The one interface behind which every source of bars stands: folders of CSV files, the synthetic exchange, and data
 * vendors on the network.
 */
export interface BarProvider {
  readonly name: string;
  readonly synthetic: boolean;
  /**
   * True where only what is not stored yet is read: nothing to read is not a failure then, and rows that were kept out
   * before stay listed, since they do not come again.
   */
  readonly incremental?: boolean | undefined;
  /** Says in words what it does while nothing comes from it, as that it waits; one listener at a time. */
  watch?(onActivity: (message: string) => void): void;
  /** Refuses at once what is not there, where {@link list} reads whole files. Throws as {@link list}. */
  look?(): Promise<unknown>;
  /** @throws DayTradeError `data.folder-unreadable`, or `data.provider-failed`, which may be tried again */
  list(signal?: AbortSignal): Promise<SourceList>;
  /**
   * @throws DayTradeError `data.file-unreadable`, `data.symbol-unknown`, `data.provider-reply-invalid` or
   *   `data.provider-refused` when this source is not a table of bars (the others may be);
   *   `data.provider-failed`, which may be tried again
   */
  read(source: BarSource, signal?: AbortSignal): Promise<SourceRows>;
}
