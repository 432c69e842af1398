import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import { expect, it } from 'vitest';
import { usualCosts, withoutCosts } from '../costs/costs.ts';
import type { Order } from '../rules/order.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import type { BacktestData } from './backtest-data.ts';
import { simulate } from './simulate.ts';
import type { SimulationSettings } from './simulation.ts';

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

function simulateWith(data: BacktestData, order: Order, to: number, change: Partial<SimulationSettings> = {}) {
  const decideAt = (session: number) => () => (session === t ? [order] : []);
  return simulate({ data, settings: { ...settings, ...change }, from: t, to, decideAt });
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
  const costs = usualCosts('day-margin', { commission: 'per-order' });
  const { counts, trades } = simulateWith({ ...data, intraday: [intraday] }, order, t + 1, { costs });
  expect(trades.map(({ shares }) => shares)).toEqual([100, 100, 100]);
  // Both the purchase and the sale are of 300,000 to 500,000 yen.
  expect(counts.commission).toBe(2 * 275);
  const opened = trades.reduce((sum, { shares, entry }) => sum + shares * entry, 0);
  expect(counts.interest).toBeCloseTo((opened * 0.018) / 365, 9);
});

it('closes at the close what an order on a day account left open', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const { trades } = simulateWith(data, { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' }, t + 1);
  expect(trades).toMatchObject([{ opened: t, closed: t, entry: 1_000, exit: 1_005, shares: 300 }]);
});

it('closes at the next open what nobody bought at the close, and pays for that', () => {
  const data = dataWith({ open: 1_000, high: 1_000, low: 900, close: 900 });
  const order: Order = { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' };
  const { trades, counts } = simulateWith(data, order, t + 2);
  expect(trades).toMatchObject([{ opened: t, closed: t + 1, entry: 1_000, exit: 1_000, shares: 300 }]);
  const nights = data.panel.days[t + 1]! - data.panel.days[t]!;
  expect([counts.penalty, counts.commission]).toEqual([3_575, 0]);
  expect(counts.interest).toBeCloseTo(((300_000 + nights * 270_000) * 0.018) / 365, 9);
});

it.each([
  ['day-margin', 'buy', 900, 0.018],
  ['day-margin', 'sell', 900, 0.018],
  ['day-margin', 'buy', 1_000, 0],
  ['margin', 'buy', 1_000, 0.028],
  ['margin', 'sell', 1_000, 0.0115],
  ['cash', 'buy', 1_000, 0],
] as const)('takes one day of credit in a session: %s, %s %i shares', (account, side, shares, rate) => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const order: Order = { symbol: 0, side, shares, type: 'market', time: 'open', closes: true };
  const { counts } = simulateWith(data, order, t + 1, { account, costs: usualCosts(account) });
  expect(counts.filled).toBe(1);
  expect(counts.interest + counts.lendingFee).toBeCloseTo((shares * 1_000 * rate) / 365, 9);
  // 1,000,000 yen one way, 1,005,000 the other.
  expect(counts.commission).toBe(account === 'day-margin' ? 0 : 535 + 640);
});

it('gives the dividend to a holder, takes it from a short seller, and splits both', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_000 });
  const paid = new Float64Array(sessions);
  paid[t + 1] = 20;
  data.panel.close[t + 1] = 490;
  const rights = {
    ...data,
    panel: { ...data.panel, dividends: { paid, expected: paid } },
    splits: new Map([[t + 1, 2]]),
  };
  const held = (side: Order['side'], account: SimulationSettings['account']) => {
    const order: Order = { symbol: 0, side, shares: 300, type: 'market', time: 'open' };
    return simulateWith(rights, order, t + 2, { account, costs: withoutCosts });
  };
  const long = held('buy', 'cash');
  // 600 shares after the split, 20 yen each, and 490 yen in the place of 500.
  expect([long.counts.dividends, long.net[1]! - settings.cash]).toEqual([12_000, 12_000 - 6_000]);
  const short = held('sell', 'margin');
  expect([short.counts.dividends, short.net[1]! - settings.cash]).toEqual([-12_000, -12_000 + 6_000]);
});

it('trades in the lots of each symbol', () => {
  const data = { ...dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 }), lots: [10] };
  const buy = (shares: number) =>
    simulateWith(data, { symbol: 0, side: 'buy', shares, type: 'market', time: 'open' }, t + 1);
  expect(buy(30).trades.map(({ shares }) => shares)).toEqual([30]);
  expect(buy(35).counts.refused).toEqual({ lot: 1 });
});
