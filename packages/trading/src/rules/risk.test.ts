import { dayNumber, instantOf, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { KillSwitch } from './kill-switch.ts';
import { type Breach, breachOf, type OrderInContext, type RiskLimits } from './risk-limits.ts';
import { ShortSaleRule } from './short-sale-rule.ts';

const date = parseTradeDate('2026-11-24');
const now = instantOf(date, '10:00');
const limits: RiskLimits = {
  position: 1e6,
  exposure: 3e6,
  ordersPerMinute: 2,
  priceBand: 0.1,
  dailyLoss: 5e4,
  staleAfter: 6e4,
};
const order: OrderInContext = {
  side: 'buy',
  shares: 500,
  price: 1_000,
  last: 1_000,
  lastAt: now - 1_000,
  now,
  session: dayNumber(date),
  held: 0,
  exposure: 0,
  lost: 0,
  sentAt: [],
};

describe('risk limits', () => {
  it.each<[Breach | undefined, Partial<OrderInContext>]>([
    [undefined, {}],
    ['position', { shares: 1_100 }],
    ['exposure', { exposure: 2.6e6 }],
    ['ordersPerMinute', { sentAt: [now - 50_000, now - 10] }],
    [undefined, { sentAt: [now - 61_000, now - 10] }],
    ['priceBand', { price: 1_101 }],
    ['dailyLoss', { lost: 5e4 }],
    ['staleAfter', { lastAt: now - 60_001 }],
    ['clock', { lastAt: now + 1 }],
    ['clock', { now: now + 86_400_000 }],
    // Closing is never too large, too late in a bad day or too much.
    [undefined, { side: 'sell', shares: 5_000, held: 5_000, exposure: 9e6, lost: 1e6 }],
    ['position', { side: 'sell', shares: 7_000, held: 5_000 }],
    // What is open already counts, at its own price where that is higher.
    ['position', { pending: { shares: 600, price: 1_000 } }],
    [undefined, { pending: { shares: 500, price: 1_000 } }],
    ['position', { pending: { shares: 500, price: 1_001 } }],
    ['position', { side: 'sell', shares: 1_600, held: 1_000, pending: { shares: 500, price: 900 } }],
  ])('%s', (breach, change) => {
    expect(breachOf({ ...order, ...change }, limits)).toBe(breach);
  });
});

it('stays halted, by the first halt', () => {
  const killSwitch = new KillSwitch();
  expect(() => killSwitch.assertOpen()).not.toThrow();
  killSwitch.halt('the daily loss', now);
  killSwitch.halt('something else', now + 1);
  expect(() => killSwitch.assertOpen()).toThrow('trading is halted: the daily loss');
  expect(killSwitch.halted).toEqual({ reason: 'the daily loss', at: now });
});

describe('the price restriction on short sales', () => {
  const sale = { shares: 5_100, lot: 100, limit: undefined, last: 900 };

  it('lasts from a fall of 10 % to the end of the next session, for more than 50 lots', () => {
    const rule = new ShortSaleRule(2);
    expect(rule.allows(0, 7, sale)).toBe(true);
    rule.observe(0, 7, 900, 1_000);
    expect([7, 8, 9].map((session) => rule.allows(0, session, sale))).toEqual([false, false, true]);
    expect(rule.allows(1, 7, sale)).toBe(true);
    expect(rule.allows(0, 7, { ...sale, shares: 5_000 })).toBe(true);
    expect([900, 901].map((limit) => rule.allows(0, 7, { ...sale, limit }))).toEqual([false, true]);
  });
});
