import type { PriceTenths } from '@daytrade/market';
import type { Side } from '../order.ts';

/** An order on the board. */
export interface BookOrder {
  readonly id: number;
  readonly side: Side;
  /** Undefined for a market order. */
  readonly price: PriceTenths | undefined;
  readonly shares: number;
  /** When it came; of two orders at one price the earlier is first. Simultaneous orders have different ones too. */
  readonly sequence: number;
  /** Who sent it: at a daily limit, shares are allotted to brokers in turn. */
  readonly broker?: number | undefined;
}

/** Shares that a buyer got from a seller. */
export interface Trade {
  readonly buy: number;
  readonly sell: number;
  readonly price: PriceTenths;
  readonly shares: number;
}

/** Shares of the orders of a side that trade at a price: market orders, and limits at it or better. */
export function sharesAt(orders: readonly BookOrder[], side: Side, price: number): number {
  let sum = 0;
  for (const order of orders) if (order.side === side && reaches(order, price)) sum += order.shares;
  return sum;
}

/** Pairs all that trade at a price, as many as there are on the smaller side. */
export function pairAll(
  buyers: readonly BookOrder[],
  sellers: readonly BookOrder[],
  price: PriceTenths,
): readonly Trade[] {
  return pair(buyers, sellers, price, Infinity);
}

/** Whether an order would trade at a price. */
export function reaches({ side, price: limit }: Pick<BookOrder, 'side' | 'price'>, price: number): boolean {
  return limit === undefined || (side === 'buy' ? limit >= price : limit <= price);
}

/** The orders of a side that would trade at a price, in the order in which they do. */
export function reaching(orders: readonly BookOrder[], side: Side, price: number): readonly BookOrder[] {
  return orders.filter((order) => order.side === side && reaches(order, price)).toSorted(byPriceThenTime);
}

/** Of two orders of one side: market orders first, then better prices, then earlier ones. */
export function byPriceThenTime(one: BookOrder, other: BookOrder): number {
  if (one.price !== other.price) {
    if (one.price === undefined) return -1;
    if (other.price === undefined) return 1;
    return one.side === 'buy' ? other.price - one.price : one.price - other.price;
  }
  return one.sequence - other.sequence;
}

/**
 * Pairs buyers and sellers in the order that they stand in, all at one price.
 *
 * @param shares how many change hands, at most
 */
export function pair(
  buyers: readonly BookOrder[],
  sellers: readonly BookOrder[],
  price: PriceTenths,
  shares: number,
): readonly Trade[] {
  const trades: Trade[] = [];
  let [left, b, s] = [shares, 0, 0];
  let [ofBuyer, ofSeller] = [buyers[0]?.shares ?? 0, sellers[0]?.shares ?? 0];
  while (left > 0 && b < buyers.length && s < sellers.length) {
    const traded = Math.min(left, ofBuyer, ofSeller);
    trades.push({ buy: buyers[b]!.id, sell: sellers[s]!.id, price, shares: traded });
    left -= traded;
    ofBuyer -= traded;
    ofSeller -= traded;
    if (ofBuyer === 0) ofBuyer = buyers[++b]?.shares ?? 0;
    if (ofSeller === 0) ofSeller = sellers[++s]?.shares ?? 0;
  }
  return trades;
}
