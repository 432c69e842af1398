import { expect, it } from 'vitest';
import { TradeList } from './trade-list.ts';

type Take = readonly [symbol: number, session: number, shares: number, price: number];
type Row = readonly [symbol: number, side: number, shares: number, opened: number, closed: number, string];

it.each<[title: string, takes: readonly Take[], trades: readonly Row[]]>([
  ['a purchase alone is no trade', [[0, 1, 100, 1_000]], []],
  [
    'a purchase and its sale',
    [
      [0, 1, 100, 1_000],
      [0, 2, -100, 1_100],
    ],
    [[0, 1, 100, 1, 2, '1000 1100']],
  ],
  [
    'a sale of two purchases is two trades, the older one first, and the rest stays open',
    [
      [0, 1, 100, 1_000],
      [0, 2, 200, 1_010],
      [0, 3, -250, 1_100],
      [0, 4, -50, 1_200],
    ],
    [
      [0, 1, 100, 1, 3, '1000 1100'],
      [0, 1, 150, 2, 3, '1010 1100'],
      [0, 1, 50, 2, 4, '1010 1200'],
    ],
  ],
  [
    'a sale of more than is held opens a short position of the rest',
    [
      [0, 1, 100, 1_000],
      [0, 2, -300, 1_100],
      [0, 3, 200, 1_050],
    ],
    [
      [0, 1, 100, 1, 2, '1000 1100'],
      [0, -1, 200, 2, 3, '1100 1050'],
    ],
  ],
  [
    'single shares are told apart from none',
    [
      [0, 1, 1, 1_000],
      [0, 2, -2, 1_100],
      [0, 3, 2, 900],
      [0, 4, -1, 800],
    ],
    [
      [0, 1, 1, 1, 2, '1000 1100'],
      [0, -1, 1, 2, 3, '1100 900'],
      [0, 1, 1, 3, 4, '900 800'],
    ],
  ],
  [
    'each symbol has its own',
    [
      [0, 1, 100, 1_000],
      [1, 1, -100, 2_000],
      [1, 2, 100, 1_900],
    ],
    [[1, -1, 100, 1, 2, '2000 1900']],
  ],
])('pairs purchases and sales, first in first out: %s', (_, takes, trades) => {
  const list = new TradeList();
  for (const take of takes) list.take(...take);
  const rows = list.trades.map(({ symbol, side, shares, opened, closed, entry, exit }) => {
    return [symbol, side, shares, opened, closed, `${entry} ${exit}`];
  });
  expect(rows).toEqual(trades);
});

it('splits what is open of a symbol, and nothing else', () => {
  const list = new TradeList();
  list.take(0, 1, 100, 1_200);
  list.take(1, 1, 100, 1_200);
  list.split(0, 3);
  list.split(2, 3);
  list.take(0, 2, -300, 450);
  list.take(1, 2, -100, 1_300);
  expect(list.trades.map(({ shares, entry }) => [shares, entry])).toEqual([
    [300, 400],
    [100, 1_200],
  ]);
});
