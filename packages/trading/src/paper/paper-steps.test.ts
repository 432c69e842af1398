import type { PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, parseTradeDate, sessionOpen } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Order } from '../rules/order.ts';
import { noiseDays } from '../testing/noise-data.ts';
import { MemoryLog, recordedFeed } from '../testing/replay.ts';
import type { PaperRule } from './account-of-book.ts';
import { changeBook, haltBook, startBook } from './book-changes.ts';
import { freeBook } from './free-book.fixture.ts';
import { advance, stepsOf } from './paper-session.ts';
import type { Feed, KnownSession } from './session-data.ts';

const data = noiseDays({ symbols: 2, sessions: 40, seed: 4 });
const session = dateOfDayNumber(data.panel.days[30]!);
const next = dateOfDayNumber(data.panel.days[31]!);
const [first, second] = data.panel.symbols.map(({ symbol }) => String(symbol));
const opened = sessionOpen(session);
const minute = 60_000;
const iso = (now: number) => new Date(now).toISOString();
const [preOpen, open, lunch, preClose, close] = stepsOf(session).map(({ at }) => at) as [
  number,
  number,
  number,
  number,
  number,
];

const settings = freeBook;
const buy = { side: 'buy', shares: 100, type: 'market', time: 'open', closes: true } as const;
const orders: readonly Order[] = [
  { ...buy, symbol: 0 },
  { ...buy, symbol: 1, type: 'limit', price: 100, stopLoss: 90, takeProfit: 110, closes: undefined },
  { ...buy, symbol: 0, shares: 200 },
];

/** A rule that sends orders, and counts how often it is asked. */
function ruleOf(sent: readonly Order[] = orders, needsForecasts = false): PaperRule & { asked: number } {
  const rule = {
    needsForecasts,
    asked: 0,
    decide: async () => {
      rule.asked += 1;
      return { forced: [], orders: sent, refused: { lot: 2 }, nightCost: 0 };
    },
  };
  return rule;
}

function bookSince(startedAt: number, change: Partial<PaperSettings> = {}): MemoryLog {
  const log = new MemoryLog();
  log.events.push(...startBook({ ...settings, ...change }, { by: 'kei', at: iso(startedAt) }));
  return log;
}

/** Advances a book at an instant. */
async function at(log: MemoryLog, now: number, rule: PaperRule = ruleOf(), change: Partial<KnownSession> = {}) {
  const recorded = recordedFeed(data, () => now);
  const feed: Feed = { read: async (date) => ({ ...(await recorded.read(date)), ...change }) };
  const { book, ...rest } = await advance({ log, feed, rule: async () => rule }, now);
  return { ...rest, kinds: book.events.slice(1).map(({ kind }) => kind) };
}

it.each([
  ['2011-06-01', '08:45', '09:10', '11:05', '14:50', '15:15'],
  ['2023-06-01', '08:45', '09:10', '11:35', '14:50', '15:15'],
  ['2025-06-02', '08:45', '09:10', '11:35', '15:20', '15:45'],
])('has the steps of %s at %s, %s, %s, %s and %s in Japan', (date, ...expected) => {
  const steps = stepsOf(parseTradeDate(date));
  expect(steps.map(({ step }) => step)).toEqual(['pre-open', 'open', 'lunch', 'pre-close', 'close']);
  const clock = (now: number) => new Date(now + 9 * 60 * minute).toISOString();
  expect(steps.map((step) => clock(step.at))).toEqual(expected.map((time) => `${date}T${time}:00.000Z`));
});

describe('the decision of a session', () => {
  const all = ['decided', 'intended', 'intended', 'intended', 'sent', 'sent', 'sent', ...Array(3).fill('accepted')];

  it('is made and sent once, from 15 minutes before the open on', async () => {
    const [log, rule] = [bookSince(preOpen - 60 * minute), ruleOf()];
    expect(await at(log, preOpen - 1, rule)).toEqual({
      session: undefined,
      done: [],
      waitingFor: undefined,
      kinds: [],
    });
    const done = [`${session} pre-open`];
    expect(await at(log, preOpen, rule)).toEqual({ session, done, waitingFor: undefined, kinds: all });
    expect(await at(log, preOpen + minute, rule)).toEqual({ session, done: [], waitingFor: undefined, kinds: all });
    expect(rule.asked).toBe(1);
  });

  it('has an event for the decision and each order, whose keys are never the same', async () => {
    const log = bookSince(preOpen - minute);
    await at(log, preOpen);
    const head = { session, at: iso(preOpen), by: 'paper-session' };
    expect(log.events[1]).toEqual({
      ...head,
      key: `${session} pre-open`,
      order: null,
      kind: 'decided',
      orders: 3,
      why: null,
      refused: { lot: 2 },
      nightCost: 0,
    });
    const asked = { ...buy, price: null, stopLoss: null, takeProfit: null };
    const intended = (order: string, change: object) => {
      return { ...head, key: `${order} intended`, order, kind: 'intended', ...asked, ...change };
    };
    const keys = [
      `${session}/pre-open/${first}/0`,
      `${session}/pre-open/${second}/0`,
      `${session}/pre-open/${first}/1`,
    ];
    expect(log.events.slice(2, 5)).toEqual([
      intended(keys[0]!, { symbol: first }),
      intended(keys[1]!, {
        symbol: second,
        type: 'limit',
        price: 100,
        stopLoss: 90,
        takeProfit: 110,
        closes: false,
      }),
      intended(keys[2]!, { symbol: first, shares: 200 }),
    ]);
    expect(log.events.slice(5)).toEqual([
      ...keys.map((order) => ({ ...head, key: `${order} sent`, order, kind: 'sent' })),
      ...keys.map((order) => ({ ...head, key: `${order} accepted`, order, kind: 'accepted' })),
    ]);
  });

  it.each([
    ['a millisecond before the open', opened - 1, ['decided']],
    ['at the open', opened, []],
    ['after it', opened + 1, []],
  ])('is none of the session in which the book was started: %s', async (_, startedAt, kinds) => {
    const log = bookSince(startedAt);
    expect((await at(log, open)).kinds.slice(0, 1)).toEqual(kinds);
  });

  it.each([
    [opened - 1, null, 3],
    [opened, 'missed: nothing was decided before the open', 0],
    [open, 'missed: nothing was decided before the open', 0],
  ])('at %i is why %s, with %i orders', async (now, why, count) => {
    const [log, rule] = [bookSince(preOpen - minute), ruleOf()];
    await at(log, now, rule);
    expect(log.events[1]).toMatchObject({ kind: 'decided', why, orders: count, refused: count > 0 ? { lot: 2 } : {} });
    expect(log.events.filter(({ kind }) => kind === 'intended')).toHaveLength(count);
    expect(rule.asked).toBe(count > 0 ? 1 : 0);
  });

  it('is that nothing is sent during a halt, without the strategy', async () => {
    const [log, rule] = [bookSince(preOpen - 60 * minute), ruleOf()];
    await changeBook(log, (book) => haltBook(book, 'by hand', { by: 'kei', at: iso(preOpen - 1) }));
    expect((await at(log, preOpen, rule)).kinds).toEqual(['halted', 'decided']);
    expect(log.events.at(-1)).toMatchObject({ orders: 0, why: 'halted', refused: {} });
    expect(rule.asked).toBe(0);
  });

  it('waits for forecasts where the strategy needs them, of any symbol', async () => {
    const column = (...values: readonly number[]) => Float64Array.from(values);
    const forecastsOf = (...lower: readonly number[]) => ({
      centre: column(2, 2),
      lower: column(...lower),
      upper: column(3, 3),
    });
    const waiting = { session, done: [], waitingFor: 'forecasts of the session', kinds: [] };
    for (const forecasts of [undefined, forecastsOf(NaN, NaN), forecastsOf(0, NaN)]) {
      expect(await at(bookSince(preOpen - minute), preOpen, ruleOf([], true), { forecasts })).toEqual(waiting);
      const without = await at(bookSince(preOpen - minute), preOpen, ruleOf([], false), { forecasts });
      expect(without.kinds).toEqual(['decided']);
    }
    const forecasts = forecastsOf(NaN, 1);
    expect((await at(bookSince(preOpen - minute), preOpen, ruleOf([], true), { forecasts })).kinds).toEqual([
      'decided',
    ]);
  });

  it('is a halt where the bars are those of another exchange', async () => {
    const [log, fake] = [bookSince(preOpen - minute), bookSince(preOpen - minute, { synthetic: true })];
    const waitingFor = 'the bars in use are synthetic now: stop, and start a new book';
    const halted = { session, done: [], waitingFor, kinds: ['halted'] };
    expect(await at(log, preOpen, ruleOf(), { synthetic: true })).toEqual(halted);
    expect(log.events[1]).toMatchObject({ reason: waitingFor, at: iso(preOpen), by: 'paper-session' });
    expect((await at(fake, preOpen)).waitingFor).toContain('are real now');
    expect((await at(bookSince(preOpen, { synthetic: true }), preOpen, ruleOf([]), { synthetic: true })).kinds).toEqual(
      ['decided'],
    );
  });
});

describe('an intended order', () => {
  /** A book whose first orders were written down, and not sent. */
  async function decidedBook() {
    const log = bookSince(preOpen - minute);
    await at(log, preOpen, ruleOf(orders.slice(0, 1)));
    log.events.splice(3);
    return log;
  }

  it.each([
    ['sent and accepted until the open', opened - 1, ['sent', 'accepted']],
    ['expired from the open on', opened, ['expired']],
  ])('is %s', async (_, now, kinds) => {
    const log = await decidedBook();
    expect((await at(log, now)).kinds.slice(2, 2 + kinds.length)).toEqual(kinds);
    const order = `${session}/pre-open/${first}/0`;
    expect(log.events[3]).toEqual({
      key: `${order} ${kinds[0]}`,
      session,
      order,
      at: iso(now),
      by: 'paper-session',
      kind: kinds[0],
      ...(kinds[0] === 'expired' ? { reason: 'not sent before the open' } : {}),
    });
  });

  it.each([
    [opened - 1, 'accepted'],
    [opened, 'refused'],
  ])('that was sent at %i is %s, whenever it is answered', async (sentAt, kind) => {
    const log = await decidedBook();
    const order = `${session}/pre-open/${first}/0`;
    const sent = { session, order, at: iso(sentAt), by: 'paper-session', kind: 'sent' } as const;
    log.events.push({ ...sent, key: `${order} sent` });
    expect((await at(log, lunch)).kinds[3]).toBe(kind);
    if (kind === 'refused') expect(log.events[4]).toMatchObject({ reason: 'sent after the open', order });
  });

  it('is cancelled during a halt', async () => {
    const log = await decidedBook();
    const halt = { key: 'halted 1', session: null, order: null, at: iso(preOpen), by: 'kei' } as const;
    log.events.push({ ...halt, kind: 'halted', reason: 'by hand' });
    expect((await at(log, preOpen + 1)).kinds.slice(3)).toEqual(['cancelled']);
    expect(log.events.at(-1)).toMatchObject({ reason: 'halted: by hand' });
  });
});

describe('a decided session', () => {
  it('is valued at each step once, and settled at the last', async () => {
    const log = bookSince(preOpen - minute);
    const found: unknown[] = [];
    for (const now of [preOpen, open - 1, open, open + 1, lunch - 1, lunch, preClose - 1, preClose, close - 1, close]) {
      const before = log.events.length;
      const { done, session: of } = await at(log, now, ruleOf(orders.slice(0, 1)));
      expect(of).toBe(session);
      found.push([...done, ...log.events.slice(before).map(({ kind }) => kind)].join(', '));
    }
    expect(found).toEqual([
      `${session} pre-open, decided, intended, sent, accepted`,
      '',
      `${session} open, valued`,
      '',
      '',
      `${session} lunch, valued`,
      '',
      `${session} pre-close, valued`,
      '',
      `${session} close, filled, filled, closed`,
    ]);
    expect(log.events.find(({ kind }) => kind === 'valued')).toMatchObject({
      key: `${session} open`,
      session,
      order: null,
      at: iso(open),
      step: 'open',
      filled: 1,
    });
  });

  it('is settled before the next one is decided, where its own steps were missed', async () => {
    const log = bookSince(preOpen - minute);
    await at(log, preOpen, ruleOf([]));
    const [nextPreOpen] = stepsOf(next).map((step) => step.at);
    const morning = await at(log, nextPreOpen!, ruleOf([]));
    expect(morning).toEqual({
      session: next,
      done: [`${session} close`, `${next} pre-open`],
      waitingFor: undefined,
      kinds: ['decided', 'closed', 'decided'],
    });
  });

  it('waits for its bars, until a step of a new session is due', async () => {
    const log = bookSince(preOpen - minute);
    await at(log, preOpen, ruleOf([]));
    const { panel } = await recordedFeed(data, () => preOpen).read(session);
    const [nextPreOpen] = stepsOf(next).map((step) => step.at) as [number];
    const answers = [];
    for (const now of [close, nextPreOpen - 1, nextPreOpen]) {
      const { session: of, done, waitingFor } = await at(log, now, ruleOf([]), { panel });
      answers.push([of, done, waitingFor]);
    }
    expect(answers).toEqual([
      [session, [], `the bars of ${session}`],
      [session, [], `the bars of ${session}`],
      [next, [`${session} close`], 'the bars of the session before'],
    ]);
  });

  it('is not valued on bars of another exchange', async () => {
    const log = bookSince(preOpen - minute);
    await at(log, preOpen, ruleOf([]));
    expect((await at(log, lunch, ruleOf([]), { synthetic: true })).kinds).toEqual(['decided']);
  });

  it('of a book that does not run has nothing to do', async () => {
    const nothing = { session: undefined, done: [], waitingFor: undefined, kinds: [] };
    expect(await at(new MemoryLog(), close)).toEqual(nothing);
  });
});
