import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account } from './account.ts';

function account(kind: 'cash' | 'margin'): Account {
  const own = new Account({ kind, cash: 1_000_000, symbols: 3 });
  own.startSession();
  return own;
}

describe('a cash account', () => {
  it('does not buy a symbol twice in a day with the same money', () => {
    const own = account('cash');
    own.apply(0, 1_000, 1_000);
    own.apply(0, -1_000, 1_010);
    expect([own.cash, own.roomFor(0, 'long'), own.roomFor(1, 'long')]).toEqual([1_010_000, 0, 1_010_000]);
    own.startSession();
    expect(own.roomFor(0, 'long')).toBe(1_010_000);
  });

  it('does not sell again today what it bought back with the money of a sale', () => {
    const own = account('cash');
    own.apply(0, 500, 1_000);
    own.startSession();
    own.apply(0, -500, 1_000);
    own.apply(0, 300, 1_000);
    expect([own.sellable(0), own.sharesOf(0)]).toEqual([0, 300]);
    own.startSession();
    expect(own.sellable(0)).toBe(300);
  });

  it('sells nothing short, and no share that it does not hold', () => {
    const own = account('cash');
    expect([own.roomFor(0, 'short'), own.sellable(0)]).toEqual([0, 0]);
    own.apply(0, -100, 1_000);
    expect(own.sellable(0)).toBe(0);
  });

  it('buys again for what it sold beyond the shares of today, and never for less than nothing', () => {
    const own = account('cash');
    own.apply(0, 300, 1_000);
    own.startSession();
    own.apply(0, 100, 1_000);
    // Of 400 shares, 100 are of today.
    own.apply(0, -400, 1_100);
    expect([own.cash, own.roomFor(0, 'long')]).toEqual([1_040_000, 1_040_000 - 110_000]);
    // A sale of what is not held locks nothing more.
    own.apply(0, -100, 1_000);
    expect(own.roomFor(0, 'long')).toBe(1_140_000 - 110_000);
    own.pay(1_139_999);
    expect([own.roomFor(0, 'long'), own.roomFor(1, 'long')]).toEqual([0, 1]);
    own.pay(1);
    expect(own.roomFor(1, 'long')).toBe(0);
  });

  it('sells what it bought today without a sale before', () => {
    const own = account('cash');
    own.apply(0, 100, 1_000);
    own.apply(0, 200, 1_000);
    expect(own.sellable(0)).toBe(300);
    own.apply(0, -1, 1_000);
    own.apply(0, 50, 1_000);
    expect([own.sharesOf(0), own.sellable(0)]).toEqual([349, 299]);
  });
});

describe('a margin account', () => {
  it('carries 1 / 30 % of its equity, long and short together', () => {
    const own = account('margin');
    own.apply(0, 1_000, 1_000);
    own.apply(1, -1_000, 500);
    expect(own.roomFor(2, 'long')).toBeCloseTo(1_000_000 / 0.3 - 1_500_000, 6);
    expect(own.roomFor(2, 'short')).toBe(own.roomFor(2, 'long'));
    expect([own.sellable(0), own.sellable(1), own.equity, own.exposure]).toEqual([1_000, 0, 1_000_000, 1_500_000]);
    own.mark(0, 400);
    own.mark(1, 600);
    expect([own.equity, own.exposure]).toEqual([300_000, 1_000_000]);
    own.mark(0, 300);
    expect(own.roomFor(2, 'long')).toBe(0);
  });

  it('sells again today what it bought back', () => {
    const own = account('margin');
    own.apply(0, 500, 1_000);
    own.apply(0, -500, 1_000);
    own.apply(0, 300, 1_000);
    expect(own.sellable(0)).toBe(300);
  });
});

it('holds positions from the oldest on, values them at their newest price, and splits them into whole shares', () => {
  const own = account('margin');
  own.apply(2, 5, 1_000);
  own.apply(0, -1, 500);
  expect([[...own.held], own.markOf(2), own.markOf(0)]).toEqual([[2, 0], 1_000, 500]);
  own.split(2, 1.5);
  expect([own.sharesOf(2), own.markOf(2)]).toEqual([8, 1_000 / 1.5]);
  own.apply(2, -8, 700);
  expect([[...own.held], own.held.size, own.sharesOf(2), own.markOf(2)]).toEqual([[0], 1, 0, 700]);
});

it('keeps money and shares: what was paid is in cash, shares or costs, to 0.1 yen', () => {
  const trades = fc.array(
    fc.record({
      symbol: fc.nat(2),
      lots: fc.integer({ min: -20, max: 20 }),
      tenths: fc.integer({ min: 10, max: 100_000 }),
      cost: fc.nat(2_000),
    }),
  );
  fc.assert(
    fc.property(trades, (list) => {
      const own = account('margin');
      let [paid, shares] = [0, [0, 0, 0]];
      for (const { symbol, lots, tenths, cost } of list.filter((trade) => trade.lots !== 0)) {
        own.apply(symbol, 100 * lots, tenths / 10);
        own.pay(cost);
        paid += (100 * lots * tenths) / 10 + cost;
        shares = shares.map((held, s) => held + (s === symbol ? 100 * lots : 0));
      }
      expect(Math.abs(own.cash - (1_000_000 - paid))).toBeLessThan(0.1);
      expect([0, 1, 2].map((s) => own.sharesOf(s))).toEqual(shares);
    }),
  );
});
