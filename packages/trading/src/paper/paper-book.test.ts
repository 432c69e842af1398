import type { PaperEvent, PaperOrderState, PaperSettings } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { MemoryLog } from '../testing/replay.ts';
import { changeBook, haltBook, type PaperLog, releaseBook, startBook, stopBook } from './book-changes.ts';
import { PaperBook } from './paper-book.ts';

const session = parseTradeDate('2026-11-24');
const key = `${session}/pre-open/7203/0`;
const forced = `${session}/broker/7203/0`;
const at = (minute: number) => new Date(Date.parse('2026-11-24T03:00:00Z') + minute * 60_000).toISOString();
const author = { by: 'kei', at: at(0) };
const settings = { strategy: 'always-long', parameters: { most: 7 }, cash: 1_000_000 } as never as PaperSettings;

let serial = 0;
function event(kind: PaperEvent['kind'], change: object = {}): PaperEvent {
  serial += 1;
  return { key: `${serial}`, session, order: key, by: 'kei', at: at(serial), kind, ...change } as PaperEvent;
}
const asked = {
  symbol: '7203',
  side: 'buy',
  shares: 300,
  type: 'limit',
  time: 'day',
  price: 990,
  stopLoss: 900,
  takeProfit: 1_100,
  closes: true,
};
const intended = (order = key) => event('intended', { order, ...asked });
const fill = (shares: number, price: number, change: object = {}) =>
  event('filled', { symbol: '7203', side: 'buy', shares, price, why: 'entry', cost: 0, ...change });

/** Events by which an order comes to each state. */
const paths: Readonly<Record<PaperOrderState, readonly PaperEvent['kind'][]>> = {
  intended: [],
  sent: ['sent'],
  accepted: ['sent', 'accepted'],
  filled: ['sent', 'accepted', 'filled'],
  cancelled: ['sent', 'accepted', 'cancelled'],
  refused: ['sent', 'refused'],
  expired: ['sent', 'accepted', 'expired'],
};
const after = (...kinds: readonly PaperEvent['kind'][]) => [
  intended(),
  ...kinds.map((kind) => (kind === 'filled' ? fill(300, 980) : event(kind, { reason: 'why' }))),
];

describe('an order of a book', () => {
  const kinds = ['sent', 'accepted', 'filled', 'cancelled', 'refused', 'expired'] as const;

  it.each([
    ['intended', ['sent', 'cancelled', 'expired']],
    ['sent', ['accepted', 'cancelled', 'refused']],
    ['accepted', ['filled', 'cancelled', 'expired']],
    ['filled', ['filled']],
    ['cancelled', ['filled']],
    ['refused', []],
    ['expired', []],
  ] as const)('that is %s can be %o, and nothing else', (state, possible) => {
    expect([...new PaperBook(after(...paths[state])).orders.values()].map((order) => order.state)).toEqual([state]);
    const allowed = kinds.filter((kind) => {
      try {
        return new PaperBook(after(...paths[state], kind)).orders.size === 1;
      } catch (error) {
        const message = `paper order ${key} is ${state} and cannot be ${kind}`;
        expect(error).toMatchObject({ code: 'internal.bug', message, details: { order: key, state, kind } });
        return false;
      }
    });
    expect(allowed).toEqual(possible);
  });

  it('has what was asked for, when it changed, and why', () => {
    const events = [intended(), event('sent'), event('cancelled', { reason: 'halted: by hand' })];
    const [, sent, cancelled] = events.map((one) => one.at) as [string, string, string];
    const start = { key, session, ...asked, filled: 0, filledAt: null, isForced: false };
    expect(new PaperBook(events.slice(0, 1)).orders.get(key)).toEqual({
      ...start,
      state: 'intended',
      reason: null,
      at: events[0]!.at,
      sentAt: NaN,
      cancelledAt: NaN,
    });
    expect(new PaperBook(events).orders.get(key)).toEqual({
      ...start,
      state: 'cancelled',
      reason: 'halted: by hand',
      at: cancelled,
      sentAt: Date.parse(sent),
      cancelledAt: Date.parse(cancelled),
    });
  });

  it('has the mean price of what it bought, and is filled by the last share', () => {
    const start = after('sent', 'accepted');
    const fills = [fill(100, 1_000), fill(50, 1_030), fill(149, 1_010), fill(1, 1_610)];
    const states = fills.map((_, i) => {
      const { filled, filledAt, state } = new PaperBook([...start, ...fills.slice(0, i + 1)]).orders.get(key)!;
      return [filled, filledAt, state];
    });
    expect(states).toEqual([
      [100, 1_000, 'accepted'],
      [150, 1_010, 'accepted'],
      [299, expect.closeTo(1_010, 9), 'accepted'],
      [300, expect.closeTo(1_012, 9), 'filled'],
    ]);
  });

  it('is not filled by what closed its position, and stays cancelled with what it had bought', () => {
    const exit = fill(300, 1_100, { side: 'sell', why: 'take-profit' });
    const order = new PaperBook([...after('sent', 'accepted'), exit]).orders.get(key)!;
    expect([order.filled, order.filledAt, order.state, order.at]).toEqual([0, null, 'accepted', exit.at]);
    const stopped = new PaperBook([...after('sent', 'accepted', 'cancelled'), fill(300, 990)]).orders.get(key)!;
    expect([stopped.filled, stopped.filledAt, stopped.state]).toEqual([300, 990, 'cancelled']);
  });

  it('that is unknown changes nothing', () => {
    const book = new PaperBook([event('sent'), fill(100, 1, { order: null }), event('expired', { order: 'other' })]);
    expect(book.orders.size).toBe(0);
  });
});

describe('a book', () => {
  const decided = (of: unknown) => event('decided', { session: of, order: null });
  const closed = (of: unknown) => event('closed', { session: of, order: null, equity: 1, marks: {} });
  const next = '2026-11-25';

  it('has a session that is not settled from its decision to its close', () => {
    const events = [decided(session), closed(session), decided(next), closed(next)];
    const states = [0, 1, 2, 3, 4].map((count) => new PaperBook(events.slice(0, count)).unsettled);
    expect(states).toEqual([undefined, session, undefined, next, undefined]);
  });

  it('runs from its start to its stop', () => {
    const [started] = startBook(settings, author);
    const states = [[], [started!], [started!, event('stopped')]].map((events) => new PaperBook(events));
    expect(states.map(({ isRunning }) => isRunning)).toEqual([false, true, false]);
    expect([states[0]!.settings, states[1]!.settings]).toEqual([undefined, started]);
    expect([states[1]!.has('started'), states[1]!.has('stopped')]).toEqual([true, false]);
  });

  it('keeps its first halt until it is released, and its newest valuation until the close', () => {
    const halts = [event('halted', { reason: 'a' }), event('halted', { reason: 'b' }), event('released')];
    expect([1, 2, 3].map((count) => new PaperBook(halts.slice(0, count)).halted?.reason)).toEqual([
      'a',
      'a',
      undefined,
    ]);
    const values = [event('valued', { equity: 1 }), event('valued', { equity: 2 }), closed(session)];
    expect([1, 2, 3].map((count) => new PaperBook(values.slice(0, count)).valued?.equity)).toEqual([1, 2, undefined]);
  });

  it('has the orders of each session, and those that are open', () => {
    const other = event('intended', { ...asked, order: 'b', session: next });
    const book = new PaperBook([...after('sent', 'accepted'), other, event('expired', { order: 'b' }), intended('c')]);
    expect(book.ordersOf(session).map((order) => order.key)).toEqual([key, 'c']);
    expect(book.ordersOf(next).map((order) => order.key)).toEqual(['b']);
    expect(book.openOrders.map((order) => order.key)).toEqual([key, 'c']);
    const states = Object.keys(paths) as PaperOrderState[];
    const open = states.filter((state) => new PaperBook(after(...paths[state])).openOrders.length === 1);
    expect(open).toEqual(['intended', 'sent', 'accepted']);
  });
});

describe('a change of a book', () => {
  it('starts it with all parameters of its strategy, which are checked', () => {
    expect(startBook(settings, author)).toEqual([
      {
        key: 'started',
        session: null,
        order: null,
        ...author,
        kind: 'started',
        ...settings,
        parameters: { most: 7, invested: 0.9 },
      },
    ]);
    expect(() => startBook({ ...settings, parameters: { most: 0 } }, author)).toThrow('--set most');
  });

  const started = startBook(settings, author)[0]!;

  it('halts it once, and cancels its own open orders', () => {
    const broker = event('intended', { ...asked, order: forced });
    const book = new PaperBook([started, ...after('sent', 'accepted'), broker]);
    expect(book.orders.get(forced)?.isForced).toBe(true);
    const halted = haltBook(book, 'by hand', author);
    expect(halted).toEqual([
      { key: 'halted 1', session: null, order: null, ...author, kind: 'halted', reason: 'by hand' },
      { key: `${key} cancelled`, session, order: key, ...author, kind: 'cancelled', reason: 'halted: by hand' },
    ]);
    const after1 = new PaperBook([...book.events, ...halted]);
    expect(haltBook(after1, 'again', author)).toEqual([]);
    const released = releaseBook(after1, 'looked into', author);
    expect(released).toEqual([
      { key: 'released 1', session: null, order: null, ...author, kind: 'released', reason: 'looked into' },
    ]);
    const after2 = new PaperBook([...after1.events, ...released]);
    expect(releaseBook(after2, 'again', author)).toEqual([]);
    expect(haltBook(after2, 'again', author)).toMatchObject([{ key: 'halted 2', kind: 'halted' }]);
  });

  it('stops it when its session is settled', () => {
    const decided = event('decided', { order: null });
    expect(stopBook(new PaperBook([started]), author)).toEqual([
      { key: 'stopped', session: null, order: null, ...author, kind: 'stopped' },
    ]);
    expect(() => stopBook(new PaperBook([started, decided]), author)).toThrow(
      expect.objectContaining({
        code: 'trading.paper-unsettled',
        message: `the session of ${session} is not settled yet`,
        details: { session },
      }),
    );
  });

  it('is refused of a book that does not run', () => {
    for (const book of [undefined, new PaperBook([]), new PaperBook([started, event('stopped')])]) {
      const refusal = expect.objectContaining({ code: 'trading.no-paper' });
      expect(() => stopBook(book, author)).toThrow(refusal);
      expect(() => haltBook(book, 'why', author)).toThrow(refusal);
      expect(() => releaseBook(book, 'why', author)).toThrow(refusal);
    }
  });

  it('is written at once, and is made again where another writer was first', async () => {
    const log = new MemoryLog();
    const seen: number[] = [];
    const book = await changeBook(log, async ({ events, isRunning }) => {
      seen.push(events.length);
      if (seen.length === 1) await log.append(0, [started]);
      return isRunning ? [event('decided', { order: null })] : [{ ...started, key: 'lost' }];
    });
    expect(seen).toEqual([0, 1]);
    expect(log.events.map(({ kind }) => kind)).toEqual(['started', 'decided']);
    expect(book.events).toEqual(log.events);
    expect((await changeBook(log, () => [])).events).toEqual(log.events);
  });

  it('that is impossible does not reach the log', async () => {
    const log = new MemoryLog();
    await expect(changeBook(log, () => [intended(), event('accepted')])).rejects.toThrow('cannot be accepted');
    expect(log.events).toEqual([]);
  });

  it.each([
    [49, 'works'],
    [50, 'the paper book changed during each of 50 attempts to write to it'],
  ])('after %i lost races: %s', async (lost, outcome) => {
    let races = 0;
    const busy: PaperLog = {
      read: async () => [],
      append: async () => {
        races += 1;
        return races > lost;
      },
    };
    const result = changeBook(busy, () => [started]).then(
      ({ isRunning }) => (isRunning ? 'works' : 'does not run'),
      (error: Error) => error.message,
    );
    expect([await result, races]).toEqual([outcome, 50]);
  });
});
