import type { BarInterval } from '@daytrade/contracts';

/**
 * Makes the bytes of a file that is to take the place of a symbol's file.
 *
 * @param current path of the file that is there now; undefined when there is none
 * @returns undefined when nothing changes, so that nothing is written
 */
export type FileChange = (current: string | undefined) => Promise<Uint8Array | undefined>;

/** As {@link FileChange}, for the file of one of several symbols. */
export type SymbolFileChange = (symbol: string, ...args: Parameters<FileChange>) => ReturnType<FileChange>;

/**
 * The parquet files of the bars, one a symbol and interval, and one of the newest daily bars of many symbols, wherever
 * they are kept; paths are of this machine.
 */
export interface BarFiles {
  /** Symbols with a file, sorted. */
  symbols(interval: BarInterval): Promise<readonly string[]>;
  /** Path of the newest file of each symbol, in the order given; undefined where there is none. */
  paths(interval: BarInterval, symbols: readonly string[]): Promise<readonly (string | undefined)[]>;
  /**
   * What is wrong with the file of a symbol, naming it, as far as can be known without reading it; undefined when
   * nothing is.
   */
  fault(interval: BarInterval, symbol: string): Promise<string | undefined>;
  /**
   * Replaces the file of a symbol as a whole. When another process replaced it meanwhile, the change is asked for
   * again, from the newer file.
   *
   * @throws DayTradeError `state.unwritable`
   */
  update(interval: BarInterval, symbol: string, change: FileChange): Promise<void>;
  /** As {@link update}, for several symbols, whose files are put in their places together. */
  updateMany(interval: BarInterval, symbols: readonly string[], change: SymbolFileChange): Promise<void>;
  /**
   * Path of the newest file of the newest bars; undefined where there is none.
   *
   * @param again not from a copy of this machine, which may be damaged
   */
  recent(again?: boolean): Promise<string | undefined>;
  /** As {@link update}, for that file. */
  updateRecent(change: FileChange): Promise<void>;
  /**
   * Keeps a copy of that file beside it, under a name that no reader looks for, so that it can be replaced.
   *
   * @returns where it is kept, for messages
   * @throws DayTradeError `state.unwritable`
   */
  keepAside(path: string, name: string): Promise<string>;
  /** Removes the file of a symbol; it is not an error when there is none. @throws DayTradeError `state.unwritable` */
  remove(interval: BarInterval, symbol: string): Promise<void>;
  /** Path of this machine for a file that is removed again when it was used; nobody else is given it. */
  scratch(): string;
  /** Gives back what is held. */
  close(): Promise<void>;
}
