import { type PriceTenths, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOnRandomBooks } from '../testing/differences.ts';
import type { BookOrder } from './book-order.ts';
import { type ClosingRules, closingAuction, closingRange } from './closing-auction.ts';
import { itayosePrice } from './itayose.ts';
import { OrderBook } from './order-book.ts';
import { openingAuction, renewalWidth } from './special-quote.ts';

const yen = (price: number) => (price * 10) as PriceTenths;

/** Orders from a board: sold, price, bought, in the units of the example. */
function board(...rows: readonly (readonly [sold: number, price: number | undefined, bought: number])[]): BookOrder[] {
  let sequence = 0;
  return rows.flatMap(([sold, price, bought]) => {
    const limit = price === undefined ? undefined : yen(price);
    const order = (side: BookOrder['side'], shares: number): BookOrder[] => {
      if (shares === 0) return [];
      sequence += 1;
      return [{ id: sequence, side, price: limit, shares, sequence }];
    };
    return [...order('sell', sold), ...order('buy', bought)];
  });
}

/** Matsui Securities, support page 49986, example 1: the last price is 120 yen, so a close lies from 110 to 130. */
const example = board(
  [10, undefined, 20],
  [20, 170, 30],
  [15, 140, 20],
  [20, 135, 10],
  [10, 130, 10],
  [15, 125, 5],
  [10, 120, 30],
  [5, 115, 10],
  [10, 110, 10],
);
const rules: ClosingRules = {
  date: parseTradeDate('2024-11-05'),
  last: yen(120),
  limits: { lower: yen(70), upper: yen(170) },
  table: 'standard',
  lot: 1,
};
const total = (trades: readonly { readonly shares: number }[]) => trades.reduce((sum, { shares }) => sum + shares, 0);

describe('the closing auction', () => {
  it('is the worked example: 135 yen would be its price, beyond 130 it trades at 130', () => {
    expect(itayosePrice(example, { last: rules.last, range: rules.limits, table: 'standard' })).toBe(yen(135));
    expect(closingRange(rules)).toEqual({ lower: yen(110), upper: yen(130) });
    const { how, trades } = closingAuction(example, rules);
    expect([how, total(trades), new Set(trades.map(({ price }) => price))]).toEqual([
      'special-execution',
      60,
      new Set([yen(130)]),
    ]);
  });

  it('trades in the order in which orders came, so that a late market order goes without', () => {
    const late: BookOrder = { id: 99, side: 'buy', price: undefined, shares: 20, sequence: 99 };
    const { trades } = closingAuction([...example.slice(2), late], rules);
    expect(trades.some(({ buy }) => buy === 99)).toBe(false);
  });

  it('had no trade there before 2024-11-05', () => {
    const before = closingAuction(example, { ...rules, date: parseTradeDate('2024-11-01') });
    expect(before).toEqual({ how: 'none', trades: [] });
  });

  it('trades as any auction within the range', () => {
    const { how, trades } = closingAuction(board([30, 119, 0], [0, 121, 30]), rules);
    expect([how, trades]).toEqual(['itayose', [{ buy: 2, sell: 1, price: yen(120), shares: 30 }]]);
  });

  it('allots at the daily limit one lot to each broker in turn, the largest first', () => {
    const last = yen(168);
    const buy = (id: number, broker: number, shares: number): BookOrder => ({
      id,
      side: 'buy',
      price: undefined,
      shares,
      sequence: id,
      broker,
    });
    const orders: BookOrder[] = [
      buy(1, 1, 200),
      buy(2, 2, 500),
      buy(3, 3, 300),
      { id: 4, side: 'sell', price: yen(170), shares: 500, sequence: 4 },
    ];
    const { how, trades } = closingAuction(orders, { ...rules, last, lot: 100 });
    const got = (id: number) => total(trades.filter((trade) => trade.buy === id));
    expect([how, got(2), got(3), got(1)]).toEqual(['limit-allotment', 200, 200, 100]);
  });
});

describe('the opening auction', () => {
  it('waits behind a special quote that moves by the renewal width every three minutes', () => {
    expect([yen(120), yen(300), yen(999), yen(1_000), yen(12_000)].map(renewalWidth)).toEqual([
      50, 80, 150, 300, 3_000,
    ]);
    const orders = board([10, 132, 0], [0, 132, 10]);
    const opening = openingAuction(orders, { last: yen(120), range: rules.limits, table: 'standard' });
    expect([opening?.delayMinutes, total(opening?.trades ?? [])]).toEqual([6, 10]);
  });

  it('is not while a market order would be left over', () => {
    expect(
      openingAuction(board([10, 120, 0], [0, undefined, 20]), {
        last: yen(120),
        range: rules.limits,
        table: 'standard',
      }),
    ).toBeUndefined();
  });
});

describe('continuous trading', () => {
  const sell = (id: number, price: number, shares: number): BookOrder => ({
    id,
    side: 'sell',
    price: yen(price),
    shares,
    sequence: id,
  });

  it('stops a run of trades at the end of its range, and leaves the rest there', () => {
    const book = new OrderBook();
    for (const order of [sell(1, 121, 100), sell(2, 129, 100), sell(3, 140, 100)]) book.add(order);
    const trades = book.add(
      { id: 4, side: 'buy', price: undefined, shares: 300, sequence: 4 },
      { lower: yen(111), upper: yen(131) },
    );
    expect(trades.map(({ price }) => price)).toEqual([yen(121), yen(129)]);
    expect(book.orders('buy')).toMatchObject([{ id: 4, price: yen(131), shares: 100 }]);
  });

  it('takes an order off the board', () => {
    const book = new OrderBook();
    book.add(sell(1, 121, 300));
    book.add({ id: 2, side: 'buy', price: yen(121), shares: 100, sequence: 2 });
    expect([book.cancel(1), book.cancel(1), book.orders('sell')]).toEqual([200, 0, []]);
  });
});

it('matches as brute force on random books', () => {
  const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  fc.assert(
    fc.property(numbers, (stream) => {
      expect(differencesOnRandomBooks(1, () => stream.next().value)).toEqual([]);
    }),
    { numRuns: 300, seed: 1 },
  );
});
