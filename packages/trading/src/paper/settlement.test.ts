import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, sessionOpen } from '@daytrade/market';
import type { IntradayColumns } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { noiseData } from '../testing/noise-data.ts';
import { accountOf, hasOtherBars, restateBySplits } from './account-of-book.ts';
import { freeBook } from './free-book.fixture.ts';
import { PaperBook } from './paper-book.ts';
import type { KnownSession } from './session-data.ts';
import { settlementEvents, valueSession } from './settlement.ts';

const [symbols, sessions, t] = [2, 25, 23];
const { panel } = noiseData({ symbols, sessions, seed: 2 });
for (const name of ['open', 'high', 'low', 'close'] as const) panel[name].fill(1_000);
panel.volume.fill(1e6);
const [first, second] = [0, 1].map((place) => String(panel.symbols[place]!.symbol)) as [string, string];
const session = dateOfDayNumber(panel.days[t]!);
const before = dateOfDayNumber(panel.days[t - 1]!);
const opened = sessionOpen(session);
const evening = opened + 8 * 3_600_000;
const by = { at: new Date(opened - 60_000).toISOString(), by: 'kei' };
const job = { at: new Date(evening).toISOString(), by: 'paper-session' };

const settings: PaperSettings = { ...freeBook, cash: 1_000_000, maxSessionLoss: 20_000 };

type Asked = Partial<Omit<PaperEvent & { kind: 'intended' }, 'kind'>>;
const orderKey = (place: number, symbol = first) => `${session}/pre-open/${symbol}/${place}`;

/** Events of an accepted order of the session: by default 300 shares of the first symbol at the open. */
function accepted(place: number, change: Asked = {}): PaperEvent[] {
  const order = orderKey(place, change.symbol);
  const asked = { symbol: first, side: 'buy', shares: 300, type: 'market', time: 'open', price: null, stopLoss: null };
  const head = { session, order, ...by };
  return [
    { ...head, key: `${order} intended`, kind: 'intended', ...asked, takeProfit: null, closes: false, ...change },
    { ...head, key: `${order} sent`, kind: 'sent' },
    { ...head, key: `${order} accepted`, kind: 'accepted' },
  ] as PaperEvent[];
}

const started = { key: 'started', session: null, order: null, ...by, kind: 'started', ...settings } as const;
const decided = (of = session, nightCost = 0): PaperEvent => ({
  key: `${of} pre-open`,
  session: of,
  order: null,
  ...by,
  kind: 'decided',
  orders: 1,
  why: null,
  refused: {},
  nightCost,
});
const closedAt = (of: typeof session, equity: number, marks: Record<string, number> = {}): PaperEvent => ({
  key: `${of} close`,
  session: of,
  order: null,
  ...by,
  kind: 'closed',
  equity,
  marks,
});
const filled = (symbol: string, shares: number, price: number, of = before): PaperEvent => ({
  key: `${of} ${symbol} ${shares} filled`,
  session: of,
  order: null,
  ...by,
  kind: 'filled',
  symbol,
  side: shares > 0 ? 'buy' : 'sell',
  shares: Math.abs(shares),
  price,
  why: 'entry',
  cost: 0,
});
const bookOf = (...events: readonly (PaperEvent | readonly PaperEvent[])[]) =>
  new PaperBook([started, ...events.flat()]);

/** The session of flat prices; bars of symbols and other parts replace its own. */
function knownWith(
  bars: readonly (Partial<Record<'open' | 'high' | 'low' | 'close' | 'volume', number>> | undefined)[] = [],
  change: Partial<KnownSession> = {},
): KnownSession {
  const own = { ...panel };
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
    own[name] = panel[name].slice();
    for (const [symbol, bar] of bars.entries()) {
      const row = t * symbols + symbol;
      own[name][row] = bar === undefined ? NaN : (bar[name] ?? own[name][row]!);
    }
  }
  return { panel: own, intraday: undefined, forecasts: undefined, synthetic: false, ...change };
}

const settle = (book: PaperBook, known = knownWith(), isLast = false) =>
  settlementEvents(book, known, { session, now: evening, isLast });
const closed = (equity: number, marks: Record<string, number>) => ({
  key: `${session} close`,
  session,
  order: null,
  ...job,
  kind: 'closed',
  equity,
  marks,
});
const fillOf = (place: number, number: number, change: object) => ({
  key: `${orderKey(place)} filled ${number}`,
  session,
  order: orderKey(place),
  ...job,
  kind: 'filled',
  symbol: first,
  side: 'buy',
  why: 'entry',
  cost: 0,
  ...change,
});

const expired = (key: string, reason: string) => ({
  key: `${key} expired`,
  session,
  order: key,
  ...job,
  kind: 'expired',
  reason,
});

describe('a session that is settled', () => {
  it('has its fills, what expires of its orders, and its value at the close', () => {
    const limit = accepted(2, { type: 'limit', price: 900 });
    const book = bookOf(decided(), accepted(0, { closes: true, shares: 100 }), accepted(1), limit);
    expect(settle(book, knownWith([{ close: 1_010, high: 1_010 }]))).toEqual([
      fillOf(0, 0, { shares: 100, price: 1_000 }),
      fillOf(1, 0, { shares: 300, price: 1_000 }),
      fillOf(0, 1, { side: 'sell', shares: 100, price: 1_010, why: 'closing' }),
      expired(orderKey(2), 'not filled by the close'),
      closed(1_004_000, { [first]: 1_010 }),
    ]);
  });

  it('expires the rest of an order that found too few shares', () => {
    // One percent of the volume.
    expect(settle(bookOf(decided(), accepted(0, { shares: 10_100 }), accepted(1, { shares: 10_000 })))).toEqual([
      fillOf(0, 0, { shares: 10_000, price: 1_000 }),
      fillOf(1, 0, { shares: 10_000, price: 1_000 }),
      expired(orderKey(0), 'the rest found nobody by the close'),
      closed(1_000_000, { [first]: 1_000 }),
    ]);
    const few = settle(bookOf(decided(), accepted(0, { shares: 2 })), knownWith([{ volume: 100 }], { lots: [1, 1] }));
    expect(few?.map(({ kind }) => kind)).toEqual(['filled', 'expired', 'closed']);
  });

  it('does nothing to orders that were not accepted', () => {
    const sent = accepted(0).slice(0, 2);
    expect(settle(bookOf(decided(), sent))).toEqual([closed(1_000_000, {})]);
  });

  it('values positions of before at the close, or at what they were worth', () => {
    const held = [filled(first, 100, 900), filled(second, 200, 800), closedAt(before, 1_030_000, { [second]: 850 })];
    const book = bookOf(decided(before), held, decided());
    const worth = 1_000_000 - 90_000 - 160_000;
    expect(settle(book)).toEqual([closed(worth + 300_000, { [first]: 1_000, [second]: 1_000 })]);
    expect(settle(book, knownWith([{ close: 1, low: 1 }]))?.[0]).toEqual(
      closed(worth + 100 + 200_000, { [first]: 1, [second]: 1_000 }),
    );
    expect(settle(book, knownWith([{}, undefined]), true)).toEqual([
      closed(worth + 100_000 + 200 * 850, { [first]: 1_000, [second]: 850 }),
    ]);
  });

  it('waits for the bars of its orders and positions, and for any bar, unless a new session has begun', () => {
    const [ofFirst, ofSecond, ofNone] = [
      bookOf(decided(), accepted(0)),
      bookOf(decided(before), filled(second, 100, 1_000), closedAt(before, 1_000_000), decided()),
      bookOf(decided()),
    ];
    const [all, onlyFirst, none] = [
      [{}, {}],
      [{}, undefined],
      [undefined, undefined],
    ];
    const answers = [ofFirst, ofSecond, ofNone].map((book) =>
      [all, onlyFirst, none].map((bars) =>
        [false, true].map((isLast) => settle(book, knownWith(bars), isLast)?.length),
      ),
    );
    expect(answers).toEqual([
      [
        [2, 2],
        [2, 2],
        [undefined, 2],
      ],
      [
        [1, 1],
        [undefined, 1],
        [undefined, 1],
      ],
      [
        [1, 1],
        [1, 1],
        [undefined, 1],
      ],
    ]);
  });

  it('halts the book when it lost as much as it may, measured from the close before', () => {
    const lossOf = (close: number, equityBefore?: number) => {
      const earlier = equityBefore === undefined ? [] : [decided(before), closedAt(before, equityBefore)];
      const book = bookOf(earlier, decided(), accepted(0, { shares: 100 }));
      return settle(book, knownWith([{ close, low: close }]))?.slice(2);
    };
    const halted = (yen: number) => ({
      key: 'halted 1',
      session: null,
      order: null,
      ...job,
      kind: 'halted',
      reason: `a session lost ${yen} yen`,
    });
    expect([lossOf(800), lossOf(801), lossOf(799.6)]).toEqual([[halted(20_000)], [], [halted(20_040)]]);
    expect([lossOf(1_000, 1_020_000), lossOf(1_000, 1_019_999), lossOf(800, 980_000)]).toEqual([
      [halted(20_000)],
      [],
      [],
    ]);
  });

  it('has what the broker closed of a day account, without an order', () => {
    const day = { ...started, account: 'day-margin' } as const;
    const held = [filled(first, 100, 1_000), filled(second, -200, 1_000), closedAt(before, 1_000_000)];
    const events = settle(new PaperBook([day, decided(before), ...held, decided()]), knownWith([{ close: 1_010 }, {}]));
    const broker = { session, order: null, ...job, kind: 'filled', why: 'closing', cost: 0 };
    expect(events).toEqual([
      {
        ...broker,
        key: `${session}/broker/${first}/close filled 0`,
        symbol: first,
        side: 'sell',
        shares: 100,
        price: 1_010,
      },
      {
        ...broker,
        key: `${session}/broker/${second}/close filled 0`,
        symbol: second,
        side: 'buy',
        shares: 200,
        price: 1_000,
      },
      closed(1_001_000, {}),
    ]);
  });

  it('is closed without fills when the bars of the book are not in use any more, once a new session has begun', () => {
    const book = bookOf(decided(before), closedAt(before, 990_000), decided(session, 30), accepted(0));
    const others = knownWith([], { synthetic: true });
    expect(settle(book, others)).toBeUndefined();
    expect(settle(book, others, true)).toEqual([
      expired(orderKey(0), 'its bars are not in use any more'),
      closed(989_970, {}),
    ]);
    expect(settle(bookOf(decided()), others, true)).toEqual([closed(1_000_000, {})]);
  });
});

/** Three 5-minute bars of the first symbol: it rises to 1,010, 1,020 and 1,030 yen. */
const intraday: readonly IntradayColumns[] = [
  {
    times: Float64Array.from([0, 5, 10], (minutes) => opened + minutes * 60_000),
    open: Float64Array.of(1_000, 1_010, 1_020),
    high: Float64Array.of(1_010, 1_020, 1_030),
    low: Float64Array.of(1_000, 1_010, 1_020),
    close: Float64Array.of(1_010, 1_020, 1_030),
    volume: Float64Array.of(1e6, 1e6, 1e6),
  },
];
const rising = knownWith([{ high: 1_030, close: 1_030 }], { intraday: [intraday[0], undefined] });
const atMinute = (minutes: number) => opened + minutes * 60_000;
const cancelled = (place: number, minutes: number): PaperEvent => ({
  key: `${orderKey(place)} cancelled`,
  session,
  order: orderKey(place),
  at: new Date(atMinute(minutes)).toISOString(),
  by: 'kei',
  kind: 'cancelled',
  reason: 'halted',
});

describe('a running session', () => {
  it('is valued on its finished bars, with the orders that have traded in them', () => {
    const stop = accepted(1, { type: 'stop', time: 'day', price: 1_015, shares: 100 });
    const exit = accepted(2, { time: 'close', side: 'sell', shares: 100 });
    const book = bookOf(decided(), accepted(0, { closes: true, takeProfit: 1_025 }), stop, exit);
    const at = (minutes: number) => valueSession(book, rising, session, atMinute(minutes));
    expect(at(-1)).toEqual({ equity: 1_000_000, filled: 0 });
    expect(at(0)).toEqual({ equity: 1_000_000, filled: 1 });
    expect(at(5)).toEqual({ equity: 1_003_000, filled: 1 });
    // The stop was filled a tick beyond its price, at 1,016 yen.
    expect(at(10)).toEqual({ equity: 1_006_000 + 400, filled: 2 });
    expect(at(15)).toEqual({ equity: 1_007_500 + 1_400, filled: 2 });
  });

  it('counts an order with several fills once', () => {
    const thin = { ...intraday[0]!, volume: Float64Array.of(10_000, 10_000, 10_000) };
    const known = knownWith([{ high: 1_030, close: 1_030, volume: 30_000 }], { intraday: [thin, undefined] });
    const stop = accepted(0, { type: 'stop', time: 'day', price: 1_005 });
    expect(valueSession(bookOf(decided(), stop), known, session, atMinute(15)).filled).toBe(1);
  });

  it('keeps what a cancelled order had traded by then, and nothing of one that was not sent', () => {
    const stop = (place: number) => accepted(place, { type: 'stop', time: 'day', price: 1_015, shares: 100 });
    const orders = [accepted(0), stop(1), stop(2), accepted(3).slice(0, 1)].flat();
    const book = bookOf(decided(), orders, cancelled(0, 5), cancelled(1, 9), cancelled(2, 10), cancelled(3, 10));
    expect(settle(book, rising)).toEqual([
      fillOf(0, 0, { shares: 300, price: 1_000 }),
      fillOf(2, 0, { shares: 100, price: 1_016 }),
      closed(1_000_000 + 300 * 30 + 100 * 14, { [first]: 1_030 }),
    ]);
    expect(valueSession(book, rising, session, atMinute(15))).toEqual({ equity: 1_000_000 + 9_000 + 1_400, filled: 2 });
  });
});

describe('the account of a book', () => {
  const codes = [first, second];

  it('has the money and the shares of its log, also of a symbol that has no bars any more', () => {
    const nights = [decided(before, 70), { ...filled('gone', 100, 500), cost: 11 }, filled('gone', -100, 600)];
    const split: PaperEvent = {
      key: 'split',
      session: before,
      order: null,
      ...by,
      kind: 'split',
      symbol: second,
      ratio: 3,
    };
    const book = bookOf(nights, filled(second, 100, 900), split, closedAt(before, 1, { [second]: 310 }));
    const account = accountOf(book, codes);
    expect([account.cash, account.equity]).toEqual([
      1_000_000 - 70 - 11 + 10_000 - 90_000,
      1_000_000 - 70 - 11 + 10_000 - 90_000 + 93_000,
    ]);
    expect([account.sharesOf(0), account.sharesOf(1), account.markOf(0), account.markOf(1)]).toEqual([0, 300, 0, 310]);
    expect([...account.held]).toEqual([1]);
  });

  it('is none while it holds a symbol without bars, which is named', () => {
    const book = bookOf(filled('gone', 100, 500), filled(first, 100, 500), filled('lost', -100, 500));
    expect(() => accountOf(book, codes)).toThrow(
      expect.objectContaining({
        code: 'data.symbol-unknown',
        message: 'the paper book holds gone, lost, which has no bars now',
        details: { unknown: ['gone', 'lost'] },
      }),
    );
    expect([hasOtherBars(book, knownWith()), hasOtherBars(bookOf(), knownWith())]).toEqual([true, false]);
    expect(hasOtherBars(bookOf(), knownWith([], { synthetic: true }))).toBe(true);
  });

  it('begins each session with money that is free again', () => {
    const book = bookOf(decided(before), filled(first, 100, 1_000), filled(first, -100, 1_000));
    expect(accountOf(book, codes).roomFor(0, 'long')).toBe(900_000);
    const next = bookOf([...book.events.slice(1), decided(session)]);
    expect(accountOf(next, codes).roomFor(0, 'long')).toBe(1_000_000);
  });
});

describe('a split of a position', () => {
  const held = [decided(before), filled(first, 100, 1_000), closedAt(before, 1_000_000, { [first]: 1_000 })];
  const [lastDay, day] = [panel.days[t - 1]!, panel.days[t]!];
  const splitAt = (on: number, symbol = first) => ({ symbol, day: on as never, ratio: 2 });
  const restate = (book: PaperBook, ...splits: readonly ReturnType<typeof splitAt>[]) =>
    restateBySplits(book, { splits }, session, by);

  it.each([
    ['on the day of the session before', lastDay, 0],
    ['on the day after it', lastDay + 1, 1],
    ['on the day of the session', day, 1],
    ['on the day after', day + 1, 0],
  ])('%s is taken over as it should be', (_, on, count) => {
    const { book, added } = restate(bookOf(held), splitAt(on));
    expect(added).toEqual(
      [
        {
          key: `${dateOfDayNumber(on as never)} split ${first}`,
          session,
          order: null,
          ...by,
          kind: 'split',
          symbol: first,
          ratio: 2,
        },
      ].slice(1 - count),
    );
    expect(accountOf(book, [first]).sharesOf(0)).toBe(count === 1 ? 200 : 100);
    // The decision of the session itself is not one of before, and nothing is restated twice.
    const decidedNow = restate(new PaperBook([...book.events, decided()]), splitAt(on));
    expect(decidedNow.added).toEqual([]);
    expect(decidedNow.book.events).toHaveLength(book.events.length + 1);
  });

  it('is none of a symbol that is not held, nor before the first session', () => {
    expect(restate(bookOf(held), splitAt(day, second)).added).toEqual([]);
    expect(restate(bookOf(decided()), splitAt(day)).added).toEqual([]);
    expect(restateBySplits(bookOf(held), {}, session, by).added).toEqual([]);
  });

  it('that is known late is in the fills and the value of the session', () => {
    const known = knownWith([{ open: 500, high: 500, low: 500, close: 510 }], { splits: [splitAt(day)] });
    const book = bookOf(held, decided());
    expect(settle(book, known)).toEqual([
      { key: `${session} split ${first}`, session, order: null, ...job, kind: 'split', symbol: first, ratio: 2 },
      closed(1_002_000, { [first]: 510 }),
    ]);
    expect(valueSession(book, known, session, evening).equity).toBe(1_002_000);
  });
});
