import type { Yen } from '@daytrade/market';
import type { OrderTime, OrderType, Side } from './order.ts';

/** One bar, prices in yen. */
export interface Bar {
  readonly open: Yen;
  readonly high: Yen;
  readonly low: Yen;
  readonly close: Yen;
  readonly volume: number;
}

export interface FillRules {
  /** Daily limits; infinite where prices have none. */
  readonly lower: Yen;
  readonly upper: Yen;
  /** Next price of the grid above a price. A limit is filled from there on; the price itself would count a touch. */
  above(price: Yen): Yen;
  below(price: Yen): Yen;
}

/**
 * Returns the price at which an order fills on a bar, NaN when it does not. A bar does not tell the order of its
 * prices, so every doubt is decided against the order:
 *
 * - an auction at the daily limit fills nothing on the crowded side;
 * - a limit fills only when the price went through it by a tick, in the opening auction at the open;
 * - a stop fills at the worse of the open and one tick beyond it, within the daily limit.
 *
 * @param price limit or stop; ignored for a market order
 * @param places whether the bar begins and ends its session: auctions are in the first and the last bar
 */
export function fillPrice(
  order: { readonly side: Side; readonly type: OrderType; readonly time: OrderTime; readonly price?: Yen | undefined },
  bar: Bar,
  rules: FillRules,
  places: { readonly first: boolean; readonly last: boolean } = wholeSession,
): Yen {
  const { side, type, time } = order;
  const price = order.price ?? NaN;
  if (time === 'close') return places.last ? auctionPrice(side, type, price, bar.close, rules) : NaN;
  if (time === 'open' && !places.first) return NaN;
  if (places.first || type === 'market') {
    const atOpen = type === 'stop' ? NaN : auctionPrice(side, type, price, bar.open, rules);
    if (!Number.isNaN(atOpen) || time === 'open') return atOpen;
  }
  if (type === 'limit') return limitPrice(side, price, bar, rules);
  return type === 'stop' ? stopPrice(side, price, bar, rules) : NaN;
}

const wholeSession = { first: true, last: true };

function auctionPrice(side: Side, type: OrderType, limit: Yen, price: Yen, rules: FillRules): Yen {
  if (isCrowded(side, price, rules)) return NaN;
  if (type === 'market') return price;
  return isThrough(side, price, limit, rules) ? price : NaN;
}

function limitPrice(side: Side, limit: Yen, { open, high, low }: Bar, rules: FillRules): Yen {
  if (isCrowded(side, side === 'buy' ? low : high, rules)) return NaN;
  if (isThrough(side, open, limit, rules)) return open;
  return isThrough(side, side === 'buy' ? low : high, limit, rules) ? limit : NaN;
}

function stopPrice(side: Side, stop: Yen, { open, high, low }: Bar, rules: FillRules): Yen {
  if (side === 'buy') {
    if (!(high >= stop) || low >= rules.upper) return NaN;
    return Math.min(rules.upper, Math.max(open, rules.above(stop)));
  }
  if (!(low <= stop) || high <= rules.lower) return NaN;
  return Math.max(rules.lower, Math.min(open, rules.below(stop)));
}

/** Returns whether a price is the daily limit of the crowded side: the upper one for buyers, the lower for sellers. */
function isCrowded(side: Side, price: Yen, { lower, upper }: FillRules): boolean {
  return side === 'buy' ? price >= upper : price <= lower;
}

/** Relative rounding error of a price. */
const noise = 1e-9;

/** Returns whether a price is better than a limit by a tick; without a grid, as good. */
function isThrough(side: Side, price: Yen, limit: Yen, rules: FillRules): boolean {
  return side === 'buy' ? price <= rules.below(limit) * (1 + noise) : price >= rules.above(limit) * (1 - noise);
}
