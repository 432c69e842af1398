import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, instantOf, type TradeDate } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { usualCosts } from '../costs/costs.ts';
import { noiseDays } from '../testing/noise-data.ts';
import { crashFaults, differingFills, MemoryLog, recordedFeed, replay, sentAfterHalt } from '../testing/replay.ts';
import { changeBook, haltBook, releaseBook, startBook, stopBook } from './book-changes.ts';
import { bookState, ordersOf } from './book-state.ts';
import { PaperBook } from './paper-book.ts';
import { advance, stepsOf } from './paper-session.ts';
import { sessionView } from './session-data.ts';

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
};
const data = { ...noiseDays({ symbols: 6, sessions: 60, seed: 4 }), lots: [100, 10, 1, 100, 100, 100] };
const [from, to] = [30, 38];
const recorded = { data, settings, from, to };
const code = data.panel.symbols[0]!.symbol;
const dayOf = (t: number) => dateOfDayNumber(data.panel.days[t]!);
const halted = instantOf(dayOf(32), '09:22');

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

describe('crashes', () => {
  it('neither lose nor double an order, and nothing is sent after a halt', async () => {
    const short = { ...recorded, to: 34 };
    const [whole, stopped] = [await replay(short), await replay(short, { haltAt: halted })];
    expect(whole.filter(({ kind }) => kind === 'sent').length).toBeGreaterThan(20);
    for (let seed = 0; seed < 8; seed += 1) {
      const isHalted = seed % 2 === 1;
      const faults = await crashFaults(
        short,
        isHalted ? stopped : whole,
        seededRandom(seed),
        isHalted ? halted : undefined,
      );
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
    const author = { by: 'somebody', at: '2026-11-24T00:00:00.000Z' };
    await changeBook(log, (book) => releaseBook(book, 'looked into', author));
    await stepsThrough(log, 34);
    expect(ordersOf(new PaperBook(log.events), dayOf(34), 100).length).toBeGreaterThan(0);
  });

  it('comes by itself when a session loses too much', async () => {
    const events = await replay({ ...recorded, settings: { ...settings, maxSessionLoss: 1 } });
    const book = new PaperBook(events);
    expect(book.halted?.reason).toMatch(/lost \d+ yen/);
    expect(sentAfterHalt(events)).toBe(0);
  });
});

it('decides nothing on old bars, and says so', async () => {
  const log = new MemoryLog();
  let now = stepsOf(dayOf(32))[0]!.at - 60_000;
  await log.append(0, startBook(undefined, settings, { by: 'somebody', at: new Date(now).toISOString() }));
  now += 60_000;
  const stale = { ...recordedFeed(data, () => now), read: () => recordedFeed(data, () => now).read(dayOf(30)) };
  const waiting = await advance({ log, feed: stale }, now);
  expect(waiting.waitingFor).toBe('the bars of the session before');
  expect(log.events).toHaveLength(1);
  now = stepsOf(dayOf(32))[1]!.at;
  const missed = await advance({ log, feed: stale }, now);
  expect(missed.book.decisions[0]?.why).toContain('missed');
});

it('is not stopped while a session is not settled, and not started twice', async () => {
  const author = { by: 'somebody', at: '2026-11-24T00:00:00.000Z' };
  const events = await replay({ ...recorded, to: 32 });
  const before = events.slice(
    0,
    events.findLastIndex(({ kind }) => kind === 'closed'),
  );
  expect(() => stopBook(new PaperBook(before), author)).toThrow('not settled');
  expect(() => startBook(new PaperBook(events), settings, author)).toThrow('is running');
  const stopped = new PaperBook([...events, ...stopBook(new PaperBook(events), author)]);
  expect(stopped.isRunning).toBe(false);
  expect(() => haltBook(stopped, 'late', author)).toThrow('no paper book');
});

it('refuses what cannot happen to an order', async () => {
  const events = await replay({ ...recorded, to: 31 });
  const sent = events.find(({ kind }) => kind === 'sent')!;
  const again: PaperEvent = { ...sent, key: 'again' };
  expect(() => new PaperBook([...events, again])).toThrow('cannot be sent');
});

describe('what is held', () => {
  const interest = (shares: number, price: number, nights: number) =>
    (shares * price * usualCosts.interest * nights) / 365;

  it('pays for every night, also before sessions that were missed', async () => {
    const log = await holding('margin', code, 31);
    let now = stepsOf(dayOf(34))[1]!.at;
    const { book } = await advance({ log, feed: recordedFeed(data, () => now) }, now);
    const { why, nightCost } = book.decisions.at(-1)!;
    const nights = data.panel.days[34]! - data.panel.days[31]!;
    expect([why, nightCost]).toEqual([expect.stringContaining('missed'), expect.closeTo(interest(300, 1_000, nights))]);
    now = stepsOf(dayOf(35))[0]!.at;
    const after = await advance({ log, feed: recordedFeed(data, () => now) }, now);
    const { cash } = bookState('paper-1', after.book);
    const paid = after.book.decisions.reduce((sum, { nightCost: cost }) => sum + cost, 0);
    expect(cash).toBeCloseTo(10_000_000 - 300_000 - paid, 6);
  });

  it('does not keep a book from being stopped when its symbol has no bars any more', async () => {
    const log = await holding('margin', 'gone', 31, false);
    const now = stepsOf(dayOf(32))[0]!.at;
    const advanced = advance({ log, feed: recordedFeed(data, () => now) }, now);
    await expect(advanced).rejects.toMatchObject({ code: 'data.symbol-unknown' });
    const stopped = await changeBook(log, (book) =>
      stopBook(book, { by: 'somebody', at: new Date(now).toISOString() }),
    );
    expect([stopped.isRunning, stopped.closes.at(-1)?.equity]).toEqual([false, 10_000_000]);
  });

  it('of the broker is closed at the open, whoever halts', async () => {
    const log = await holding('day-margin', code, 31);
    const now = stepsOf(dayOf(32))[0]!.at;
    await advance({ log, feed: recordedFeed(data, () => now) }, now);
    const author = { by: 'somebody', at: new Date(now + 60_000).toISOString() };
    const book = await changeBook(log, (own) => haltBook(own, 'by hand', author));
    expect(book.openOrders.map(({ key, state }) => [key, state])).toEqual([
      [`${dayOf(32)}/broker/${code}/0`, 'accepted'],
    ]);
  });
});

it('fills nothing on bars of another exchange than it decided on, and can be stopped then', async () => {
  const log = new MemoryLog();
  await log.append(0, startBook(undefined, settings, { by: 'somebody', at: `${dayOf(31)}T00:00:00.000Z` }));
  let now = stepsOf(dayOf(32))[0]!.at;
  const feed = recordedFeed(data, () => now);
  await advance({ log, feed }, now);
  const others = { read: async (session: TradeDate) => ({ ...(await feed.read(session)), synthetic: true }) };
  for (const step of [...stepsOf(dayOf(32)).slice(1), stepsOf(dayOf(33))[0]!, stepsOf(dayOf(33))[1]!]) {
    now = step.at;
    await advance({ log, feed: others }, now);
  }
  expect(log.events.map(({ kind }) => kind)).not.toContain('filled');
  const book = await changeBook(log, (own) => stopBook(own, { by: 'somebody', at: new Date(now).toISOString() }));
  expect(book.halted?.reason).toContain('synthetic now');
  expect(book.orders.size).toBeGreaterThan(0);
  expect([...book.orders.values()].map(({ state }) => state)).toEqual([...book.orders].map(() => 'expired'));
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
    ...startBook(undefined, { ...settings, account }, { by, at: `${dayOf(t - 1)}T00:00:00.000Z` }),
    { ...head, key: `${session} pre-open`, kind: 'decided', orders: 0, why: null, refused: {}, nightCost: 0 },
    { ...head, key: `${session} filled`, kind: 'filled', ...fill },
  ]);
  if (!isSettled) return log;
  const marks = { [symbol]: 1_000 };
  await log.append(3, [{ ...head, key: `${session} close`, kind: 'closed', equity: settings.cash, marks }]);
  return log;
}

function checked(strategy: PaperSettings['strategy'], parameters: Readonly<Record<string, number>>) {
  const [started] = startBook(undefined, { ...settings, strategy, parameters }, { by: 'somebody', at: '' });
  return started!.kind === 'started' ? started!.parameters : {};
}

async function stepsThrough(log: MemoryLog, t: number): Promise<void> {
  let now = 0;
  const feed = recordedFeed(data, () => now);
  for (const step of stepsOf(dayOf(t))) {
    now = step.at;
    await advance({ log, feed }, now);
  }
}
