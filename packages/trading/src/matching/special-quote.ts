import { dailyPriceLimit, type PriceTenths } from '@daytrade/market';
import type { BookOrder, Trade } from './book-order.ts';
import { type AuctionRules, itayosePrice, tradesAt } from './itayose.ts';

/** Tenths of a yen that a quote moves at once below 200 yen. */
const leastRenewal = 50;

/**
 * By how much a special quote moves at once, tenths of a yen: a tenth of the daily limit of the price, 5 yen at least.
 * Source: Japan Exchange Group, "Special Quote Renewal Price Interval".
 */
export function renewalWidth(price: PriceTenths): number {
  return Math.max(leastRenewal, dailyPriceLimit(price / 10));
}

/** Minutes for which a special quote is shown before it moves. */
const quoteMinutes = 3;

/** How an opening auction went. */
export interface Opening {
  readonly trades: readonly Trade[];
  /** Minutes after the auction would have been. */
  readonly delayMinutes: number;
}

/**
 * An opening auction. When its price lies further from the last one than the renewal width, a special quote is shown
 * and moved towards it every three minutes, and the auction is when the quote has come near enough.
 */
export function openingAuction(orders: readonly BookOrder[], rules: AuctionRules): Opening | undefined {
  const price = itayosePrice(orders, rules);
  if (price === undefined) return undefined;
  let [quote, moves] = [rules.last as number, 0];
  while (Math.abs(price - quote) > renewalWidth(quote as PriceTenths)) {
    quote += Math.sign(price - quote) * renewalWidth(quote as PriceTenths);
    moves += 1;
  }
  return { trades: tradesAt(orders, price), delayMinutes: moves * quoteMinutes };
}
