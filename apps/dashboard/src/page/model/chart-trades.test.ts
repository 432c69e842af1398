import type { PaperFill } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { chartTrades, tradedSymbols } from './chart-trades.ts';

const fill = (session: string, symbol: string, side: 'buy' | 'sell', shares: number, price: number): PaperFill => ({
  session: session as PaperFill['session'],
  symbol,
  side,
  shares,
  price,
  restated: price / 5,
  cost: 10,
  why: 'entry',
  order: null,
});
const fills = [
  fill('2026-11-25', '7203', 'buy', 100, 3025),
  fill('2026-11-25', '7203', 'buy', 200, 3025),
  fill('2026-11-25', '7203', 'sell', 300, 3040),
  fill('2026-11-24', '6758', 'buy', 100, 2900),
  fill('2026-11-24', '7203', 'buy', 100, 3000),
];

it('a chart has the trades of its symbol, oldest first, and those at one price as one', () => {
  expect(chartTrades(fills, '7203')).toEqual([
    { session: '2026-11-24', side: 'buy', price: 3000, restated: 600, shares: 100 },
    { session: '2026-11-25', side: 'buy', price: 3025, restated: 605, shares: 300 },
    { session: '2026-11-25', side: 'sell', price: 3040, restated: 608, shares: 300 },
  ]);
  expect(chartTrades(fills, '9984')).toEqual([]);
});

it('the symbol that was traded last comes first', () => {
  expect(tradedSymbols(fills)).toEqual(['7203', '6758']);
});
