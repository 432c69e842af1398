import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import type { BarStore } from './bar-store.ts';
import type { DateRange } from './columns.ts';

/** Daily bars of a symbol by its record; what is unknown is left out. */
export interface RecordedBars {
  readonly symbol: string;
  readonly bars?: number | undefined;
  readonly firstDate?: TradeDate | undefined;
  readonly lastDate?: TradeDate | undefined;
}

/** Daily bars of a symbol that cannot be used. */
export interface DamagedBars {
  readonly symbol: string;
  /** Names the file and its fault, or the number of bars that are missing. */
  readonly message: string;
}

/** Bars of the symbols that have all of theirs. */
export interface UndamagedRead<Entry, Result> {
  readonly entries: readonly Entry[];
  /** Undefined when every symbol was left out. */
  readonly result: Result | undefined;
  readonly leftOut: readonly DamagedBars[];
}

/**
 * Reads bars of those symbols that have all the bars of their records. Others lost some with a damaged file that was
 * set aside.
 *
 * @param range days that are read; default: all
 * @throws DayTradeError `data.bars-damaged` as long as a file of these days is damaged
 */
export async function readUndamaged<Entry extends RecordedBars, Result>(
  bars: BarStore,
  entries: readonly Entry[],
  read: (complete: readonly Entry[]) => Promise<Result>,
  range?: DateRange,
): Promise<UndamagedRead<Entry, Result>> {
  const leftOut = await bars.lost(entries, range);
  const lacking = new Set(leftOut.map(({ symbol }) => symbol));
  const complete = entries.filter(({ symbol }) => !lacking.has(symbol));
  const isEmpty = complete.length === 0 && leftOut.length > 0;
  return { entries: complete, result: isEmpty ? undefined : await read(complete), leftOut };
}

/** The error of bars that cannot be used; the first few are named. */
export function barsDamaged(damaged: readonly DamagedBars[]): DayTradeError {
  const shown = damaged.slice(0, 3).map(({ symbol, message }) => `${symbol}: ${message}`);
  const more = damaged.length > shown.length ? [`and ${damaged.length - shown.length} more`] : [];
  return new DayTradeError('data.bars-damaged', [...shown, ...more].join('; '), {
    details: { symbols: damaged.slice(0, 100).map(({ symbol }) => symbol) },
  });
}
