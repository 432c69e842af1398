import { priceLimitBand, roundToTick, type TickTable } from '@daytrade/market';

/** An interval as it is published, in yen. */
export interface PublishedInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The interval for the next close as it is published: C * exp(low) to C * exp(high), clipped to the price-limit band
 * around C and rounded outward to the tick, without leaving the band.
 *
 * @param low log return of the lower bound; -Infinity gives the band's
 * @param high log return of the upper bound; Infinity gives the band's
 */
export function publishInterval(lastClose: number, low: number, high: number, tickTable: TickTable): PublishedInterval {
  const band = priceLimitBand(lastClose, tickTable);
  const lower = Math.min(Math.max(lastClose * Math.exp(low), band.lower), band.upper);
  const upper = Math.max(Math.min(lastClose * Math.exp(high), band.upper), band.lower);
  return {
    lower: Math.max(roundToTick(lower, tickTable, 'down'), band.lower),
    upper: Math.min(roundToTick(upper, tickTable, 'up'), band.upper),
  };
}
