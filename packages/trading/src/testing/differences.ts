import type { Trade } from '../matching/book-order.ts';
import { itayose, itayosePrice } from '../matching/itayose.ts';
import { OrderBook } from '../matching/order-book.ts';
import { BruteBoard, bruteItayose } from './brute-force.ts';
import { type RandomBook, randomBook } from './random-book.ts';

/**
 * Matches random books by the product and by brute force.
 *
 * @param books how many; each is an auction, and the same orders one after another in continuous trading
 * @returns what differed, in words; none when all is equal
 */
export function differencesOnRandomBooks(books: number, random: () => number): readonly string[] {
  return Array.from({ length: books }, (_, i) => {
    const book = randomBook(random);
    return [...inAuction(book), ...inContinuousTrading(book)].map((what) => `book ${i}: ${what}`);
  }).flat();
}

function inAuction({ orders, rules, lot }: RandomBook): readonly string[] {
  const [price, brute] = [itayosePrice(orders, rules), bruteItayose(orders, rules, lot)];
  if (price !== brute.price) return [`the auction is at ${price}, by brute force at ${brute.price}`];
  const trades = itayose(orders, rules);
  return orders.flatMap(({ id }) => {
    const [ours, theirs] = [sharesOf(trades, id), brute.shares.get(id) ?? 0];
    return ours === theirs ? [] : [`order ${id} traded ${ours} shares in the auction, by brute force ${theirs}`];
  });
}

function sharesOf(trades: readonly Trade[], id: number): number {
  return trades.reduce((sum, { buy, sell, shares }) => sum + (buy === id || sell === id ? shares : 0), 0);
}

function inContinuousTrading({ orders, lot }: RandomBook): readonly string[] {
  const [book, board] = [new OrderBook(), new BruteBoard(lot)];
  return orders.flatMap((order) => {
    const ours = book.add(order).flatMap(({ buy, sell, price, shares }) => {
      const other = order.side === 'buy' ? sell : buy;
      return Array.from({ length: shares / lot }, () => `${order.id} ${other} ${price}`);
    });
    const theirs = board.add(order);
    return ours.join() === theirs.join()
      ? []
      : [`order ${order.id} traded ${ours.join()}, by brute force ${theirs.join()}`];
  });
}
