import { isOnTick, type PriceTenths } from '@daytrade/market';
import type { BookOrder } from '../matching/book-order.ts';
import type { AuctionRules } from '../matching/itayose.ts';

/** Shares of each order, by its id, that traded; and the price of an auction. */
export interface BruteResult {
  readonly price: number | undefined;
  readonly shares: ReadonlyMap<number, number>;
}

/** The auction by the words of its rules: each tick between the limits is tried, and lots change hands one by one. */
export function bruteItayose(
  orders: readonly BookOrder[],
  { last, range, table }: AuctionRules,
  lot: number,
): BruteResult {
  let best: { price: number; traded: number; left: number; distance: number } | undefined;
  for (let price = range.lower as number; price <= range.upper; price += 1) {
    if (!isOnTick(price / 10, table)) continue;
    let [bought, sold, marketBought, marketSold] = [0, 0, 0, 0];
    for (const order of orders) {
      const isIn = order.price === undefined || (order.side === 'buy' ? order.price >= price : order.price <= price);
      if (order.side === 'buy') {
        if (isIn) bought += order.shares;
        if (order.price === undefined) marketBought += order.shares;
      } else {
        if (isIn) sold += order.shares;
        if (order.price === undefined) marketSold += order.shares;
      }
    }
    const traded = Math.min(bought, sold);
    if (traded === 0 || marketBought > traded || marketSold > traded) continue;
    const one = { price, traded, left: Math.max(bought, sold) - traded, distance: Math.abs(price - last) };
    if (
      best === undefined ||
      one.traded > best.traded ||
      (one.traded === best.traded && one.left < best.left) ||
      (one.traded === best.traded && one.left === best.left && one.distance < best.distance)
    )
      best = one;
  }
  const shares = new Map<number, number>();
  if (best === undefined) return { price: undefined, shares };
  for (const side of ['buy', 'sell'] as const) {
    const lots = lotsOf(orders, side, best.price, lot);
    for (const id of lots.slice(0, best.traded / lot)) shares.set(id, (shares.get(id) ?? 0) + lot);
  }
  return { price: best.price, shares };
}

/** The ids of the orders of a side, one a lot, in the order in which they trade. */
function lotsOf(orders: readonly BookOrder[], side: BookOrder['side'], price: number, lot: number): readonly number[] {
  const own = orders.filter((order) => order.side === side);
  const ids: number[] = [];
  const add = (order: BookOrder) => {
    for (let i = 0; i < order.shares / lot; i += 1) ids.push(order.id);
  };
  for (const order of own) if (order.price === undefined) add(order);
  const step = side === 'buy' ? -1 : 1;
  const limits = own.flatMap((order) => order.price ?? []);
  const start = side === 'buy' ? Math.max(...limits) : Math.min(...limits);
  for (let limit = start; side === 'buy' ? limit >= price : limit <= price; limit += step) {
    for (const order of own) if (order.price === limit) add(order);
  }
  return ids;
}

/** A share-by-share continuous market: for each lot of what comes, the whole board is searched for the best partner. */
export class BruteBoard {
  readonly #waiting: { id: number; side: BookOrder['side']; price: PriceTenths; lots: number; sequence: number }[] = [];
  readonly #lot: number;

  constructor(lot: number) {
    this.#lot = lot;
  }

  /** Prices of the lots that traded, with both ids. */
  add(order: BookOrder): readonly string[] {
    const trades: string[] = [];
    let lots = order.shares / this.#lot;
    while (lots > 0) {
      const partners = this.#waiting.filter(
        ({ side, price, lots: left }) =>
          left > 0 &&
          side !== order.side &&
          (order.price === undefined || (order.side === 'buy' ? price <= order.price : price >= order.price)),
      );
      if (partners.length === 0) break;
      const best = partners.reduce((one, other) => {
        const better = order.side === 'buy' ? other.price < one.price : other.price > one.price;
        return better || (other.price === one.price && other.sequence < one.sequence) ? other : one;
      });
      trades.push(`${order.id} ${best.id} ${best.price}`);
      best.lots -= 1;
      lots -= 1;
    }
    if (lots > 0 && order.price !== undefined) {
      this.#waiting.push({ id: order.id, side: order.side, price: order.price, lots, sequence: order.sequence });
    }
    return trades;
  }
}
