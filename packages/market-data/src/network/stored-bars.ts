import type { SymbolCode, TradeDate } from '@daytrade/market';
import { type DateRange, missingRanges } from './missing-sessions.ts';

/** The stored bars of a symbol, as far as an update has to know them. */
export interface StoredBars {
  readonly firstDate: TradeDate;
  readonly lastDate: TradeDate;
  /** See `SourceRows`; the last day where it is left out. */
  readonly askedTo?: TradeDate | null | undefined;
  readonly bars: number;
  readonly synthetic: boolean;
}

/** What is missing of a symbol. */
export interface Missing {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
  /** First stored day; undefined without bars. */
  readonly storedFrom: TradeDate | undefined;
}

/** What is asked for, whatever is stored. */
export interface AskedDays {
  readonly range: DateRange;
  /** Whether the first day is the user's word; see `missingRanges`. */
  readonly isFromGiven: boolean;
  /** Whether days are asked for that are stored, too; default: no. */
  readonly isAgain?: boolean | undefined;
}

/** Undefined without real bars. */
export function inUse<Stored extends StoredBars>(stored: Stored | undefined): Stored | undefined {
  return stored === undefined || stored.bars === 0 || stored.synthetic ? undefined : stored;
}

/** What is missing of a symbol beside what is stored of it; undefined where nothing is. */
export function missingOf(
  symbol: SymbolCode,
  stored: StoredBars | undefined,
  { range, isFromGiven, isAgain = false }: AskedDays,
): Missing | undefined {
  const bars = inUse(stored);
  const ranges = missingRanges(range, isAgain ? undefined : bars, isFromGiven);
  return ranges.length === 0 ? undefined : { symbol, ranges, storedFrom: bars?.firstDate };
}
