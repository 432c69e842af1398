import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { BarStore } from './bar-store.ts';

/** Daily bars of a symbol that cannot be used. */
export interface DamagedBars {
  readonly symbol: string;
  /** Names the file and what is wrong with it. */
  readonly message: string;
}

/** What was read of the symbols whose bars can be used. */
export interface UndamagedRead<Entry, Result> {
  readonly entries: readonly Entry[];
  /** Undefined when every symbol was left out. */
  readonly result: Result | undefined;
  /** The others, with what is wrong. */
  readonly leftOut: readonly DamagedBars[];
}

/**
 * Reads bars of those symbols of several whose file is there and sound, so that one damaged file does not stop the
 * others.
 *
 * @param entries symbols that have bars by their record
 * @param read reads the bars of some of them; asked again without the damaged ones when it met one
 */
export async function readUndamaged<Entry extends { readonly symbol: string }, Result>(
  bars: BarStore,
  entries: readonly Entry[],
  read: (sound: readonly Entry[]) => Promise<Result>,
): Promise<UndamagedRead<Entry, Result>> {
  const codes = entries.map(({ symbol }) => symbol);
  const attempt = async (leftOut: readonly DamagedBars[]) => {
    const damaged = new Set(leftOut.map(({ symbol }) => symbol));
    const sound = entries.filter(({ symbol }) => !damaged.has(symbol));
    const isEmpty = sound.length === 0 && leftOut.length > 0;
    return { entries: sound, result: isEmpty ? undefined : await read(sound), leftOut };
  };
  const present = new Set(await bars.symbols());
  const absent = codes.filter((code) => !present.has(code));
  try {
    return await attempt(absent.length === 0 ? [] : await bars.damaged(absent));
  } catch (error) {
    if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
    const damaged = await bars.damaged(codes, 'content');
    if (damaged.length === 0) throw error;
    return await attempt(damaged);
  }
}

/** The error of bars that cannot be used; the first few are named. */
export function barsDamaged(damaged: readonly DamagedBars[]): DayTradeError {
  const shown = damaged.slice(0, 3).map(({ symbol, message }) => `${symbol}: ${message}`);
  const more = damaged.length > shown.length ? [`and ${damaged.length - shown.length} more`] : [];
  return new DayTradeError('data.bars-damaged', [...shown, ...more].join('; '), {
    details: { symbols: damaged.slice(0, 100).map(({ symbol }) => symbol) },
  });
}
