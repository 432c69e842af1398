import { expect, it } from 'vitest';
import { firstDayCost, tradeCost, usualCosts } from './costs.ts';

it('costs an order the same in one trade and in three', () => {
  const costs = usualCosts('margin');
  const trade = { price: 1_000, shares: 300, tick: 1, paidNoSpread: false, volatility: 0.02, volume: 1e6 };
  const whole = tradeCost({ ...trade, before: { shares: 0, value: 0 } }, costs);
  const parts = [0, 100, 200].map((shares) =>
    tradeCost({ ...trade, shares: 100, before: { shares, value: 1_000 * shares } }, costs),
  );
  for (const name of ['commission', 'spread', 'impact'] as const) {
    expect(parts.reduce((sum, cost) => sum + cost[name], 0)).toBeCloseTo(whole[name], 9);
  }
  expect(whole.commission).toBe(275);
  expect(whole.impact).toBeCloseTo(0.02 * Math.sqrt(300 / 1e6) * 300_000, 9);
});

it('takes the first day of credit by the value of the whole order, however many trades it takes', () => {
  const day = usualCosts('day-margin');
  const inTrades = (...values: readonly number[]) => {
    let before = 0;
    return values.reduce((paid, value) => {
      const cost = firstDayCost(value, before, day);
      before += Math.abs(value);
      return paid + cost;
    }, 0);
  };
  expect(inTrades(300_000, 600_000)).toBeCloseTo((900_000 * 0.018) / 365, 9);
  expect(inTrades(-900_000)).toBeCloseTo((900_000 * 0.018) / 365, 9);
  expect([inTrades(1_000_000), inTrades(600_000, 600_000), inTrades(-600_000, -600_000)]).toEqual([0, 0, 0]);
});
