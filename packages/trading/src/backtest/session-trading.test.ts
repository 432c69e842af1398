import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import { expect, it } from 'vitest';
import type { Order } from '../rules/order.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import type { BacktestData } from './backtest-data.ts';
import { simulate } from './simulate.ts';

const [t, sessions] = [23, 25];

/** One symbol that was at 1,000 yen before session 23, whose bar is given. */
function dataWith(bar: { open: number; high: number; low: number; close: number }): BacktestData {
  const data = noiseData({ symbols: 1, sessions, seed: 2 });
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    data.panel[name].fill(1_000);
    data.panel[name][t] = bar[name];
  }
  data.panel.volume.fill(1e6);
  data.limits.lower.fill(900);
  data.limits.upper.fill(1_100);
  return data;
}

function simulateWith(data: BacktestData, order: Order, to: number) {
  return simulate({ data, settings, from: t, to, decideAt: (session) => () => (session === t ? [order] : []) });
}

it('pays the commission of an order once, however many bars it takes to fill it', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const date = dateOfDayNumber(data.panel.days[t]!);
  const begin = instantOf(date, sessionTimes(date).morningOpen);
  const intraday: IntradayColumns = {
    times: Float64Array.from([0, 1, 2], (i) => begin + i * barMilliseconds),
    open: Float64Array.of(1_000, 1_005, 1_005),
    high: Float64Array.of(1_010, 1_010, 1_010),
    low: Float64Array.of(990, 990, 990),
    close: Float64Array.of(1_005, 1_005, 1_005),
    volume: Float64Array.of(10_000, 10_000, 10_000),
  };
  const order: Order = { symbol: 0, side: 'buy', shares: 300, type: 'stop', time: 'day', price: 1_001, closes: true };
  const { counts, trades } = simulateWith({ ...data, intraday: [intraday] }, order, t + 1);
  expect(trades.map(({ shares }) => shares)).toEqual([100, 100, 100]);
  // Both the purchase and the sale are of 300,000 to 500,000 yen.
  expect(counts.commission).toBe(2 * 275);
});

it('closes at the close what an order on a day account left open', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const { trades } = simulateWith(data, { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' }, t + 1);
  expect(trades).toMatchObject([{ opened: t, closed: t, entry: 1_000, exit: 1_005, shares: 300 }]);
});

it('closes at the next open what nobody bought at the close', () => {
  const data = dataWith({ open: 1_000, high: 1_000, low: 900, close: 900 });
  const { trades } = simulateWith(data, { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' }, t + 2);
  expect(trades).toMatchObject([{ opened: t, closed: t + 1, entry: 1_000, exit: 1_000, shares: 300 }]);
});

it('trades in the lots of each symbol', () => {
  const data = { ...dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 }), lots: [10] };
  const buy = (shares: number) =>
    simulateWith(data, { symbol: 0, side: 'buy', shares, type: 'market', time: 'open' }, t + 1);
  expect(buy(30).trades.map(({ shares }) => shares)).toEqual([30]);
  expect(buy(35).counts.refused).toEqual({ lot: 1 });
});
