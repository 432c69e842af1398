import type { PaperEvent } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { bookState, fillsOf, ordersOf, positionsOf } from './book-state.ts';
import { PaperBook } from './paper-book.ts';

type Body<Kind extends PaperEvent['kind']> = Omit<PaperEvent & { readonly kind: Kind }, 'key' | 'at' | 'by'>;

const noon = '2026-11-24T03:00:00.000Z';
const [monday, tuesday] = ['2026-11-24', '2026-11-25'] as never[];

/** Returns the log of a book. */
function log(...bodies: readonly Body<PaperEvent['kind']>[]): PaperBook {
  return new PaperBook(bodies.map((body, i) => ({ key: String(i), at: noon, by: 'kei', ...body }) as PaperEvent));
}

const fill = (changes: Partial<Body<'filled'>>): Body<'filled'> => ({
  kind: 'filled',
  session: monday!,
  order: null,
  symbol: '7203',
  side: 'buy',
  shares: 100,
  price: 1_000,
  why: 'entry',
  cost: 0,
  ...changes,
});
const close = (session: never, equity: number, marks: Readonly<Record<string, number>>): Body<'closed'> => ({
  kind: 'closed',
  session,
  order: null,
  equity,
  marks,
});
const split = (ratio: number): Body<'split'> => ({
  kind: 'split',
  session: tuesday!,
  order: null,
  symbol: '7203',
  ratio,
});
const decided = (session: never, changes: Partial<Body<'decided'>> = {}): Body<'decided'> => ({
  kind: 'decided',
  session,
  order: null,
  orders: 1,
  why: null,
  refused: {},
  nightCost: 0,
  ...changes,
});
const started = {
  kind: 'started',
  session: null,
  order: null,
  strategy: 'reversal',
  cash: 1_000_000,
} as never as Body<'started'>;
const intended = (order: string, session: never): Body<'intended'> => ({
  kind: 'intended',
  session,
  order,
  symbol: '7203',
  side: 'buy',
  shares: 100,
  type: 'limit',
  time: 'open',
  price: 990,
  stopLoss: null,
  takeProfit: null,
  closes: true,
});

describe('a position', () => {
  it.each([
    ['bought once', [fill({})], { shares: 100, price: 1_000, mark: 1_000, profit: 0 }],
    [
      'bought twice has the mean price',
      [fill({}), fill({ shares: 300, price: 1_200 })],
      { shares: 400, price: 1_150, mark: 1_200, profit: 20_000 },
    ],
    [
      'sold in part keeps its price',
      [fill({ shares: 300 }), fill({ side: 'sell', shares: 100, price: 1_100 })],
      { shares: 200, price: 1_000, mark: 1_100, profit: 20_000 },
    ],
    [
      'sold short gains where the price falls',
      [fill({ side: 'sell' }), close(monday!, 0, { 7203: 900 })],
      { shares: -100, price: 1_000, mark: 900, profit: 10_000 },
    ],
    [
      'sold short again has the mean price',
      [fill({ side: 'sell' }), fill({ side: 'sell', price: 800 })],
      { shares: -200, price: 900, mark: 800, profit: 20_000 },
    ],
    [
      'turned by a larger sale has the price of the sale',
      [fill({}), fill({ side: 'sell', shares: 300, price: 1_300 }), close(monday!, 0, { 7203: 1_250 })],
      { shares: -200, price: 1_300, mark: 1_250, profit: 10_000 },
    ],
    [
      'split into three has a third of the price',
      [fill({ price: 1_200 }), close(monday!, 0, { 7203: 1_500 }), split(3)],
      { shares: 300, price: 400, mark: 500, profit: 30_000 },
    ],
    [
      'opened again after a sale forgets the price of before',
      [fill({}), fill({ side: 'sell' }), fill({ price: 1_500 })],
      { shares: 100, price: 1_500, mark: 1_500, profit: 0 },
    ],
  ])('%s', (_, events, expected) => {
    expect(positionsOf(log(...events))).toEqual([{ symbol: '7203', ...expected }]);
  });

  it('that was closed is none, and each symbol has its own', () => {
    expect(positionsOf(log(fill({}), fill({ side: 'sell' })))).toEqual([]);
    const both = positionsOf(log(fill({}), fill({ symbol: '6758', price: 3_000 })));
    expect(both.map(({ symbol, price }) => [symbol, price])).toEqual([
      ['7203', 1_000],
      ['6758', 3_000],
    ]);
  });
});

describe('the state of a book', () => {
  it('before its first start has no figures', () => {
    expect(bookState(undefined, log())).toEqual({
      book: null,
      running: false,
      startedAt: null,
      startedBy: null,
      stoppedAt: null,
      settings: null,
      halted: null,
      cash: null,
      equity: null,
      soFar: null,
      costs: 0,
      maxDrawdown: 0,
      openOrders: 0,
      positions: [],
      unsettled: null,
      curve: [],
      sessions: [],
    });
  });

  it('is cash plus positions, less what was paid for fills and nights', () => {
    const state = bookState(
      'paper-1',
      log(
        started,
        decided(monday!, { nightCost: 30, refused: { lot: 2 } }),
        fill({ cost: 70 }),
        fill({ side: 'sell', shares: 50, price: 1_100, cost: 7 }),
        close(monday!, 999_500, { 7203: 1_050 }),
        decided(tuesday!, { orders: 0, why: 'no forecast' }),
        close(tuesday!, 980_000, { 7203: 1_200 }),
      ),
    );
    expect(state).toMatchObject({
      book: 'paper-1',
      running: true,
      startedAt: noon,
      startedBy: 'kei',
      settings: { strategy: 'reversal', cash: 1_000_000 },
      costs: 107,
      cash: 1_000_000 - 100_000 + 55_000 - 107,
      equity: 980_000,
      maxDrawdown: expect.closeTo(0.02, 12),
      curve: [
        { session: monday, equity: 999_500 },
        { session: tuesday, equity: 980_000 },
      ],
      unsettled: null,
      sessions: [
        { session: tuesday, orders: 0, why: 'no forecast', refused: {} },
        { session: monday, orders: 1, why: null, refused: { lot: 2 } },
      ],
    });
    expect(state.positions.map(({ shares, mark, profit }) => [shares, mark, profit])).toEqual([[50, 1_200, 10_000]]);
    expect(Object.keys(state.settings ?? {})).toEqual(['strategy', 'cash']);
  });

  it('while a session runs has its valuation, its open orders and what is not settled', () => {
    const valued = { kind: 'valued', session: tuesday!, order: null, step: 'lunch', equity: 999, filled: 1 } as const;
    const book = log(started, decided(tuesday!), intended('a', tuesday!), valued);
    expect(bookState('paper-1', book)).toMatchObject({
      equity: 1_000_000,
      soFar: { session: tuesday, step: 'lunch', equity: 999, at: noon },
      openOrders: 1,
      unsettled: tuesday,
    });
    const closed = log(started, decided(tuesday!), valued, close(tuesday!, 1_000_100, {}));
    expect(bookState('paper-1', closed)).toMatchObject({ equity: 1_000_100, soFar: null, unsettled: null });
  });

  it('says who halted and stopped it', () => {
    const halted = { kind: 'halted', session: null, order: null, reason: 'loss' } as const;
    const stopped = { kind: 'stopped', session: null, order: null } as const;
    expect(bookState('paper-1', log(started, halted))).toMatchObject({
      running: true,
      stoppedAt: null,
      halted: { at: noon, by: 'kei', reason: 'loss' },
    });
    expect(bookState('paper-1', log(started, stopped))).toMatchObject({ running: false, stoppedAt: noon });
  });

  it('shows the newest 20 decisions', () => {
    const days = Array.from({ length: 22 }, (_, i) => `2026-10-${String(i + 1).padStart(2, '0')}` as never);
    const { sessions } = bookState('paper-1', log(started, ...days.map((day) => decided(day))));
    expect(sessions.map(({ session }) => session)).toEqual(days.slice(2).toReversed());
  });
});

describe('the fills of a book', () => {
  const book = log(
    fill({ order: 'a', cost: 7 }),
    fill({ symbol: '6758', price: 2_000 }),
    fill({ session: tuesday!, side: 'sell', why: 'closing' }),
    decided(tuesday!),
    fill({ session: null, price: 1 }),
  );
  const places = (filter: Partial<Parameters<typeof fillsOf>[1]>) =>
    fillsOf(book, { symbol: undefined, session: undefined, limit: 10, ...filter }).map(
      ({ session, symbol }) => `${session} ${symbol}`,
    );

  it('are the newest session first, within a session in the order of the log', () => {
    expect(places({})).toEqual(['2026-11-25 7203', '2026-11-24 7203', '2026-11-24 6758']);
    expect(places({ limit: 2 })).toEqual(['2026-11-25 7203', '2026-11-24 7203']);
    expect(fillsOf(book, { symbol: '7203', session: monday!, limit: 1 })).toEqual([
      { session: monday, symbol: '7203', side: 'buy', shares: 100, price: 1_000, cost: 7, why: 'entry', order: 'a' },
    ]);
  });

  it('are those of a symbol, of a session, or of both', () => {
    expect(places({ symbol: '6758' })).toEqual(['2026-11-24 6758']);
    expect(places({ session: tuesday! })).toEqual(['2026-11-25 7203']);
    expect(places({ symbol: '6758', session: tuesday! })).toEqual([]);
  });
});

it('the orders of a book are the newest session first, as far as they are asked for', () => {
  const book = log(intended('a', monday!), intended('b', tuesday!), intended('c', tuesday!));
  expect(ordersOf(book, undefined, 10).map(({ key }) => key)).toEqual(['b', 'c', 'a']);
  expect(ordersOf(book, undefined, 2).map(({ key }) => key)).toEqual(['b', 'c']);
  expect(ordersOf(book, monday, 10)).toEqual([
    {
      key: 'a',
      session: monday,
      symbol: '7203',
      side: 'buy',
      shares: 100,
      type: 'limit',
      time: 'open',
      price: 990,
      stopLoss: null,
      takeProfit: null,
      closes: true,
      state: 'intended',
      filled: 0,
      filledAt: null,
      reason: null,
      at: noon,
    },
  ]);
});
