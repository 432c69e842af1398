import { type PaperBookState, type PaperOrder, type PaperPosition, paperBookSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';
import { whoRuns } from '../who-runs.ts';

const book: PaperBookState = paperBookSchema.parse({
  book: 'paper-2',
  books: [
    { book: 'paper-2', strategy: 'gap-fade', running: true },
    { book: 'paper-1', strategy: 'ranking', running: false },
    { book: 'paper-0', strategy: 'always-long', running: true },
  ],
  running: true,
  startedAt: '2026-11-20T06:30:00.000Z',
  startedBy: 'day@host',
  stoppedAt: null,
  settings: {
    strategy: 'gap-fade',
    parameters: { entry: 1.5, most: 20 },
    maxPosition: 2_000_000,
    maxExposure: 9_000_000,
    maxSessionLoss: 300_000,
    synthetic: false,
  },
  halted: null,
  cash: 9_000_000,
  equity: 10_012_345.6,
  soFar: null,
  costs: 1_234.5,
  maxDrawdown: 0.0123,
  openOrders: 1,
  positions: [
    { symbol: '7203', shares: 1_200, price: 2_345.5, mark: 2_400, profit: 65_400.4 },
    { symbol: '6758', shares: -100, price: 12_000, mark: 12_010, profit: -1_000 },
  ],
  unsettled: null,
  curve: [{ session: '2026-11-24', equity: 10_012_345.6 }],
  sessions: [
    { session: '2026-11-25', orders: 0, why: 'the book is halted', refused: {} },
    { session: '2026-11-24', orders: 1_200, why: null, refused: { 'no money': 2, 'not enough volume': 1 } },
    { session: '2026-11-20', orders: 3, why: null, refused: {} },
  ],
});
const report = `Paper book paper-2 of gap-fade, running. Paper only: no broker is connected.
  since        2026-11-20 15:30, by day@host
  account      day-margin, 10,000,000 yen to begin with; entry 1.5, most 20
  limits       2,000,000 yen a symbol, 9,000,000 in all, 300,000 lost in a session
  equity       10,012,346 yen, after 1 settled session
  costs        1,235 yen; largest drawdown 1.2 %
  outstanding  1 open order, 2 open positions
  other books  paper-1 (ranking, stopped), paper-0 (always-long, running)

session     orders  not sent
2026-11-25       0  the book is halted
2026-11-24   1,200  no money 2, not enough volume 1
2026-11-20       3  –
`;

const change = (changes: object = {}) => ({ dryRun: false, cancelled: 2, book, ...changes });
const by = whoRuns();

describe('paper status', () => {
  const status = async (changes: object = {}) =>
    (await runLine(['paper', 'status'], { 'GET /v1/paper': { ...book, ...changes } })).out;

  it('shows settings, equity, what is open, other books and the newest decisions', async () => {
    expect(await status()).toBe(report);
  });

  it('shows a stopped book alone, of the synthetic exchange, with a session to settle', async () => {
    const stopped = {
      running: false,
      stoppedAt: '2026-11-25T06:00:00.000Z',
      books: book.books.slice(0, 1),
      settings: { ...book.settings, synthetic: true },
      startedBy: null,
      equity: null,
      curve: [],
      positions: [],
      sessions: [],
      openOrders: 0,
      unsettled: '2026-11-25',
    };
    expect(await status(stopped)).toBe(`Paper book paper-2 of gap-fade, stopped 2026-11-25 15:00. \
Paper only: no broker is connected.
Its bars are those of the synthetic exchange.
  since        2026-11-20 15:30, by –
  account      day-margin, 10,000,000 yen to begin with; entry 1.5, most 20
  limits       2,000,000 yen a symbol, 9,000,000 in all, 300,000 lost in a session
  equity       0 yen, after 0 settled sessions
  costs        1,235 yen; largest drawdown 1.2 %
  outstanding  0 open orders, 0 open positions
  not settled  2026-11-25
Nothing was decided yet: it decides 15 minutes before each open.
`);
  });

  it('shows the equity of the running session, and who halted the book', async () => {
    const soFar = { session: '2026-11-25', step: 'lunch', equity: 10_000_000.5, at: '2026-11-25T03:00:00.000Z' };
    const halted = { at: '2026-11-25T03:00:00.000Z', by: 'day@host', reason: 'bars look wrong' };
    const said = await status({ soFar, halted });
    expect(said).toContain('\n  so far       10,000,001 yen at lunch, not settled\n');
    expect(said).toContain('\n  HALTED       2026-11-25 12:00 by day@host: bars look wrong\n');
  });

  it('says how to begin where there is no book', async () => {
    expect(await status({ book: null, settings: null })).toBe(
      'There is no paper book. daytrade paper start --strategy gap-fade begins one.\n',
    );
  });

  it('asks for the book that was named', async () => {
    const { requests, out } = await runLine(['paper', 'status', '--book', 'paper-2', '--json'], {
      'GET /v1/paper': book,
    });
    expect(requests).toEqual([['GET /v1/paper?book=paper-2']]);
    expect(JSON.parse(out)).toEqual(book);
  });
});

describe('paper start', () => {
  const start = (words: readonly string[], answer: object = change()) =>
    runLine(['paper', 'start', '--strategy', 'gap-fade', ...words], { 'POST /v1/paper': answer });

  it('sends parameters, costs and limits, and the author', async () => {
    const { requests, out } = await start(['--set', 'entry=1.5', '--max-session-loss', '100000', '--cash', '5000000']);
    const costs = { account: 'day-margin', spreadTicks: 1, impact: 1, participation: 0.01 };
    const body = { strategy: 'gap-fade', parameters: { entry: 1.5 }, cash: 5_000_000, maxSessionLoss: 100_000 };
    expect(requests).toEqual([['POST /v1/paper', { ...body, ...costs, by, dryRun: false }]]);
    expect(out).toBe(report);
  });

  it('with --dry-run says that nothing is kept', async () => {
    const { requests, out } = await start(['--dry-run'], change({ dryRun: true }));
    expect(requests[0]![1]).toMatchObject({ dryRun: true });
    expect(out).toBe(`Nothing is kept. It would be:\n${report}`);
  });

  it.each([
    [['--cash', '99999'], /^--cash: /],
    [['--set', 'entry'], /^--set: expected parameters as entry=1.5, got "entry"/],
    [['--max-position', '0'], /^--max-position: /],
  ])('refuses %j before anything is sent', async (words, message) => {
    await expect(start(words)).rejects.toThrow(message);
  });
});

describe('paper stop', () => {
  it.each([
    [[], { by, dryRun: false }, report],
    [
      ['--dry-run', '--book', 'paper-2'],
      { by, dryRun: true, book: 'paper-2' },
      `Nothing is stopped. It would be:\n${report}`,
    ],
  ])('with %j sends %j', async (words, body, said) => {
    const { requests, out } = await runLine(['paper', 'stop', ...words], { 'POST /v1/paper/stop': change() });
    expect(requests).toEqual([['POST /v1/paper/stop', body]]);
    expect(out).toBe(said);
  });
});

describe('halt', () => {
  const answers = { 'POST /v1/paper/halt': change(), 'POST /v1/paper/release': change({ cancelled: 0 }) };

  it.each([
    [[], 'halt', { by, dryRun: false }, `2 open orders cancelled.\n${report}`],
    [
      ['--dry-run', '--reason', 'bars look wrong', '--book', 'paper-2'],
      'halt',
      { by, dryRun: true, reason: 'bars look wrong', book: 'paper-2' },
      `2 open orders would be cancelled.\n${report}`,
    ],
    [['--release', '--yes'], 'release', { by, dryRun: false, confirm: true }, report],
    [['--release', '--dry-run'], 'release', { by, dryRun: true, confirm: true }, report],
  ])('with %j asks for %s', async (words, path, body, said) => {
    const { requests, out } = await runLine(['halt', ...words], answers);
    expect(requests).toMatchObject([[`POST /v1/paper/${path}`, body]]);
    expect(out).toBe(said);
  });

  it('has the book and whether it was a dry run in its JSON', async () => {
    const { out } = await runLine(['halt', '--dry-run', '--json'], answers);
    expect(JSON.parse(out)).toEqual({ ...change(), dryRun: true });
  });

  it('does not release a book without --yes', async () => {
    await expect(runLine(['halt', '--release'], answers)).rejects.toMatchObject({
      code: 'input.invalid',
      message: '--release: expected --yes as well, since orders are sent again',
    });
  });
});

const order: PaperOrder = {
  key: '2026-11-24 pre-open 7203 1',
  session: book.curve[0]!.session,
  symbol: '7203',
  side: 'buy',
  shares: 1_200,
  type: 'limit',
  time: 'open',
  price: 2_345.5,
  stopLoss: null,
  takeProfit: null,
  closes: true,
  state: 'filled',
  filled: 1_100,
  filledAt: 2_345,
  reason: null,
  at: '2026-11-24T00:00:00.000Z',
};
const cancelled: Partial<PaperOrder> = {
  symbol: '6758',
  side: 'sell',
  type: 'market',
  time: 'close',
  price: null,
  filled: 0,
  filledAt: null,
  state: 'cancelled',
  reason: 'halted: bars look wrong',
};

describe('orders, fills and positions', () => {
  it('shows orders with their outcome and why', async () => {
    const orders = [order, { ...order, ...cancelled }];
    const { out, requests } = await runLine(['orders', '--limit', '2', '--session', '2026-11-24'], {
      'GET /v1/paper/orders': { orders },
    });
    expect(requests).toEqual([['GET /v1/paper/orders?session=2026-11-24&limit=2']]);
    expect(out).toBe(`session     symbol  order                    shares  filled     at  state      why
2026-11-24  7203    buy limit 2,345.5, open   1,200   1,100  2,345  filled     –
2026-11-24  6758    sell market, close        1,200       0      –  cancelled  halted: bars look wrong
`);
  });

  it('shows fills with price, cost and why', async () => {
    const fill = { session: '2026-11-24', symbol: '7203', side: 'buy', shares: 1_200, order: null };
    const fills = [
      { ...fill, price: 2_345.5, cost: 1_234.5, why: 'entry' },
      { ...fill, side: 'sell', price: 12_000, cost: 0, why: 'stop-loss' },
    ];
    const { out, requests } = await runLine(['fills', '--symbol', '7203'], { 'GET /v1/paper/fills': { fills } });
    expect(requests).toEqual([['GET /v1/paper/fills?symbol=7203&limit=100']]);
    expect(out).toBe(`session     symbol  side  shares       at   cost  why
2026-11-24  7203    buy    1,200  2,345.5  1,235  entry
2026-11-24  7203    sell   1,200   12,000      0  stop-loss
`);
  });

  it('shows positions with their profit, also a short one', async () => {
    const { out } = await runLine(['positions'], { 'GET /v1/paper': book });
    expect(out).toBe(`symbol  shares  bought at  newest  profit
7203     1,200    2,345.5   2,400  65,400
6758      -100     12,000  12,010  -1,000
`);
  });

  it.each([
    ['orders', 'GET /v1/paper/orders', { orders: [] }, 'There are no orders.\n'],
    ['fills', 'GET /v1/paper/fills', { fills: [] }, 'There are no fills.\n'],
    ['positions', 'GET /v1/paper', { ...book, positions: [] as PaperPosition[] }, 'The paper book holds nothing.\n'],
  ])('says of no %s that there are none', async (command, request, answer, said) => {
    expect((await runLine([command], { [request]: answer })).out).toBe(said);
  });
});
