import { expect, it } from 'vitest';
import { tradeCost, usualCosts } from './costs.ts';

it('costs an order the same in one trade and in three', () => {
  const trade = { price: 1_000, shares: 300, tick: 1, paidNoSpread: false, volatility: 0.02, volume: 1e6 };
  const whole = tradeCost({ ...trade, before: { shares: 0, value: 0 } }, usualCosts);
  const parts = [0, 100, 200].map((shares) =>
    tradeCost({ ...trade, shares: 100, before: { shares, value: 1_000 * shares } }, usualCosts),
  );
  for (const name of ['commission', 'spread', 'impact'] as const) {
    expect(parts.reduce((sum, cost) => sum + cost[name], 0)).toBeCloseTo(whole[name], 9);
  }
  expect(whole.commission).toBe(275);
  expect(whole.impact).toBeCloseTo(0.02 * Math.sqrt(300 / 1e6) * 300_000, 9);
});
