import type { PriceTenths } from '@daytrade/market';
import type { BookOrder } from '../matching/book-order.ts';
import type { AuctionRules } from '../matching/itayose.ts';

/** An auction of random orders, around a price at which either tick table has a change of tick. */
export interface RandomBook {
  readonly orders: readonly BookOrder[];
  readonly rules: AuctionRules;
  readonly lot: number;
}

const lot = 100;

/** Random orders, some of them at the market, a third of the books with far more on one side. */
export function randomBook(random: () => number): RandomBook {
  const below = (bound: number) => Math.floor(random() * bound);
  const table = random() < 0.5 ? 'standard' : 'topix500';
  const grid = table === 'standard' ? 10 : 5;
  const last = 9_900 + grid * below(40);
  const reach = grid * (5 + below(30));
  const crowd = random();
  const orders = Array.from({ length: 1 + below(24) }, (_, id): BookOrder => {
    const side = random() < (crowd < 0.17 ? 0.15 : crowd < 0.34 ? 0.85 : 0.5) ? 'buy' : 'sell';
    // Above 1,000 yen the grid of both tables is the coarser one here.
    const offset = Math.round((2 * random() - 1) * (reach / 10)) * 10;
    const price = random() < 0.15 ? undefined : ((Math.round(last / 10) * 10 + offset) as PriceTenths);
    return { id, side, price, shares: lot * (1 + below(9)), sequence: id, broker: below(4) };
  });
  const range = {
    lower: (Math.round(last / 10) * 10 - reach - 500) as PriceTenths,
    upper: (Math.round(last / 10) * 10 + reach + 500) as PriceTenths,
  };
  return { orders, rules: { last: last as PriceTenths, range, table }, lot };
}
