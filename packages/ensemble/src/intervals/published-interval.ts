import { priceLimitBand, roundToTick, type TickTable, type Yen } from '@daytrade/market';
import type { LogReturn } from '@daytrade/series';

/** An interval as it is published. */
export interface PublishedInterval {
  readonly lower: Yen;
  readonly upper: Yen;
}

/**
 * The interval for the next close as it is published: C * exp(low) to C * exp(high), clipped to the price-limit band
 * around C and rounded outward to the tick, without leaving the band.
 *
 * @param low of the lower bound; -Infinity gives the band's
 * @param high of the upper bound; Infinity gives the band's
 */
export function publishInterval(
  lastClose: Yen,
  low: LogReturn,
  high: LogReturn,
  tickTable: TickTable,
): PublishedInterval {
  const band = priceLimitBand(lastClose, tickTable);
  const lower = Math.min(Math.max(lastClose * Math.exp(low), band.lower), band.upper);
  const upper = Math.max(Math.min(lastClose * Math.exp(high), band.upper), band.lower);
  return {
    lower: Math.max(roundToTick(lower, tickTable, 'down'), band.lower),
    upper: Math.min(roundToTick(upper, tickTable, 'up'), band.upper),
  };
}
