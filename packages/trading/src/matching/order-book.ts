import type { PriceTenths } from '@daytrade/market';
import { type BookOrder, byPriceThenTime, reaches, type Trade } from './book-order.ts';
import type { PriceRange } from './itayose.ts';

/** An order of the board, and what is left of it. */
interface Resting extends BookOrder {
  left: number;
}

/** The board in continuous trading (zaraba): what comes trades at once with what stands there, by price, then time. */
export class OrderBook {
  readonly #buys: Resting[] = [];
  readonly #sells: Resting[] = [];

  /**
   * Trades an order with those on the board, each at the price of the one that was there; the rest of a limit order is
   * put on the board. The rest of a market order is gone, as nothing was left to trade with.
   *
   * @param within prices at which it may trade: a run of trades that would leave them is stopped by a quote, and the
   * rest of the order waits at the end of the range, a market order as well
   */
  add(order: BookOrder, within?: PriceRange): readonly Trade[] {
    const others = order.side === 'buy' ? this.#sells : this.#buys;
    const trades: Trade[] = [];
    let left = order.shares;
    let stopped = false;
    while (left > 0 && others.length > 0) {
      const best = others[0]!;
      const price = best.price as PriceTenths;
      if (!reaches(order, price)) break;
      stopped = within !== undefined && (price > within.upper || price < within.lower);
      if (stopped) break;
      const shares = Math.min(left, best.left);
      const [buy, sell] = order.side === 'buy' ? [order.id, best.id] : [best.id, order.id];
      trades.push({ buy, sell, price, shares });
      left -= shares;
      best.left -= shares;
      if (best.left === 0) others.shift();
    }
    if (left > 0) this.#rest(order, left, stopped ? within : undefined);
    return trades;
  }

  /** Takes an order off the board; gives the shares that were left of it, 0 when it is not there. */
  cancel(id: number): number {
    for (const side of [this.#buys, this.#sells]) {
      const place = side.findIndex((order) => order.id === id);
      if (place >= 0) return side.splice(place, 1)[0]!.left;
    }
    return 0;
  }

  /** What stands on the board, the best first, each with the shares that are left. */
  orders(side: BookOrder['side']): readonly BookOrder[] {
    return (side === 'buy' ? this.#buys : this.#sells).map(({ left, ...order }) => ({ ...order, shares: left }));
  }

  #rest(order: BookOrder, left: number, stoppedAt: PriceRange | undefined): void {
    const bound = order.side === 'buy' ? stoppedAt?.upper : stoppedAt?.lower;
    const price = bound ?? order.price;
    if (price === undefined) return;
    const own = order.side === 'buy' ? this.#buys : this.#sells;
    const resting = { ...order, price, left };
    const place = own.findIndex((other) => byPriceThenTime(resting, other) < 0);
    own.splice(place < 0 ? own.length : place, 0, resting);
  }
}
