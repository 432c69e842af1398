import {
  addDays,
  lastClosedSession,
  parseSymbol,
  type SymbolCode,
  sessionsBetween,
  type TradeDate,
} from '@daytrade/market';
import type { SymbolMaster } from '../../provider.ts';

/** The stored bars of a symbol, as far as an update has to know them. */
export interface StoredBars {
  readonly firstDate: TradeDate;
  readonly lastDate: TradeDate;
  /** See `SourceRows`; the last day where it is left out. */
  readonly askedTo?: TradeDate | null | undefined;
  readonly bars: number;
  readonly synthetic: boolean;
}

export type StoredSymbol = StoredBars & Omit<SymbolMaster, 'sharesOutstanding'>;

export interface Missing {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
  /** First stored day; undefined without bars. */
  readonly storedFrom: TradeDate | undefined;
}

export interface AskedDays {
  readonly range: DateRange;
  /** True where the user gave the first day; see `missingRanges`. */
  readonly isFromGiven: boolean;
  /** True to request stored days too. */
  readonly isAgain?: boolean | undefined;
}

/** Undefined without real bars. */
export function inUse<Stored extends StoredBars>(stored: Stored | undefined): Stored | undefined {
  return stored === undefined || stored.bars === 0 || stored.synthetic ? undefined : stored;
}

export function missingOf(
  symbol: SymbolCode,
  stored: StoredBars | undefined,
  { range, isFromGiven, isAgain = false }: AskedDays,
): Missing | undefined {
  const bars = inUse(stored);
  const ranges = missingRanges(range, isAgain ? undefined : bars, isFromGiven);
  return ranges.length === 0 ? undefined : { symbol, ranges, storedFrom: bars?.firstDate };
}

/** Days from `from` to `to`, both included. */
export interface DateRange {
  readonly from: TradeDate;
  readonly to: TradeDate;
}

/**
 * The days of a range that are not stored, before and after what is; those in between were judged when they were
 * fetched, and those after the last bar that were asked for had no trade. Ranges without a session are left out.
 *
 * @param isFromGiven whether `from` is the user's word: else history before the first stored bar is not asked for
 * again, since the symbol may not have been listed
 */
function missingRanges(
  { from, to }: DateRange,
  stored: Pick<StoredBars, 'firstDate' | 'lastDate' | 'askedTo'> | undefined,
  isFromGiven: boolean,
): readonly DateRange[] {
  const ranges =
    stored === undefined
      ? [{ from, to }]
      : [
          ...(isFromGiven ? [{ from, to: earlier(to, addDays(stored.firstDate, -1)) }] : []),
          { from: later(from, addDays(later(stored.lastDate, stored.askedTo ?? stored.lastDate), 1)), to },
        ];
  return ranges.filter((range) => sessionsBetween(range.from, range.to).length > 0);
}

/** The sessions of some ranges, each once, oldest first. */
export function sessionsMissing(ranges: readonly DateRange[]): readonly TradeDate[] {
  return [...new Set(ranges.flatMap(({ from, to }) => sessionsBetween(from, to)))].sort();
}

export function earlier(one: TradeDate, other: TradeDate): TradeDate {
  return one < other ? one : other;
}

export function later(one: TradeDate, other: TradeDate): TradeDate {
  return one > other ? one : other;
}

/** Daily bars are there about an hour after the close: 16:30 in Japan for one at 15:30. */
const readyAfterClose = 3_600_000;
const millisecondsPerDay = 86_400_000;

/**
 * The newest session whose daily bars a provider has at an instant.
 *
 * @param now milliseconds since 1970 UTC
 * @param delayDays days by which they are held back
 */
export function newestReadySession(now: number, delayDays = 0): TradeDate {
  return lastClosedSession(now - readyAfterClose - delayDays * millisecondsPerDay);
}

/** Real stored symbols among those asked for, by whether they have the bars of a session. Undefined: all symbols. */
export async function storedOf(
  symbols: readonly string[] | undefined,
  stored: { readonly list: () => Promise<readonly StoredSymbol[]> },
  newest: TradeDate,
): Promise<{ readonly behind: readonly StoredSymbol[]; readonly upToDate: readonly StoredSymbol[] }> {
  const asked = symbols === undefined ? undefined : new Set(symbols.map((symbol) => parseSymbol(symbol)));
  const real = (await stored.list()).filter(({ symbol, synthetic }) => !synthetic && (asked?.has(symbol) ?? true));
  const { upToDate = [], behind = [] } = Object.groupBy(real, ({ lastDate }) =>
    lastDate >= newest ? 'upToDate' : 'behind',
  );
  return { behind, upToDate };
}

/** Joins two requests: symbols that were fetched one after another are all updated. */
export function joinedSymbols<Request extends { readonly symbols?: readonly string[] | undefined }>(
  newer: Request,
  older: Request,
): Request {
  if (newer.symbols === undefined) return newer;
  const symbols = new Set([...newer.symbols, ...(older.symbols ?? [])].map((symbol) => parseSymbol(symbol)));
  return { ...newer, symbols: [...symbols] };
}
