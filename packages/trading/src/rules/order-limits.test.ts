import { describe, expect, it } from 'vitest';
import { allowsShortSale, brokenLimit, type OrderInContext, withoutLimits } from './order-limits.ts';

const limits = { ...withoutLimits, position: 1e6, exposure: 3e6 };
const order: OrderInContext = { side: 'buy', shares: 500, price: 1_000, last: 1_000, held: 0, exposure: 0 };

describe('risk limits', () => {
  it.each<[ReturnType<typeof brokenLimit>, Partial<OrderInContext>]>([
    [undefined, {}],
    ['position', { shares: 1_100 }],
    ['exposure', { exposure: 2.6e6 }],
    // An order that closes is never too large.
    [undefined, { side: 'sell', shares: 5_000, held: 5_000, exposure: 9e6 }],
    ['position', { side: 'sell', shares: 7_000, held: 5_000 }],
    // Open orders count already, at their own price where that is higher.
    ['position', { pending: { shares: 600, price: 1_000 } }],
    [undefined, { pending: { shares: 500, price: 1_000 } }],
    ['position', { pending: { shares: 500, price: 1_001 } }],
    ['position', { side: 'sell', shares: 1_600, held: 1_000, pending: { shares: 500, price: 900 } }],
  ])('%s for %o', (limit, change) => {
    expect(brokenLimit({ ...order, ...change }, limits)).toBe(limit);
  });
});

it.each([
  [false, {}],
  [true, { low: 901 }],
  [true, { shares: 5_000 }],
  [false, { limit: 900 }],
  [true, { limit: 901 }],
])('allows a short sale after a fall of 10 %%: %s with %o', (isAllowed, change) => {
  const sale = { shares: 5_100, lot: 100, limit: undefined, last: 900, low: 900, base: 1_000 };
  expect(allowsShortSale({ ...sale, ...change })).toBe(isAllowed);
});
