import { describe, expect, it } from 'vitest';
import { allowsShortSale, type OrderInContext, withinLimits, withoutLimits } from './order-limits.ts';

const limits = { ...withoutLimits, position: 1e6, exposure: 3e6 };
const order: OrderInContext = { side: 'buy', shares: 500, lot: 100, price: 1_000, last: 1_000, held: 0, exposure: 0 };

describe('risk limits', () => {
  it.each<[shares: number, limit: 'position' | 'exposure', Partial<OrderInContext>]>([
    [500, 'position', {}],
    [1_000, 'position', { shares: 1_100 }],
    [400, 'exposure', { exposure: 2.6e6 }],
    [0, 'exposure', { exposure: 2.95e6 }],
    // What closes is never cut.
    [5_000, 'position', { side: 'sell', shares: 5_000, held: 5_000, exposure: 3e6 }],
    [6_000, 'position', { side: 'sell', shares: 7_000, held: 5_000 }],
    // Open orders count already, at their own price where that is higher.
    [400, 'position', { pending: { shares: 600, price: 1_000 } }],
    [500, 'position', { pending: { shares: 500, price: 1_000 } }],
    [400, 'position', { pending: { shares: 500, price: 1_001 } }],
    [1_500, 'position', { side: 'sell', shares: 1_600, held: 1_000, pending: { shares: 500, price: 900 } }],
    // A tie is called by the limit of the position.
    [500, 'position', { exposure: 2.5e6, held: 500, shares: 600 }],
    [0, 'position', { held: 1_000, shares: 100 }],
    [0, 'exposure', { exposure: 3e6, shares: 100 }],
    [1, 'exposure', { exposure: 2_999_999, shares: 2, lot: 1, price: 1, last: 1 }],
    // The last price is that of a market order.
    [500, 'position', { price: undefined, last: 2_000, shares: 600 }],
    // What is closed makes room beyond the limit of all.
    [2_500, 'exposure', { side: 'sell', shares: 4_000, held: 2_000, exposure: 3.5e6, price: 1_000 / 3 }],
    // Whole lots.
    [300, 'position', { price: 3_000 }],
    [330, 'position', { price: 3_000, lot: 10 }],
  ])('leave %i shares (%s) of %o', (shares, limit, change) => {
    expect(withinLimits({ ...order, ...change }, limits)).toEqual({ shares, limit });
  });
});

it.each([
  [false, {}],
  [true, { low: 901, limit: 890 }],
  // A market order for more than 50 lots is refused in any case.
  [false, { low: 901 }],
  [true, { shares: 5_000 }],
  [false, { limit: 900 }],
  [true, { limit: 901 }],
])('allows a short sale of more than 50 lots after a fall of 10 %%: %s with %o', (isAllowed, change) => {
  const sale = { shares: 5_100, lot: 100, limit: undefined, last: 900, low: 900, base: 1_000 };
  expect(allowsShortSale({ ...sale, ...change })).toBe(isAllowed);
});
