import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import { usualCosts, withoutCosts } from '../costs/costs.ts';
import type { Order } from '../rules/order.ts';
import { withoutLimits } from '../rules/order-limits.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import type { BacktestData } from './backtest-data.ts';
import type { SessionOrders } from './backtest-record.ts';
import { SessionTrading } from './session-trading.ts';
import { decideSession, simulate, tradeSession } from './simulate.ts';
import { type BookedFill, type SimulationSettings, TradeCounts } from './simulation.ts';
import { TradeList } from './trade-list.ts';
import { View } from './view.ts';

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

it('closes what a day account carried over at the open, before the orders of the session', () => {
  const data = { ...dataWith({ open: 1_000, high: 1_000, low: 900, close: 900 }), lots: [1] };
  data.panel.close[t + 1] = 1_005;
  data.panel.high[t + 1] = 1_010;
  for (const side of ['buy', 'sell'] as const) {
    // A long position finds nobody at the lower limit, a short one at the upper.
    if (side === 'sell') {
      for (const name of ['high', 'close'] as const) data.panel[name][t] = 1_100;
      data.panel.low[t] = 1_000;
    }
    const order: Order = { symbol: 0, side, shares: 1, type: 'market', time: 'open' };
    const sent: SessionOrders[] = [];
    const result = simulate({
      data,
      settings: { ...settings, costs: withoutCosts },
      from: t,
      to: t + 2,
      decideAt: () => () => [order],
      onOrders: (orders) => sent.push(orders),
    });
    const back: Order = { ...order, side: side === 'buy' ? 'sell' : 'buy' };
    expect(sent).toEqual([
      { session: t, orders: [order], forced: 0 },
      { session: t + 1, orders: [back, order], forced: 1 },
    ]);
    expect(result.counts).toMatchObject({ orders: 3, filled: 3, turnover: 4_005 });
    expect(result.trades.map(({ opened, closed, exit }) => [opened, closed, exit])).toEqual([
      [t, t + 1, 1_000],
      [t + 1, t + 1, 1_005],
    ]);
    expect([...result.exposure]).toEqual(side === 'buy' ? [1_000, 1_000] : [1_100, 1_000]);
  }
});

it('has one value for each session, and none of an empty range', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const order: Order = { symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open' };
  const run = (to: number) => simulateWith(data, order, to, { account: 'cash', costs: withoutCosts });
  expect([run(t - 1), run(t)].map(({ net, exposure }) => [net.length, exposure.length])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const { net, exposure, from } = run(t + 2);
  expect([from, [...net], [...exposure]]).toEqual([t, [settings.cash + 500, settings.cash], [100_500, 100_500]]);
});

it.each([
  ['its first session', 900, 1_000, t],
  ['its second', 950, 850, t + 1],
  ['none', 950, 851, undefined],
])('halts after a session that loses 10,000 yen to the close before: %s', (_, close, next, expected) => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 890, close });
  data.panel.close[t + 1] = next;
  data.panel.low[t + 1] = 840;
  data.limits.lower.fill(700);
  const limits = { ...withoutLimits, dailyLoss: 10_000 };
  const order: Order = { symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open' };
  const { halted } = simulateWith(data, order, t + 2, { account: 'cash', costs: withoutCosts, limits });
  expect(halted).toEqual(expected && { session: expected, reason: 'a session lost 10000 yen' });
});

describe('one session of an account that lives on', () => {
  const data = dataWith({ open: 1_000, high: 1_010, low: 990, close: 1_005 });
  const order: Order = { symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open' };
  const heldBy = (kind: SimulationSettings['account'], shares: number) => {
    const account = new Account({ kind, cash: settings.cash, symbols: 1 });
    if (shares !== 0) account.apply(0, shares, 1_000);
    return account;
  };
  const nights = data.panel.days[t]! - data.panel.days[t - 1]!;

  it.each([
    ['day-margin', 300, [{ ...order, side: 'sell', shares: 300 }], (300_000 * 0.018 * nights) / 365 + 3_575],
    ['day-margin', -1, [{ ...order, shares: 1 }], (1_000 * 0.018 * nights) / 365 + 3_575],
    ['margin', 300, [], (300_000 * 0.028 * nights) / 365],
    ['cash', 300, [], 0],
    ['day-margin', 0, [], 0],
  ] as const)('is decided after its night: %s with %i shares', (kind, shares, forced, nightCost) => {
    const own = { ...settings, account: kind, costs: usualCosts(kind) };
    const account = heldBy(kind, shares);
    const cash = account.cash;
    const decision = decideSession({ data, t, account, settings: own }, () => [order, { ...order, shares: 50 }]);
    expect(decision).toEqual({ forced, orders: [order], refused: { lot: 1 }, nightCost: expect.closeTo(nightCost, 9) });
    expect(account.cash).toBeCloseTo(cash - nightCost, 6);
    const silent = decideSession({ data, t, account: heldBy(kind, shares), settings: own }, undefined);
    expect(silent).toEqual({ forced, orders: [], refused: {}, nightCost: expect.closeTo(nightCost, 9) });
  });

  it('pays for the nights since a day that is given', () => {
    const own = { ...settings, account: 'margin', costs: usualCosts('margin') } as const;
    const since = (data.panel.days[t]! - 30) as never;
    const { nightCost } = decideSession({ data, t, account: heldBy('margin', 100), settings: own, since }, undefined);
    expect(nightCost).toBeCloseTo((100_000 * 0.028 * 30) / 365, 9);
  });

  it('has the fills of its orders, which the account has booked', () => {
    const own = { ...settings, account: 'cash', costs: withoutCosts } as const;
    const account = heldBy('cash', 0);
    const session = { data, t, account, settings: own };
    const fill = { side: 'buy', price: 1_000, shares: 100, reason: 'entry', paidNoSpread: true };
    const booked = { session: t, symbol: 0, order: 0, cost: 0 };
    expect(tradeSession(session, [{ ...order, closes: true }], false)).toEqual([{ ...booked, fill }]);
    expect([account.sharesOf(0), account.cash]).toEqual([100, settings.cash - 100_000]);
    const closing = { ...fill, side: 'sell', price: 1_005, reason: 'closing' };
    expect(tradeSession(session, [{ ...order, closes: true }], true)).toEqual([
      { ...booked, fill },
      { ...booked, fill: closing },
    ]);
  });
});

/** Two symbols at 1,000 yen within 900 and 1,100; their bars of session 23 are given, nobody trades one without. */
function tradingWith(
  bars: readonly (Partial<Record<'open' | 'high' | 'low' | 'close' | 'volume', number>> | undefined)[],
  change: Partial<SimulationSettings> = {},
  more: Partial<BacktestData> = {},
) {
  const noise = noiseData({ symbols: 2, sessions, seed: 2 });
  for (const name of ['open', 'high', 'low', 'close'] as const) noise.panel[name].fill(1_000);
  noise.panel.volume.fill(1e6);
  noise.limits.lower.fill(900);
  noise.limits.upper.fill(1_100);
  for (const [symbol, bar] of bars.entries()) {
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
      if (bar === undefined) noise.panel[name][t * 2 + symbol] = NaN;
      else if (bar[name] !== undefined) noise.panel[name][t * 2 + symbol] = bar[name];
    }
  }
  const data = { ...noise, ...more };
  const own: SimulationSettings = { ...settings, account: 'margin', costs: withoutCosts, ...change };
  const account = new Account({ kind: own.account, cash: own.cash, symbols: 2 });
  const [view, counts, trades] = [new View(data), new TradeCounts(), new TradeList()];
  view.goTo(t);
  const booked: BookedFill[] = [];
  const onFill = (fill: BookedFill) => booked.push(fill);
  const trading = new SessionTrading({ data, view, account, settings: own, counts, trades, onFill });
  const fills = () =>
    booked.map(({ symbol, order, fill: { side, shares, price, reason } }) =>
      [symbol, order ?? 'broker', side, shares, price, reason].join(' '),
    );
  return { account, counts, trades, trading, data, booked, fills };
}

const atOpen = { symbol: 0, side: 'buy', shares: 300, type: 'market', time: 'open' } as const;

describe('a session', () => {
  it('counts an order with a fill once, one without any never, and refuses one of a symbol that nobody traded', () => {
    const { trading, counts, fills, account } = tradingWith([{}, undefined]);
    const other = { ...atOpen, symbol: 1 };
    const far = { ...atOpen, type: 'limit', time: 'day', price: 950 } as const;
    expect(trading.trade(t, [other, atOpen, far, { ...atOpen, shares: 100, closes: true }])).toBe(400_000);
    expect(fills()).toEqual(['0 1 buy 300 1000 entry', '0 3 buy 100 1000 entry', '0 3 sell 100 1000 closing']);
    expect([counts.filled, counts.refused, counts.turnover]).toEqual([2, { 'not traded': 1 }, 500_000]);
    expect([account.sharesOf(0), account.exposure]).toEqual([300, 300_000]);
  });

  it('books entries before exits and orders at the close, which have their own index', () => {
    const { trading, booked, fills } = tradingWith([{ close: 1_010, high: 1_010 }, {}]);
    const atClose = { ...atOpen, time: 'close' } as const;
    const highest = trading.trade(t, [{ ...atOpen, closes: true }, atClose, { ...atOpen, symbol: 1, side: 'sell' }]);
    expect(fills()).toEqual([
      '0 0 buy 300 1000 entry',
      '1 2 sell 300 1000 entry',
      '0 0 sell 300 1010 closing',
      '0 1 buy 300 1010 entry',
    ]);
    expect(booked.map(({ session, cost }) => [session, cost])).toEqual([
      [t, 0],
      [t, 0],
      [t, 0],
      [t, 0],
    ]);
    expect(highest).toBe(603_000);
  });

  it('has the exposure before the close where that is higher, and values at the close', () => {
    const { trading, account } = tradingWith([{ close: 1_050, high: 1_050 }, {}]);
    const closing = { ...atOpen, symbol: 1, closes: true };
    expect(trading.trade(t, [atOpen, closing])).toBe(600_000);
    expect([account.markOf(0), account.exposure, account.held.size]).toEqual([1_050, 315_000, 1]);
  });

  it('keeps the value of a position whose close is missing, and the shares of a day account that nobody traded', () => {
    const { trading, account, fills } = tradingWith([{ close: NaN }, undefined], { account: 'day-margin' });
    account.apply(0, 100, 970);
    account.apply(1, -100, 980);
    trading.trade(t, []);
    expect([fills(), account.markOf(0), account.markOf(1)]).toEqual([[], 970, 980]);
  });

  it('values a position at 1 yen, and trades it there', () => {
    const penny = { open: 1, high: 1, low: 1, close: 1 };
    const { trading, account, fills } = tradingWith([penny, {}], { rules: false });
    account.apply(0, 100, 2);
    trading.trade(t, [{ ...atOpen, shares: 100 }]);
    expect([fills(), account.markOf(0), account.exposure]).toEqual([['0 0 buy 100 1 entry'], 1, 200]);
  });
});

describe('the broker, at the close of a day account', () => {
  const day = { account: 'day-margin' } as const;

  it('closes long and short positions, and only when the session is over', () => {
    const { trading, account, fills, booked } = tradingWith([{ close: 1_010, high: 1_010 }, { close: 990 }], day);
    account.apply(0, 300, 1_000);
    account.apply(1, -200, 1_000);
    trading.trade(t, [], false);
    expect([fills(), account.held.size, account.markOf(0)]).toEqual([[], 2, 1_010]);
    trading.trade(t, []);
    expect(fills()).toEqual(['0 broker sell 300 1010 closing', '1 broker buy 200 990 closing']);
    expect(booked.map(({ fill }) => fill.paidNoSpread)).toEqual([true, true]);
    expect(account.held.size).toBe(0);
  });

  it.each([
    ['a long one at the lower limit stays', 300, { close: 900, low: 900 }, []],
    ['a short one at the lower limit is bought back', -300, { close: 900, low: 900 }, ['0 broker buy 300 900 closing']],
    ['a long one at the upper limit is sold', 300, { close: 1_100, high: 1_100 }, ['0 broker sell 300 1100 closing']],
    ['a short one at the upper limit stays', -300, { close: 1_100, high: 1_100 }, []],
    ['only a share of the volume is closed', 300, { volume: 29_999 }, ['0 broker sell 200 1000 closing']],
    ['nothing where the share is no lot', 300, { volume: 9_999 }, []],
    ['one lot where it is one', 300, { volume: 10_000 }, ['0 broker sell 100 1000 closing']],
  ])('%s', (_, held, bar, expected) => {
    const { trading, account, fills } = tradingWith([bar, {}], day);
    account.apply(0, held, 1_000);
    trading.trade(t, []);
    expect(fills()).toEqual(expected);
  });

  it('knows neither limits nor volumes without the rules of the exchange', () => {
    const bar = { close: 900, low: 900, volume: 1 };
    const { trading, account, fills } = tradingWith([bar, {}], { ...day, rules: false });
    account.apply(0, 300, 1_000);
    trading.trade(t, []);
    expect(fills()).toEqual(['0 broker sell 300 900 closing']);
  });

  it('closes nothing of another account', () => {
    const { trading, account } = tradingWith([{}, {}], { account: 'margin' });
    account.apply(0, 300, 1_000);
    trading.trade(t, []);
    expect(account.sharesOf(0)).toBe(300);
  });
});

describe('the costs of a fill', () => {
  const model = { ...usualCosts('margin'), impact: 0.5, spreadTicks: 3 };

  it('are commission, spread, impact and a day of credit, counted by their kind', () => {
    const { trading, counts, booked, account, data } = tradingWith([{ high: 1_020 }, {}], { costs: model });
    // The returns of the last 20 sessions: one rise and one fall of 1 %.
    data.panel.close[(t - 5) * 2] = 1_010;
    const step = Math.log(1.01);
    const impact = 0.5 * step * Math.sqrt(2 / 20) * Math.sqrt(300 / 1e6);
    trading.trade(t, [
      { ...atOpen, type: 'stop', time: 'day', price: 1_010 },
      { ...atOpen, side: 'sell' },
    ]);
    expect(booked.map(({ fill: { price, paidNoSpread } }) => [price, paidNoSpread])).toEqual([
      [1_011, false],
      [1_000, true],
    ]);
    // Half of 3 ticks of 1 yen; no spread in the auction. The sale closes, so that only the purchase has credit.
    const of = {
      commission: 550,
      spread: 450,
      impact: impact * (303_300 + 300_000),
      interest: (303_300 * 0.028) / 365,
    };
    expect(counts.commission).toBe(of.commission);
    expect(counts.spread).toBe(of.spread);
    expect(counts.impact).toBeCloseTo(of.impact, 9);
    expect([counts.interest, counts.lendingFee]).toEqual([expect.closeTo(of.interest, 9), 0]);
    expect(booked[0]!.cost).toBeCloseTo(275 + 450 + impact * 303_300 + of.interest, 9);
    expect(booked[1]!.cost).toBeCloseTo(275 + impact * 300_000, 9);
    expect(account.cash).toBeCloseTo(settings.cash - 3_300 - counts.costs, 6);
  });

  it('have no spread and no impact where the model has none', () => {
    const costs = { ...model, impact: 0, spreadTicks: 0 };
    const { trading, counts } = tradingWith([{ high: 1_020 }, {}], { costs });
    trading.trade(t, [{ ...atOpen, type: 'stop', time: 'day', price: 1_010 }]);
    expect([counts.commission, counts.spread, counts.impact]).toEqual([275, 0, 0]);
  });

  it.each([
    ['a purchase that closes a part of a short position', -500, 'buy', 0, 0],
    ['one that closes all of it', -300, 'buy', 0, 0],
    ['one that turns it', -100, 'buy', 200_000 * 0.028, 0],
    ['one that adds to a long position', 100, 'buy', 300_000 * 0.028, 0],
    ['a sale that closes', 300, 'sell', 0, 0],
    ['a sale that turns', 299, 'sell', 0, 1_000 * 0.0115],
    ['a sale that opens', 0, 'sell', 0, 300_000 * 0.0115],
  ] as const)('have credit for what is opened: %s', (_, held, side, interest, fee) => {
    const { trading, account, counts } = tradingWith([{}, {}], { costs: usualCosts('margin') });
    if (held !== 0) account.apply(0, held, 1_000);
    trading.trade(t, [{ ...atOpen, side }]);
    expect([counts.interest, counts.lendingFee]).toEqual([
      expect.closeTo(interest / 365, 9),
      expect.closeTo(fee / 365, 9),
    ]);
  });
});

describe('a night', () => {
  const nightly = { costs: { ...usualCosts('margin'), penalty: 50 } };

  it('costs interest or the lending fee of each position for its days, and a penalty each', () => {
    const { trading, account, counts, data } = tradingWith([{}, {}], nightly);
    account.apply(0, 300, 1_000);
    account.apply(1, -200, 500);
    const cash = account.cash;
    const nights = data.panel.days[t]! - data.panel.days[t - 1]!;
    const [interest, fee] = [(300_000 * 0.028 * nights) / 365, (100_000 * 0.0115 * nights) / 365];
    expect(trading.passNight(t)).toBeCloseTo(interest + fee + 100, 9);
    expect([counts.interest, counts.lendingFee, counts.penalty]).toEqual([
      expect.closeTo(interest, 9),
      expect.closeTo(fee, 9),
      100,
    ]);
    expect(account.cash).toBeCloseTo(cash - interest - fee - 100, 6);
    // Since an earlier day.
    expect(trading.passNight(t, data.panel.days[t]! - 9)).toBeCloseTo((9 / nights) * (interest + fee) + 100, 9);
  });

  it('costs nothing without a position, on a cash account, and before the first session', () => {
    expect(tradingWith([{}, {}], nightly).trading.passNight(t)).toBe(0);
    const cash = tradingWith([{}, {}], { account: 'cash', costs: usualCosts('margin') });
    cash.account.apply(0, 300, 1_000);
    expect([cash.trading.passNight(t), cash.counts.costs]).toEqual([0, 0]);
    const first = tradingWith([{}, {}], nightly);
    first.account.apply(0, 300, 1_000);
    expect([first.trading.passNight(0), first.counts.costs]).toEqual([0, 0]);
  });

  it('pays the dividends and splits of every ex-day since the day of the session before, and no other', () => {
    const paid = new Float64Array(sessions * 2);
    for (const [at, yen] of [
      [t - 3, 1_000],
      [t - 2, 10],
      [t - 1, 20],
      [t, 40],
      [t + 1, 9_000],
    ] as const) {
      paid[at * 2] = yen;
      paid[at * 2 + 1] = 3 * yen;
    }
    const splits = new Map([
      [(t - 3) * 2, 7],
      [(t - 1) * 2, 2],
      [t * 2 + 1, 0.5],
      [(t + 1) * 2, 9],
    ]);
    const since = (back: number) => {
      const own = tradingWith([{}, {}], { account: 'cash' }, { splits });
      const { days } = own.data.panel;
      Object.assign(own.data.panel, { dividends: { paid, expected: paid } });
      own.account.apply(0, 100, 1_000);
      own.account.apply(1, 300, 2_000);
      own.trades.take(0, t - 4, 100, 1_000);
      const due = own.trading.passNight(t, days[t - back]);
      own.trades.take(0, t, -own.account.sharesOf(0), 600);
      return [due, own.counts.dividends, own.account.sharesOf(0), own.account.sharesOf(1), own.trades.trades.length];
    };
    // One session: 40 yen each of 100 shares, and 120 of 150 after the split into halves.
    expect(since(1)).toEqual([-22_000, 22_000, 100, 150, 1]);
    // Two: 20 yen of 200 shares besides, and 60 of 300.
    expect(since(2)).toEqual([-(4_000 + 8_000 + 18_000 + 18_000), 48_000, 200, 150, 1]);
    // Three: 10 yen of 100 shares before the split, and 30 of 300.
    expect(since(3)).toEqual([-58_000, 58_000, 200, 150, 1]);
  });
});
