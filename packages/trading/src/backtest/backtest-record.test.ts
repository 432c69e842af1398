import { dayNumber, parseTradeDate } from '@daytrade/market';
import { noisePanel } from '@daytrade/series/testing';
import { expect, it } from 'vitest';
import type { Order } from '../rules/order.ts';
import type { Fill } from '../rules/walk-session.ts';
import { recordOf } from './backtest-record.ts';
import type { BookedFill } from './simulation.ts';

const noise = noisePanel({ symbolCount: 3, sessionCount: 2, seed: 1 });
const days = Int32Array.from(['2026-11-24', '2026-11-25'], (date) => dayNumber(parseTradeDate(date)));
const panel = { ...noise, days };
const order: Order = { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' };
const asked = { price: null, stopLoss: null, takeProfit: null, closes: false };

const fillOf = (booked: Partial<BookedFill>, fill: Partial<Fill> = {}): BookedFill => ({
  session: 0,
  symbol: 0,
  order: 0,
  cost: 5,
  ...booked,
  fill: { side: 'buy', price: 1_000, shares: 100, reason: 'entry', paidNoSpread: true, ...fill },
});

it('has the orders with what they bought, the fills, the trades and the profit of each symbol', () => {
  const trade = { symbol: 0, shares: 200, side: 1, opened: 0, closed: 0, entry: 1_000, exit: 1_010 } as const;
  const record = recordOf(panel, {
    orders: [
      { session: 0, orders: [order, { ...order, symbol: 1, side: 'sell', closes: true, stopLoss: 990 }], forced: 0 },
      { session: 1, orders: [order, order], forced: 1 },
    ],
    fills: [
      fillOf({}),
      fillOf({}, { shares: 50 }),
      fillOf({ order: 0 }, { reason: 'closing', side: 'sell', shares: 150 }),
      fillOf({ symbol: 1, order: undefined, cost: 7 }, { side: 'sell', shares: 20 }),
      fillOf({ session: 1, order: 1 }),
    ],
    trades: [
      trade,
      { ...trade, shares: 100, exit: 1_000 },
      { ...trade, symbol: 1, side: -1, closed: 1, entry: 1_100, exit: 1_000 },
      { ...trade, symbol: 2, shares: 10, exit: 1_001 },
    ],
  });
  expect(record.orders).toEqual([
    { session: '2026-11-24', order: 0, ...order, ...asked, symbol: '0001', forced: false, filled: 150 },
    {
      session: '2026-11-24',
      order: 1,
      ...order,
      ...asked,
      symbol: '0002',
      side: 'sell',
      closes: true,
      stopLoss: 990,
      forced: false,
      filled: 0,
    },
    { session: '2026-11-25', order: 0, ...order, ...asked, symbol: '0001', forced: true, filled: 0 },
    { session: '2026-11-25', order: 1, ...order, ...asked, symbol: '0001', forced: false, filled: 100 },
  ]);
  const fill = { session: '2026-11-24', order: 0, symbol: '0001', side: 'buy', shares: 100, price: 1_000, cost: 5 };
  expect(record.fills).toEqual([
    { ...fill, why: 'entry' },
    { ...fill, why: 'entry', shares: 50 },
    { ...fill, why: 'closing', side: 'sell', shares: 150 },
    { ...fill, why: 'entry', order: null, symbol: '0002', side: 'sell', shares: 20, cost: 7 },
    { ...fill, why: 'entry', session: '2026-11-25', order: 1 },
  ]);
  const closed = { symbol: '0001', side: 'long', opened: '2026-11-24', closed: '2026-11-24', entry: 1_000 };
  expect(record.trades).toEqual([
    { ...closed, shares: 200, exit: 1_010, profit: 2_000 },
    { ...closed, shares: 100, exit: 1_000, profit: 0 },
    {
      ...closed,
      symbol: '0002',
      side: 'short',
      closed: '2026-11-25',
      shares: 200,
      entry: 1_100,
      exit: 1_000,
      profit: 20_000,
    },
    { ...closed, symbol: '0003', shares: 10, exit: 1_001, profit: 10 },
  ]);
  // The largest profit first.
  expect(record.bySymbol).toEqual([
    { symbol: '0002', trades: 1, wins: 1, profit: 20_000, costs: 7 },
    { symbol: '0001', trades: 2, wins: 1, profit: 2_000, costs: 20 },
    { symbol: '0003', trades: 1, wins: 1, profit: 10, costs: 0 },
  ]);
});

it('lists symbols of the same profit in the order of the panel', () => {
  const won = { shares: 1, side: 1, opened: 0, closed: 0, entry: 1_000, exit: 1_001 } as const;
  const trades = [2, 0, 1].map((symbol) => ({ ...won, symbol }));
  const { bySymbol } = recordOf(panel, { orders: [], fills: [], trades });
  expect(bySymbol.map(({ symbol, wins }) => [symbol, wins])).toEqual([
    ['0001', 1],
    ['0002', 1],
    ['0003', 1],
  ]);
});
