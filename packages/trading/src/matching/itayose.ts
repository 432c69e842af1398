import { type PriceTenths, type TickTable, tickAbove, tickBelow, tickSize } from '@daytrade/market';
import { type BookOrder, pairAll, reaching, sharesAt, type Trade } from './book-order.ts';

/** Lowest and highest price of an auction, tenths of a yen. */
export interface PriceRange {
  readonly lower: PriceTenths;
  readonly upper: PriceTenths;
}

/** What an auction goes by beside its orders. */
export interface AuctionRules {
  /** The last price, to which the price of the auction lies as near as it can. */
  readonly last: PriceTenths;
  /** Where it may trade: within the daily limits. */
  readonly range: PriceRange;
  readonly table: TickTable;
}

/**
 * The single price of an auction (itayose): all market orders are filled, as many shares as can be change hands, as few
 * as can be are left over, and it is as near as can be to the last price; of two as near the lower one. Undefined when
 * no price does that. Source: Tokyo Stock Exchange, "Guide to TSE Trading Methodology", Q12.
 */
export function itayosePrice(orders: readonly BookOrder[], rules: AuctionRules): PriceTenths | undefined {
  let best: PriceTenths | undefined;
  let [most, fewest, nearest] = [0, Infinity, Infinity];
  for (const price of candidates(orders, rules)) {
    const [bought, sold] = [sharesAt(orders, 'buy', price), sharesAt(orders, 'sell', price)];
    const shares = Math.min(bought, sold);
    if (shares === 0 || !fillsMarketOrders(orders, shares)) continue;
    const [left, distance] = [Math.abs(bought - sold), Math.abs(price - rules.last)];
    const isBetter = shares !== most ? shares > most : left !== fewest ? left < fewest : distance < nearest;
    if (isBetter) [best, most, fewest, nearest] = [price, shares, left, distance];
  }
  return best;
}

/** The trades of an auction at its price; none without one. */
export function itayose(orders: readonly BookOrder[], rules: AuctionRules): readonly Trade[] {
  const price = itayosePrice(orders, rules);
  return price === undefined ? [] : tradesAt(orders, price);
}

/** Pairs all that trade at a price: market orders, better prices, earlier orders first. */
export function tradesAt(orders: readonly BookOrder[], price: PriceTenths): readonly Trade[] {
  return pairAll(reaching(orders, 'buy', price), reaching(orders, 'sell', price), price);
}

function fillsMarketOrders(orders: readonly BookOrder[], shares: number): boolean {
  const ofMarket = (side: 'buy' | 'sell') =>
    orders.reduce((sum, order) => sum + (order.side === side && order.price === undefined ? order.shares : 0), 0);
  return ofMarket('buy') <= shares && ofMarket('sell') <= shares;
}

/**
 * Prices among which the best one is, the lowest first. What trades is the same at all prices between two limits, so of
 * those the one nearest to the last price stands for all.
 */
function candidates(orders: readonly BookOrder[], { last, range, table }: AuctionRules): readonly PriceTenths[] {
  const within = orders.flatMap(({ price }) =>
    price !== undefined && price > range.lower && price < range.upper ? [price] : [],
  );
  const limits = [...new Set([range.lower, ...within, range.upper])].toSorted((one, other) => one - other);
  return limits.flatMap((price, i) => {
    const next = limits[i + 1];
    if (next === undefined) return [price];
    const [above, below] = [tickAbove(price, table), tickBelow(next, table)];
    return above > below ? [price] : [price, nearestOnGrid(last, above, below, table)];
  });
}

function nearestOnGrid(price: PriceTenths, lower: PriceTenths, upper: PriceTenths, table: TickTable): PriceTenths {
  if (price <= lower) return lower;
  if (price >= upper) return upper;
  const tick = tickSize(price, table);
  return (Math.ceil(price / tick - 0.5) * tick) as PriceTenths;
}
