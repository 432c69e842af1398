import { type PriceLimitBand, roundToTick, type Yen } from '@daytrade/market';
import type { LimitedSymbol, LogReturn } from '@daytrade/series';

export interface PublishedInterval {
  readonly lower: Yen;
  readonly upper: Yen;
}

export interface PossiblePrices extends LimitedSymbol {
  /** See `LimitTracks`. */
  readonly band: PriceLimitBand;
  /** The dividend expected to go from P on the session, an ex-day; absent on others and once it has gone. */
  readonly dividend?: Yen | undefined;
}

/** Digits of a bound in adjusted prices: at most 1 bp of it is rounded away. */
const significantDigits = 5;

/**
 * The interval for a close as it is published: P * exp(low) - D to P * exp(high) - D with the expected dividend D. In
 * traded prices it is clipped to the price limits of the session, which a dividend does not move, and rounded outward
 * to the tick, without leaving them. Adjusted prices have neither limits nor ticks: there it is rounded outward to five
 * digits, and the band stands only where the interval has no end.
 *
 * @param price P, from which the close is forecast: the close before, or within the day the last price
 * @param low of the lower bound; -Infinity gives the band's
 * @param high of the upper bound; Infinity gives the band's
 */
export function publishInterval(
  price: Yen,
  low: LogReturn,
  high: LogReturn,
  { tickTable, priceBasis, band, dividend = 0 }: PossiblePrices,
): PublishedInterval {
  const from = priceAfter(price, low, dividend);
  const to = priceAfter(price, high, dividend);
  if (priceBasis !== 'traded') {
    const lower = low === -Infinity ? band.lower : from;
    const upper = high === Infinity ? band.upper : to;
    return { lower: roundToDigits(Math.min(lower, upper), Math.floor), upper: roundToDigits(upper, Math.ceil) };
  }
  const lower = Math.min(Math.max(from, band.lower), band.upper);
  const upper = Math.max(Math.min(to, band.upper), band.lower);
  return {
    lower: Math.max(roundToTick(lower, tickTable, 'down'), band.lower),
    upper: Math.min(roundToTick(upper, tickTable, 'up'), band.upper),
  };
}

/** The price after a log return with the dividend in it; of a dividend of nearly all of it a hundredth is left. */
export function priceAfter(price: Yen, logReturn: LogReturn, dividend: Yen): Yen {
  return Math.max(price * Math.exp(logReturn) - dividend, price / 100);
}

function roundToDigits(yen: Yen, round: (value: number) => number): Yen {
  const decimals = significantDigits - 1 - Math.floor(Math.log10(yen));
  const steps = decimals >= 0 ? yen * 10 ** decimals : yen / 10 ** -decimals;
  // A bound that is written with these digits has no noise beyond them that would move it by one.
  const nearest = Math.round(steps);
  const rounded = Math.abs(steps - nearest) < 1e-6 ? nearest : round(steps);
  return decimals >= 0 ? rounded / 10 ** decimals : rounded * 10 ** -decimals;
}
