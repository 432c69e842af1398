import type { PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, instantOf } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { usualCosts } from '../costs/costs.ts';
import type { Order } from '../rules/order.ts';
import { strategies } from '../strategies/catalogue.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { noiseDays } from '../testing/noise-data.ts';
import { crashFaults, differingFills, MemoryLog, recordedFeed, replay, sentAfterHalt } from '../testing/replay.ts';
import { changeBook, haltBook, releaseBook, startBook, stopBook } from './book-changes.ts';
import { bookState, ordersOf } from './book-state.ts';
import { PaperBook } from './paper-book.ts';
import { advance, stepsOf } from './paper-session.ts';
import { type Feed, sessionView } from './session-data.ts';

const settings: PaperSettings = {
  strategy: 'gap-fade',
  parameters: { entry: 0.2, most: 6, invested: 0.9 },
  account: 'day-margin',
  cash: 10_000_000,
  commission: 'per-order',
  spreadTicks: 1,
  impact: 1,
  participation: 0.01,
  maxPosition: 2_000_000,
  maxExposure: 10_000_000,
  maxSessionLoss: 5_000_000,
  synthetic: false,
  strategyHash: null,
};
const data = { ...noiseDays({ symbols: 6, sessions: 60, seed: 4 }), lots: [100, 10, 1, 100, 100, 100] };
const [from, to] = [30, 38];
const recorded = { data, settings, from, to };
const code = data.panel.symbols[0]!.symbol;
const dayOf = (t: number) => dateOfDayNumber(data.panel.days[t]!);
const halted = instantOf(dayOf(32), '09:22');
const author = (at: number) => ({ by: 'somebody', at: new Date(at).toISOString() });
const instantAt = (t: number, step: number) => stepsOf(dayOf(t))[step]!.at;

/** Advances a book at a step of a session. */
async function goTo(log: MemoryLog, t: number, step: number, feedAt = (now: number) => recordedFeed(data, () => now)) {
  const now = instantAt(t, step);
  return await advance({ log, feed: feedAt(now) }, now);
}

describe('paper fills', () => {
  it.each([
    ['gap-fade', 'day-margin', { entry: 0.2, most: 6, invested: 0.9 }],
    ['gap-fade', 'margin', { entry: 0.2, most: 6, invested: 0.5 }],
    ['interval-breakout', 'day-margin', {}],
    ['always-long', 'cash', { most: 6, invested: 0.9 }],
  ] as const)('are those of the backtest on the same bars: %s, %s', async (strategy, account, parameters) => {
    const own = { ...settings, strategy, account, parameters: checked(strategy, parameters) };
    const { fills, differing } = await differingFills({ ...recorded, settings: own });
    expect(differing).toEqual([]);
    expect(fills).toBeGreaterThan(5);
  });
});

describe('paper fills of a strategy that looks back', () => {
  const longData = noiseDays({ symbols: 4, sessions: 300, seed: 9 });
  const rows = longData.panel.close.length;
  const expected = Float64Array.from({ length: rows }, (_, row) => (row % 7 === 3 ? 15 : 0));
  const paid = Float64Array.from({ length: rows }, (_, row) => expected[row - 4] ?? 0);
  const splits = new Map([2, 0.5, 3, 4].map((ratio, s) => [4 * (262 + 5 * s) + s, ratio]));
  const withDividends = { ...longData, splits, panel: { ...longData.panel, dividends: { paid, expected } } };
  /** Buys what is above its close of 250 sessions ago, sells the others short, and holds both for some sessions. */
  const lookBack: Strategy = {
    ...strategies['always-long'],
    with: () => (view, account) =>
      Array.from({ length: view.symbols }, (_, symbol) => symbol).flatMap((symbol): Order[] => {
        const rises = view.close(symbol) > view.close(symbol, 250);
        const isLarge = (rises ? 1 : -1) * account.sharesOf(symbol) > 400;
        return [{ symbol, side: rises === isLarge ? 'sell' : 'buy', shares: 100, type: 'market', time: 'open' }];
      }),
  };
  it('250 sessions are those of the backtest, with dividends and splits of held positions', async () => {
    const longSettings = { ...settings, account: 'margin', strategy: 'always-long', parameters: {} } as const;
    const long = { data: withDividends, settings: longSettings, strategy: lookBack, from: 255, to: 285 };
    const { fills, differing } = await differingFills(long);
    expect(differing).toEqual([]);
    expect(fills).toBeGreaterThan(20);
    const restated = (await replay(long)).flatMap((event) => (event.kind === 'split' ? [event.ratio] : []));
    expect(restated).toEqual([2, 0.5, 3, 4]);
  });
});

describe('crashes', () => {
  it('neither lose nor double an order, and nothing is sent after a halt', async () => {
    const short = { ...recorded, to: 34 };
    const [whole, stopped] = [await replay(short), await replay(short, { haltAt: halted })];
    expect(whole.filter(({ kind }) => kind === 'sent').length).toBeGreaterThan(20);
    for (let seed = 0; seed < 8; seed += 1) {
      const [expected, haltAt] = seed % 2 === 1 ? ([stopped, halted] as const) : ([whole, undefined] as const);
      const faults = await crashFaults(short, expected, seededRandom(seed), haltAt);
      expect({ seed, ...faults }).toEqual({ seed, lost: 0, doubled: 0, afterHalt: 0 });
    }
  });
});

describe('a halt', () => {
  it('cancels what is open, keeps what had traded by then, and sends nothing until it is released', async () => {
    const log = new MemoryLog();
    const events = await replay({ ...recorded, to: 34 }, { log, haltAt: halted });
    const own = ordersOf(new PaperBook(events), dayOf(32), 100);
    expect(own.map(({ state }) => state)).toEqual(own.map(() => 'cancelled'));
    expect(own.some(({ filled }) => filled > 0)).toBe(true);
    expect(sentAfterHalt(events)).toBe(0);
    expect(new PaperBook(events).decisions.slice(-1).map(({ why }) => why)).toEqual(['halted']);
    // The broker closes a day account all the same.
    expect(bookState('paper-1', new PaperBook(events)).positions).toEqual([]);
    await changeBook(log, (book) => releaseBook(book, 'looked into', author(0)));
    for (const step of [0, 1, 2, 3, 4]) await goTo(log, 34, step);
    expect(ordersOf(new PaperBook(log.events), dayOf(34), 100).length).toBeGreaterThan(0);
  });

  it.each(['day-margin', 'margin'] as const)(
    'comes as in a backtest when a session loses too much: %s',
    async (account) => {
      const own = { ...recorded, settings: { ...settings, account, maxSessionLoss: 1 } };
      const events = await replay(own);
      const book = new PaperBook(events);
      expect(book.halted?.reason).toMatch(/lost \d+ yen/);
      expect(book.decisions.at(-1)?.why).toBe('halted');
      expect(sentAfterHalt(events)).toBe(0);
      expect((await differingFills(own)).differing).toEqual([]);
    },
  );
});

it('decides nothing on old bars, and says so', async () => {
  const log = new MemoryLog();
  await log.append(0, startBook(settings, author(instantAt(32, 0) - 60_000)));
  const stale = (now: number): Feed => ({ read: () => recordedFeed(data, () => now).read(dayOf(30)) });
  expect((await goTo(log, 32, 0, stale)).waitingFor).toBe('the bars of the session before');
  expect(log.events).toHaveLength(1);
  expect((await goTo(log, 32, 1, stale)).book.decisions[0]?.why).toContain('missed');
});

it('refuses what cannot happen: a stop within a session, an order that is sent again', async () => {
  const by = author(0);
  const events = await replay({ ...recorded, to: 32 });
  const closed = events.findLastIndex(({ kind }) => kind === 'closed');
  expect(() => stopBook(new PaperBook(events.slice(0, closed)), by)).toThrow('not settled');
  const stopped = new PaperBook([...events, ...stopBook(new PaperBook(events), by)]);
  expect(stopped.isRunning).toBe(false);
  expect(() => haltBook(stopped, 'late', by)).toThrow('no paper book');
  const sent = events.find(({ kind }) => kind === 'sent')!;
  expect(() => new PaperBook([...events, { ...sent, key: 'again' }])).toThrow('cannot be sent');
});

describe('a position', () => {
  it('pays for every night, also before sessions that were missed', async () => {
    const log = await holding('margin', code, 31);
    const { why, nightCost } = (await goTo(log, 34, 1)).book.decisions.at(-1)!;
    const nights = data.panel.days[34]! - data.panel.days[31]!;
    expect(why).toContain('missed');
    expect(nightCost).toBeCloseTo((300_000 * usualCosts('margin').interest * nights) / 365, 6);
    const { book } = await goTo(log, 35, 0);
    const paid = book.decisions.reduce((sum, { nightCost: cost }) => sum + cost, 0);
    expect(bookState('paper-1', book).cash).toBeCloseTo(10_000_000 - 300_000 - paid, 6);
  });

  it('does not keep a book from being stopped when its symbol has no bars any more', async () => {
    const log = await holding('margin', 'gone', 31, false);
    await expect(goTo(log, 32, 0)).rejects.toMatchObject({ code: 'data.symbol-unknown' });
    const stopped = await changeBook(log, (book) => stopBook(book, author(instantAt(32, 0))));
    expect([stopped.isRunning, stopped.closes.at(-1)?.equity]).toEqual([false, 10_000_000]);
  });

  it('is restated once by a split that is known after its ex-day only', async () => {
    const log = await holding('margin', code, 31);
    await changeBook(log, (own) => haltBook(own, 'by hand', author(instantAt(32, 0))));
    await goTo(log, 32, 0);
    const late = (now: number) => recordedFeed({ ...data, splits: new Map([[32 * 6, 2]]) }, () => now);
    for (const step of [1, 2, 3, 4]) await goTo(log, 32, step, late);
    await goTo(log, 33, 0, late);
    const [own] = bookState('paper-1', new PaperBook(log.events)).positions.filter(({ symbol }) => symbol === code);
    expect(own).toMatchObject({ shares: 600, price: 500, mark: data.panel.close[32 * 6] });
  });

  it('of a day account is closed at the open, also during a halt', async () => {
    const log = await holding('day-margin', code, 31);
    await goTo(log, 32, 0);
    const book = await changeBook(log, (own) => haltBook(own, 'by hand', author(instantAt(32, 0) + 60_000)));
    const open = book.openOrders.map(({ key, state }) => [key, state]);
    expect(open).toEqual([[`${dayOf(32)}/broker/${code}/0`, 'accepted']]);
  });
});

it('fills nothing on bars of another exchange than it decided on, and can be stopped then', async () => {
  const log = new MemoryLog();
  await log.append(0, startBook(settings, author(instantAt(31, 0) - 86_400_000)));
  await goTo(log, 32, 0);
  const others = (now: number): Feed => ({
    read: async (session) => ({ ...(await recordedFeed(data, () => now).read(session)), synthetic: true }),
  });
  for (const step of [1, 2, 3, 4]) await goTo(log, 32, step, others);
  for (const step of [0, 1]) await goTo(log, 33, step, others);
  expect(log.events.map(({ kind }) => kind)).not.toContain('filled');
  const book = await changeBook(log, (own) => stopBook(own, author(instantAt(33, 1))));
  expect(book.halted?.reason).toContain('synthetic now');
  expect(book.orders.size).toBeGreaterThan(0);
  expect(new Set([...book.orders.values()].map(({ state }) => state))).toEqual(new Set(['expired']));
});

it('passes the sessions of a strategy that is gone, so that the book can be stopped', async () => {
  const log = new MemoryLog();
  const own = { name: 'own', parameters: [] };
  await log.append(
    0,
    startBook({ ...settings, strategy: 'own', parameters: {} }, author(instantAt(32, 0) - 60_000), own),
  );
  let now = instantAt(32, 0);
  const parts = { log, feed: recordedFeed(data, () => now), rule: () => Promise.reject(new Error('the file is gone')) };
  await expect(advance(parts, now)).rejects.toThrow('the file is gone');
  now = instantAt(33, 0) - 60_000;
  await advance(parts, now);
  expect(await changeBook(log, (book) => stopBook(book, author(now)))).toMatchObject({ isRunning: false });
});

it('knows nothing of later sessions where nothing traded in one', async () => {
  const without = { ...data.panel, days: data.panel.days.slice() };
  // The session is not on the panel, those after it are.
  without.days.set(data.panel.days.subarray(33, 60), 32);
  const { data: seen, t } = sessionView(
    { panel: without, intraday: undefined, forecasts: undefined, synthetic: false },
    dayOf(32),
    0,
  );
  expect([seen.panel.days[t], seen.panel.days[t - 1]]).toEqual([data.panel.days[32], data.panel.days[31]]);
});

/** A book that bought 300 shares of a symbol at 1,000 yen in a session, which is settled or not. */
async function holding(account: PaperSettings['account'], symbol: string, t: number, isSettled = true) {
  const log = new MemoryLog();
  const [session, by] = [dayOf(t), 'somebody'];
  const at = `${session}T00:00:00.000Z`;
  const head = { session, order: null, at, by } as const;
  const fill = { symbol, side: 'buy', shares: 300, price: 1_000, why: 'entry', cost: 0 } as const;
  await log.append(0, [
    ...startBook({ ...settings, account }, { by, at: `${dayOf(t - 1)}T00:00:00.000Z` }),
    { ...head, key: `${session} pre-open`, kind: 'decided', orders: 0, why: null, refused: {}, nightCost: 0 },
    { ...head, key: `${session} filled`, kind: 'filled', ...fill },
  ]);
  if (!isSettled) return log;
  const marks = { [symbol]: 1_000 };
  await log.append(3, [{ ...head, key: `${session} close`, kind: 'closed', equity: settings.cash, marks }]);
  return log;
}

function checked(strategy: PaperSettings['strategy'], parameters: Readonly<Record<string, number>>) {
  const [started] = startBook({ ...settings, strategy, parameters }, { by: 'somebody', at: '' });
  return started!.kind === 'started' ? started!.parameters : {};
}
