import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import type { Order } from '../rules/order.ts';
import { withoutLimits } from '../rules/order-limits.ts';
import { defaultParameters, strategies } from '../strategies/catalogue.ts';
import type { Decide } from '../strategies/strategy.ts';
import { brokenInvariants } from '../testing/broken-invariants.ts';
import { noiseData, usualSettings } from '../testing/noise-data.ts';
import { auditStrategy } from './run-backtest.ts';
import { decideSession, simulate } from './simulate.ts';
import type { SimulationInput, SimulationSettings } from './simulation.ts';
import type { View } from './view.ts';

const data = noiseData({ symbols: 8, sessions: 140, seed: 3 });
const settings = usualSettings;
const [from, to] = [22, 140];

describe('the audit', () => {
  /** Remembers what it saw before. */
  let calls = 0;
  const counting: Decide = () => {
    calls += 1;
    return [{ symbol: 0, side: 'buy', shares: 100 * (1 + (calls % 5)), type: 'market', time: 'open' }];
  };

  const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
  const orders: readonly Order[] = [
    { symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open', closes: true },
  ];
  /** Conditions on the value of the last session and one that is still to come. */
  const peeks = {
    'any rise': (last: number, coming: number) => coming > last,
    'rises of more than 3 %': (last: number, coming: number) => coming / last - 1 > 0.03,
    'falls of more than 3 %': (last: number, coming: number) => coming / last - 1 < -0.03,
    'that it is known': (_: number, coming: number) => coming > 0,
  };
  const planted = columns.flatMap((column) => Object.keys(peeks).map((peek) => [column, peek as keyof typeof peeks]));

  it.each(planted as [(typeof columns)[number], keyof typeof peeks][])(
    'finds one that reads %s for %s',
    (name, peek) => {
      // The session after the coming one: a later one than any order can depend on.
      const decide: Decide = (view) => {
        const values = new Float64Array(view.bars[name].buffer);
        const coming = values[(view.session + 1) * view.symbols] ?? NaN;
        return peeks[peek](view[name](0), coming) ? orders : [];
      };
      expect(() => auditStrategy({ data, decide, settings, from, to })).toThrow(/its orders change when later bars/);
    },
  );

  it('refuses a strategy that is not pure', () => {
    expect(() => auditStrategy({ data, decide: counting, settings, from, to })).toThrow('its orders change');
  });

  it('hides the session to come from a strategy', () => {
    let seen: readonly number[] = [];
    simulate({
      data,
      settings,
      from: 30,
      to: 31,
      decideAt: () => (view) => {
        seen = [view.close(0, -1), view.open(0, -1), view.bars.close.length, view.close(0)];
        return [];
      },
    });
    expect(seen).toEqual([NaN, NaN, 30 * 8, data.panel.close[29 * 8]]);
  });
});

describe('what an account may', () => {
  const run = (decide: Decide, change: Partial<SimulationSettings>, onFill?: SimulationInput['onFill']) =>
    simulate({ data, settings: { ...settings, ...change }, from, to, decideAt: () => decide, onFill });
  /** Orders of every symbol for a purchase or sale of some yen, or of some shares. */
  const ofEvery = (shares: (view: View, symbol: number) => number, side: Order['side']): Decide => {
    const order = { side, type: 'market', time: 'open', closes: true } as const;
    return (view) =>
      Array.from({ length: view.symbols }, (_, symbol) => ({ ...order, symbol, shares: shares(view, symbol) }));
  };

  it('stops for good after a session that lost too much, and sends nothing more', () => {
    const alwaysLong = strategies['always-long'].with(defaultParameters(strategies['always-long'], {}));
    const { halted, trades, counts } = run(alwaysLong, { limits: { ...withoutLimits, dailyLoss: 30_000 } });
    expect(halted?.reason).toContain('yen');
    expect(Math.max(...trades.map(({ opened }) => opened))).toBe(halted?.session);
    expect(counts.refused.halted).toBeGreaterThan(0);
  });

  it.each(['buy', 'sell'] as const)('keeps a symbol within its limit, however many orders to %s there are', (side) => {
    const held = new Map<string, number>();
    const once = ofEvery((view, symbol) => 100 * Math.floor(600_000 / view.close(symbol) / 100), side);
    const twice: Decide = (view, account) => once(view, account).flatMap((order) => [order, order]);
    const { counts } = run(twice, { limits: { ...withoutLimits, position: 1e6 } }, ({ session, symbol, fill }) => {
      const worth = fill.shares * data.panel.close[(session - 1) * 8 + symbol]!;
      const key = `${session} ${symbol}`;
      if (fill.reason === 'entry') held.set(key, (held.get(key) ?? 0) + (fill.side === side ? worth : -worth));
    });
    expect(counts.filled).toBeGreaterThan(100);
    expect(Math.max(...held.values())).toBeLessThanOrEqual(1e6);
    expect(Math.max(...held.values())).toBeGreaterThan(0.9e6);
  });

  it('keeps to its money: the orders of a cash account cost no more than there is', () => {
    const { exposure, trades } = run(
      ofEvery(() => 5_000, 'buy'),
      { account: 'cash' },
    );
    expect(trades.length).toBeGreaterThan(0);
    expect(Math.max(...exposure)).toBeLessThan(1.1 * settings.cash);
  });
});

it('cuts a second order to the limit, and refuses the third, in a single session too', () => {
  const account = new Account({ kind: 'margin', cash: 10_000_000, symbols: 8 });
  const position = 500 * data.panel.close[24 * 8]!;
  const own = { ...settings, account: 'margin', limits: { ...withoutLimits, position } } as const;
  const order = { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' } as const;
  const { orders, refused } = decideSession({ data, t: 25, account, settings: own }, () => [order, order, order]);
  expect([orders.map(({ shares }) => shares), refused]).toEqual([[300, 200], { position: 1 }]);
});

it('breaks no invariant with random orders', () => {
  expect(brokenInvariants(400, seededRandom(5))).toEqual([]);
});
