import { describe, expect, it } from 'vitest';
import { firstDayCost, holdingCost, tradeCost, usualCosts, withoutCosts } from './costs.ts';

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

const byOrder = [
  { upTo: 50_000, fee: 55 },
  { upTo: 100_000, fee: 99 },
  { upTo: 200_000, fee: 115 },
  { upTo: 500_000, fee: 275 },
  { upTo: 1_000_000, fee: 535 },
  { upTo: 1_500_000, fee: 640 },
  { upTo: 30_000_000, fee: 1_013 },
  { upTo: Infinity, fee: 1_070 },
];
const free = [{ upTo: Infinity, fee: 0 }];

describe('the costs of an account', () => {
  it('are its usual ones, where none are chosen', () => {
    const usual = { commission: byOrder, spreadTicks: 1, impact: 1, freeDayFrom: Infinity, penalty: 0 };
    expect(usualCosts('cash')).toEqual({ ...usual, interest: 0, lendingFee: 0 });
    expect(usualCosts('margin')).toEqual({ ...usual, interest: 0.028, lendingFee: 0.0115 });
    expect(usualCosts('day-margin')).toEqual({
      ...usual,
      commission: free,
      interest: 0.018,
      lendingFee: 0.018,
      freeDayFrom: 1_000_000,
      penalty: 3_575,
    });
    expect(withoutCosts).toEqual({
      commission: free,
      spreadTicks: 0,
      impact: 0,
      interest: 0,
      lendingFee: 0,
      freeDayFrom: Infinity,
      penalty: 0,
    });
  });

  it('are the chosen ones, none of them as well', () => {
    const zero = { spreadTicks: 0, impact: 0, interest: 0, lendingFee: 0, penalty: 0 };
    expect(usualCosts('day-margin', { ...zero, commission: 'per-order' })).toEqual({
      ...zero,
      commission: byOrder,
      freeDayFrom: 1_000_000,
    });
    expect(usualCosts('margin', { commission: 'none', interest: undefined })).toMatchObject({
      commission: free,
      interest: 0.028,
    });
  });

  it.each([
    [1, 55],
    [50_000, 55],
    [50_001, 99],
    [100_000, 99],
    [200_000, 115],
    [500_000, 275],
    [1_000_000, 535],
    [1_500_000, 640],
    [30_000_000, 1_013],
    [30_000_001, 1_070],
  ])('take for an order of %i yen a commission of %i', (yen, fee) => {
    const order = { price: 1, shares: yen, tick: 0, paidNoSpread: true, volatility: NaN, volume: NaN };
    expect(tradeCost({ ...order, before: { shares: 0, value: 0 } }, usualCosts('cash'))).toEqual({
      commission: fee,
      spread: 0,
      impact: 0,
    });
    // The second trade of the order pays what is left to the commission of both.
    const rest = { ...order, shares: yen - 1, before: { shares: 1, value: 1 } };
    expect(tradeCost(rest, usualCosts('cash')).commission).toBe(fee - 55);
  });

  it('have half of the spread in ticks for an order that takes a price', () => {
    const trade = { price: 1_000, shares: 300, tick: 5, volatility: NaN, volume: NaN, before: { shares: 0, value: 0 } };
    const costs = usualCosts('margin', { spreadTicks: 3 });
    expect(tradeCost({ ...trade, paidNoSpread: false }, costs)).toEqual({ commission: 275, spread: 2_250, impact: 0 });
    expect(tradeCost({ ...trade, paidNoSpread: true }, costs).spread).toBe(0);
  });

  it('have an impact that grows with the volatility and the size, and is never a gain', () => {
    const trade = { price: 100, shares: 400, tick: 1, paidNoSpread: true, volatility: 0.03, volume: 10_000 };
    const costs = usualCosts('margin', { impact: 2, commission: 'none' });
    const impact = (before: { shares: number; value: number }) => tradeCost({ ...trade, before }, costs).impact;
    expect(impact({ shares: 0, value: 0 })).toBeCloseTo(2 * 0.03 * 0.2 * 40_000, 9);
    expect(impact({ shares: 500, value: 60_000 })).toBeCloseTo(0.06 * (0.3 * 100_000 - Math.sqrt(0.05) * 60_000), 9);
    expect(impact({ shares: 1, value: -1e9 })).toBe(0);
  });
});

it.each([
  [1_000_000, 3, (1_000_000 * 0.028 * 3) / 365],
  [-1_000_000, 3, (1_000_000 * 0.0115 * 3) / 365],
  [1, 365, 0.028],
  [-1, 365, 0.0115],
  [0, 3, 0],
])('takes for %i yen over %i nights the interest or the lending fee: %d', (value, nights, expected) => {
  expect(holdingCost({ value, nights }, usualCosts('margin'))).toBeCloseTo(expected, 12);
});

it.each([
  [999_999, 0, (999_999 * 0.018) / 365],
  [1_000_000, 0, 0],
  [-999_999, 0, (999_999 * 0.018) / 365],
  [-1_000_000, 0, 0],
  // The rest of an order that becomes large gives back what its beginning cost.
  [1, 999_999, (-999_999 * 0.018) / 365],
  [-1, 999_998, (1 * 0.018) / 365],
])('takes for %i yen after %i the first day of a day account: %d', (opened, before, expected) => {
  expect(firstDayCost(opened, before, usualCosts('day-margin'))).toBeCloseTo(expected, 9);
});
