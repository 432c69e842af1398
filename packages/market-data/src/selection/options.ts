import type { TradeDate } from '@daytrade/market';

export interface SelectionCriteria {
  /** Yen. A symbol whose market capitalisation is not known is not rejected by it. */
  readonly minimumMarketCapitalisationYen: number;
  /** Mean of the daily volume, shares. */
  readonly minimumAverageVolumeShares: number;
  /** Annualised standard deviation of daily log returns, 0.6 for 60 %. */
  readonly maximumAnnualVolatility: number;
  /** Of 100. */
  readonly minimumLiquidityScore: number;
}

/**
 * The specification's criteria. It leaves the maximum volatility open; 60 % a year is 3.8 % a day, at which an interval
 * that holds 93 % of the closes is about 7 % wide to either side. Wider ones are of no use.
 */
export const defaultCriteria: SelectionCriteria = {
  minimumMarketCapitalisationYen: 1e9,
  minimumAverageVolumeShares: 1e6,
  maximumAnnualVolatility: 0.6,
  minimumLiquidityScore: 60,
};

/** Sessions that are looked at. */
export const windowSessions = 60;

export const weights = {
  liquidity: 0.35,
  volatility: 0.25,
  volumeConsistency: 0.2,
  marketCapitalisation: 0.2,
} as const;

/** The selection before, whose members stay until they fall clearly out. */
export interface PreviousSelection {
  readonly asOf: TradeDate;
  readonly symbols: readonly { readonly symbol: string; readonly name: string }[];
}

/** Number of picked symbols, and diversification limits. */
export interface SelectionOptions {
  readonly count: number;
  /** The last session of the window; default: the newest bar of the pool. */
  readonly asOf?: TradeDate | undefined;
  /**
   * Hysteresis in ranks: a symbol of the previous selection stays up to rank `count + buffer`, and a new one enters up
   * to rank `count - buffer`. 0 picks the best. Default: 30 % of the count.
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

/** Returns the buffer of some options, small enough that a new symbol can enter. */
export function bufferOf({ count, buffer }: Pick<SelectionOptions, 'count' | 'buffer'>): number {
  return Math.min(buffer ?? Math.round(defaultBuffer * count), count - 1);
}
