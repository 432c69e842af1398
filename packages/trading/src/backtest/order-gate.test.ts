import { describe, expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import type { Order } from '../rules/order.ts';
import { type RiskLimits, withoutLimits } from '../rules/order-limits.ts';
import { noise, session, symbols, viewWith } from '../strategies/view.fixture.ts';
import { usualSettings } from '../testing/noise-data.ts';
import { OrderGate } from './order-gate.ts';
import { TradeCounts } from './simulation.ts';

interface Given {
  readonly kind?: Account['kind'];
  readonly cash?: number;
  /** Shares held before the session, bought at 1,000 yen. */
  readonly held?: number;
  readonly limits?: Partial<RiskLimits>;
  readonly lots?: readonly number[];
  /** Closes of the last session; others are 1,000 yen. */
  readonly close?: readonly number[];
  /** Lowest price of the last session. */
  readonly low?: number;
  readonly halted?: boolean;
  readonly rules?: boolean;
}

/** Orders in short: 'buy 300', '1 sell 200 at 990' for symbol 1 at a limit. */
function orderOf(text: string): Order {
  const [, symbol = '0', side, shares, limit] = /^(?:(\d) )?(buy|sell) ([\d.-]+)(?: at (\d+))?$/.exec(text)!;
  const asked = { symbol: Number(symbol), side: side as Order['side'], shares: Number(shares), time: 'open' } as const;
  return limit === undefined ? { ...asked, type: 'market' } : { ...asked, type: 'limit', price: Number(limit) };
}

/** Returns the shares of the orders that are sent, the counts of refused ones, and how many were asked for. */
function admit(given: Given, ...texts: readonly string[]) {
  const { kind = 'cash', cash = 1_000_000, held = 0, limits, lots, close = [], low = 1_000 } = given;
  const fill = (value: number) => noise.panel.close.slice().fill(value);
  const panel = { ...noise.panel, close: fill(1_000), low: fill(1_000) };
  panel.close.set(close, (session - 1) * symbols);
  panel.low[(session - 1) * symbols] = low;
  const account = new Account({ kind, cash: cash + held * 1_000, symbols });
  if (held !== 0) account.apply(0, held, 1_000);
  account.startSession();
  const counts = new TradeCounts();
  const settings = { ...usualSettings, rules: given.rules ?? true, limits: { ...withoutLimits, ...limits } };
  const gate = new OrderGate({ view: viewWith({}, { panel, lots }), account, settings, counts });
  const orders = texts.map(orderOf);
  const sent = gate.admit(orders, given.halted ?? false).map(({ symbol, shares }) => `${symbol}: ${shares}`);
  return { sent: sent.join(', '), refused: counts.refused, orders: counts.orders };
}

const margin = { kind: 'margin', cash: 300_000 } as const;

it.each<[title: string, given: Given, orders: readonly string[], sent: string, refused?: Record<string, number>]>([
  ['no order', {}, [], ''],
  ['an order within the money', {}, ['buy 300'], '0: 300'],
  ['all of the money', {}, ['buy 1000'], '0: 1000'],
  ['more than the money is cut to whole lots', {}, ['buy 1100'], '0: 1000'],
  ['less than the money for another lot', { cash: 999_999 }, ['buy 1000'], '0: 900'],
  ['no money for a lot', { cash: 99_999 }, ['buy 100'], '', { money: 1 }],
  ['a second order of the symbol has the rest', {}, ['buy 300', 'buy 800'], '0: 300, 0: 700'],
  ['a second symbol has the rest', {}, ['buy 300', '1 buy 800'], '0: 300, 1: 700'],
  ['a third has nothing', {}, ['buy 300', '1 buy 700', '2 buy 100'], '0: 300, 1: 700', { money: 1 }],
  ['a limit above the last price costs its limit', {}, ['buy 1000 at 1250'], '0: 800'],
  ['a limit below it costs the last price', {}, ['buy 1000 at 500', 'buy 100'], '0: 1000', { money: 1 }],
  ['both sides of a symbol need the money of one', margin, ['buy 1000', 'sell 1000'], '0: 1000, 0: 1000'],
  ['the larger side counts for others', margin, ['buy 400', 'sell 700', '1 buy 500'], '0: 400, 0: 700, 1: 300'],
  ['the larger side counts, first', margin, ['sell 700', 'buy 400', '1 sell 500'], '0: 700, 0: 400, 1: 300'],
  ['no shares', {}, ['buy 0'], '', { 'no price': 1 }],
  ['fewer than none', {}, ['buy -100'], '', { 'no price': 1 }],
  ['a symbol without a price', { close: [NaN] }, ['buy 100', '1 buy 100'], '1: 100', { 'no price': 1 }],
  ['a part of a lot', {}, ['buy 150', 'buy 100'], '0: 100', { lot: 1 }],
  ['lots of its own', { lots: [1, 10, 100, 100] }, ['buy 1', '1 buy 10', '1 buy 15'], '0: 1, 1: 10', { lot: 1 }],
  ['a price of 1 yen', { close: [1], cash: 100 }, ['buy 100'], '0: 100'],
  ['a short sale without credit', {}, ['sell 100'], '', { 'short in cash': 1 }],
  ['a sale of all that is held', { held: 500 }, ['sell 500'], '0: 500'],
  ['a sale of more', { held: 500 }, ['sell 600'], '0: 500'],
  ['two sales of more', { held: 500 }, ['sell 300', 'sell 300'], '0: 300, 0: 200'],
  ['a third sale', { held: 500 }, ['sell 300', 'sell 200', 'sell 100'], '0: 300, 0: 200', { 'short in cash': 1 }],
  ['what closes needs no money', { ...margin, held: -1000, cash: 1 }, ['buy 1000'], '0: 1000'],
  ['it is not closed twice', { ...margin, cash: 0, held: -400 }, ['buy 400', 'buy 100'], '0: 400', { money: 1 }],
  ['what closes, and as much as there is room for', { ...margin, held: 400 }, ['sell 2500'], '0: 2300'],
  ['nothing after a halt', { halted: true }, ['buy 100', 'sell 100'], '', { halted: 2 }],
  ['everything without rules', { rules: false }, ['buy 5150', 'sell 100'], '0: 5150, 0: 100'],
  [
    'a limit of a position',
    { limits: { position: 400_000 } },
    ['buy 300', 'buy 300', '1 buy 500'],
    '0: 300, 0: 100, 1: 400',
  ],
  ['more than it', { limits: { position: 400_000 } }, ['buy 400', 'buy 100'], '0: 400', { position: 1 }],
  ['all of it', { limits: { position: 1_000_000 } }, ['buy 1000'], '0: 1000'],
  ['a position is held already', { held: 300, limits: { position: 400_000 } }, ['buy 300'], '0: 100'],
  ['at a higher price', { limits: { position: 400_000 } }, ['buy 100 at 2000', 'buy 200'], '0: 100, 0: 100'],
  ['a limit of all', { limits: { exposure: 500_000 } }, ['buy 300', '1 buy 300'], '0: 300, 1: 200'],
  ['more than that', { limits: { exposure: 300_000 } }, ['buy 300', '1 buy 100'], '0: 300', { exposure: 1 }],
  ['a lot within limits', { lots: [1], limits: { position: 1_000 } }, ['buy 2'], '0: 1'],
])('sends %s', (_, given, orders, sent, refused = {}) => {
  expect(admit(given, ...orders)).toEqual({ sent, refused, orders: orders.length });
});

describe('a short sale', () => {
  const rich = { kind: 'margin', cash: 30_000_000 } as const;

  it.each<[title: string, given: Given, orders: readonly string[], sent: string]>([
    ['of 50 lots goes to the market', rich, ['sell 5000'], '0: 5000'],
    ['of more does not', rich, ['sell 5100'], ''],
    ['of more has a limit', rich, ['sell 5100 at 1000'], '0: 5100'],
    ['after a fall of 10 % asks for more than the last price', { ...rich, low: 900 }, ['sell 5100 at 1000'], ''],
    ['that asks for more is sent', { ...rich, low: 900 }, ['sell 5100 at 1001'], '0: 5100'],
    ['after a smaller fall', { ...rich, low: 901 }, ['sell 5100 at 1000'], '0: 5100'],
    ['is measured without what it closes', { ...rich, held: 100 }, ['sell 5100'], '0: 5100'],
    [
      'that is refused takes no money from others',
      { ...rich, cash: 1_800_000 },
      ['sell 5100', '1 buy 6000'],
      '1: 6000',
    ],
  ])('%s', (_, given, orders, sent) => {
    const refused = orders.length > sent.split(', ').filter(Boolean).length ? { 'short-sale rule': 1 } : {};
    expect(admit(given, ...orders)).toMatchObject({ sent, refused });
  });

  it('at the market has no limit, whatever price it names', () => {
    const { panel } = noise;
    const flat = { ...panel, close: panel.close.slice().fill(1_000), low: panel.low.slice().fill(1_000) };
    const account = new Account({ kind: 'margin', cash: 300_000, symbols });
    const gate = new OrderGate({
      view: viewWith({}, { panel: flat }),
      account,
      settings: usualSettings,
      counts: new TradeCounts(),
    });
    const named = { symbol: 0, side: 'buy', shares: 1_000, type: 'market', time: 'open', price: 5_000 } as const;
    // 1,000,000 yen of room, at the last price.
    expect(gate.admit([named], false)).toEqual([named]);
  });

  it('is no purchase, which goes to the market with more than 50 lots', () => {
    expect(admit(rich, 'buy 5100').sent).toBe('0: 5100');
  });
});
