import type { TradeDate } from '@daytrade/market';

/** The selection before, whose members stay until they fall clearly out. */
export interface PreviousSelection {
  readonly asOf: TradeDate;
  readonly symbols: readonly { readonly symbol: string; readonly name: string }[];
}

/** How many symbols are picked, and what keeps them apart. */
export interface SelectionOptions {
  readonly count: number;
  /** The last session of the window; default: the newest bar of the pool. */
  readonly asOf?: TradeDate | undefined;
  /**
   * Ranks about the last place between which membership decides: a symbol of the selection before stays up to rank
   * `count + buffer`, and one that was not in it comes in for sure only up to rank `count - buffer`. 0: the best are
   * picked, whoever was before. Default: 30 % of the count.
   */
  readonly buffer?: number | undefined;
  /** Symbols of one sector at most; a symbol whose sector is not known counts for none. */
  readonly mostPerSector?: number | undefined;
  /** Largest correlation of the daily returns of two picked symbols, over the window. */
  readonly maximumCorrelation?: number | undefined;
  readonly previous?: PreviousSelection | undefined;
}

/** Share of the count that the buffer is where none is asked for. */
const defaultBuffer = 0.3;

/** The buffer of some options: never so large that nobody comes in for sure. */
export function bufferOf({ count, buffer }: Pick<SelectionOptions, 'count' | 'buffer'>): number {
  return Math.min(buffer ?? Math.round(defaultBuffer * count), count - 1);
}
