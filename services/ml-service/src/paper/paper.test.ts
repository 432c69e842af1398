import { parseResult, routes } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';
import { findBook } from './paper-job.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T07:00:00.000Z');
  await addBars('2026-11-24');
});
afterAll(() => running.close());

const by = 'somebody@here';
const isOf0102 = ({ symbol }: { readonly symbol: string }) => symbol === '0102';
/** One of the symbols trades in lots of 10 shares. */
const lotOf = (symbol: string) => ({ lot: symbol === '0102' ? 10 : 100 });
const addBars = async (to: string) => {
  for (const [i, symbol] of ['0101', '0102', '0103'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(1 + i, '2026-08-03', to), lotOf(symbol));
  }
};
const run = async () => {
  const { error, result } = await running.runJob('paper-session');
  expect(error).toBeNull();
  return parseResult('paper-session', result).books;
};
const state = () => running.read(routes.paperBook.answers[200], '/v1/paper');
const fillsOf = async (query = '') =>
  (await running.read(routes.paperFills.answers[200], `/v1/paper/fills${query}`)).fills;

it('does nothing without a book, and keeps none in a dry run', async () => {
  expect(await run()).toEqual([]);
  const dry = await running.post('/v1/paper', { strategy: 'always-long', by, dryRun: true });
  expect([dry.status, dry.body]).toMatchObject([
    200,
    {
      dryRun: true,
      cancelled: 0,
      book: {
        book: 'paper-1',
        running: true,
        books: [],
        settings: { maxPosition: 2e6, maxExposure: 1e7, maxSessionLoss: 300_000, strategyHash: null },
      },
    },
  ]);
  expect((await running.get('/v1/paper?book=paper-1')).body).toMatchObject({ detail: expect.stringContaining('none') });
  expect(await state()).toMatchObject({ book: null, running: false });
  expect((await running.post('/v1/paper/halt', { by })).body).toMatchObject({ code: 'trading.no-paper' });
});

it('trades a session from the decision to the close, is halted, released and stopped', async () => {
  const parameters = { most: 3, invested: 0.5 };
  const started = await running.post('/v1/paper', { strategy: 'always-long', parameters, cash: 1e7, by });
  expect(started.body).toMatchObject({ book: { running: true, settings: { maxPosition: 2e6, synthetic: true } } });
  running.setClock('2026-11-24T23:46:00.000Z');
  expect(await run()).toMatchObject([{ session: '2026-11-25', done: ['2026-11-25 pre-open'], halted: false }]);
  expect(await run()).toMatchObject([{ done: [], orders: 0 }]);
  expect(await state()).toMatchObject({ openOrders: 3, unsettled: '2026-11-25' });
  expect((await running.post('/v1/paper/stop', { by })).body).toMatchObject({ code: 'trading.paper-unsettled' });
  const halted = await running.post('/v1/paper/halt', { by, dryRun: true });
  expect(halted.body).toMatchObject({ dryRun: true, cancelled: 3, book: { openOrders: 0, halted: { by } } });
  expect(await state()).toMatchObject({ openOrders: 3, halted: null });
  running.setClock('2026-11-25T06:50:00.000Z');
  expect((await run())[0]?.waitingFor).toBe('the bars of 2026-11-25');
  await addBars('2026-11-25');
  expect(await run()).toMatchObject([{ done: ['2026-11-25 close'], fills: 6, waitingFor: null }]);
  const { orders } = await running.read(routes.paperOrders.answers[200], '/v1/paper/orders');
  expect(orders.map(({ state }) => state)).toEqual(['filled', 'filled', 'filled']);
  expect(orders.map(({ symbol, shares }) => [symbol, shares % 100 === 0])).toContainEqual(['0102', false]);
  const fills = await fillsOf('?symbol=0102.T');
  expect(fills.map(({ side, why }) => [side, why])).toEqual([
    ['buy', 'entry'],
    ['sell', 'closing'],
  ]);
  expect(fills[0]).toMatchObject({ session: '2026-11-25', symbol: '0102', shares: orders.find(isOf0102)!.filled });
  expect(await fillsOf('?limit=4')).toHaveLength(4);
  expect(await fillsOf('?session=2026-11-24')).toEqual([]);
  const settled = await state();
  expect(settled).toMatchObject({ openOrders: 0, unsettled: null, positions: [], curve: [{ session: '2026-11-25' }] });
  expect(settled.equity).toBeCloseTo(settled.cash!, 6);
  expect((await running.post('/v1/paper/halt', { by, reason: 'looked odd' })).status).toBe(200);
  running.setClock('2026-11-25T23:46:00.000Z');
  // The broker closes what a day account holds, during a halt too; a split has doubled it.
  const { events } = (await findBook(running.stores)).book;
  const held = { ...events.find((event) => event.kind === 'filled')!, key: 'held', order: null };
  await running.stores.paper.append('paper-1', events.length, [held]);
  const ofDay = { symbol: parseSymbol(held.symbol), date: parseTradeDate('2026-11-26'), kind: 'split' } as const;
  await running.stores.priceFactors.upsertMany([{ ...ofDay, value: 0.5, knownOn: ofDay.date, source: 'test' }]);
  expect(await run()).toMatchObject([{ done: ['2026-11-26 pre-open'], orders: 1, halted: true }]);
  expect((await state()).positions).toMatchObject([{ symbol: held.symbol, shares: 2 * held.shares }]);
  expect((await running.post('/v1/paper/release', { by })).body).toMatchObject({ code: 'input.invalid' });
  expect((await running.post('/v1/paper/release', { by, confirm: true })).status).toBe(200);
  expect(await state()).toMatchObject({ halted: null, sessions: [{ why: 'halted' }, { orders: 3 }] });
});

it('lets several books trade, each changed by its name alone', async () => {
  const halt = (book?: string) => running.post('/v1/paper/halt', { by, book });
  const second = await running.post('/v1/paper', { strategy: 'always-long', parameters: { most: 1 }, by });
  expect(second.body).toMatchObject({ book: { book: 'paper-2', books: [{ running: true }, { book: 'paper-1' }] } });
  running.setClock('2026-11-26T23:46:00.000Z');
  expect((await halt()).body).toMatchObject({ code: 'trading.several-books' });
  await running.post('/v1/paper', { strategy: 'ranking', by });
  await running.post('/v1/paper/stop', { by, book: 'paper-3' });
  const [unknown, ended, { status }] = [await halt('paper-9'), await halt('paper-3'), await halt('paper-2')];
  expect([unknown.body, status]).toMatchObject([{ code: 'trading.no-paper' }, 200]);
  expect(ended.body).toMatchObject({ code: 'trading.no-paper', detail: 'paper book paper-3 has ended' });
  expect(await state()).toMatchObject({ book: 'paper-2', halted: { reason: 'halted by hand' } });
  expect(await running.read(routes.paperBook.answers[200], '/v1/paper?book=paper-1')).toMatchObject({ halted: null });
  await addBars('2026-11-26');
  expect(await run()).toMatchObject([
    { book: 'paper-2', session: '2026-11-27', orders: 0 },
    { book: 'paper-1', done: ['2026-11-26 close', '2026-11-27 pre-open'], orders: 3 },
  ]);
});

it('waits for forecasts that were published before the open, and orders by those alone', async () => {
  await running.post('/v1/paper', { strategy: 'interval-breakout', by });
  const own = async () => (await run()).find(({ book }) => book === 'paper-4');
  const waiting = { session: '2026-11-27', done: [], waitingFor: 'forecasts of the session', orders: 0, fills: 0 };
  expect(await own()).toEqual({ book: 'paper-4', ...waiting, equity: 10_000_000, halted: false });
  const last = (await running.stores.bars.read('0101')).close.at(-1)!;
  const forecast = (madeAt: string, change: object = {}) =>
    samplePrediction({
      session: parseTradeDate('2026-11-27'),
      lastSession: parseTradeDate('2026-11-26'),
      lastClose: last,
      centre: last,
      lower: 0.9 * last,
      upper: 1.1 * last,
      madeAt,
      ...change,
    });
  await running.stores.predictions.save([forecast('2026-11-27T00:00:00.000Z', { modelVersion: 'm-late' })]);
  expect(await own()).toMatchObject(waiting);
  const inTime = '2026-11-26T23:40:00.000Z';
  // One of a symbol without bars is beside it.
  await running.stores.predictions.save([forecast(inTime), forecast(inTime, { symbol: parseSymbol('0109') })]);
  expect(await own()).toMatchObject({ done: ['2026-11-27 pre-open'], waitingFor: null, orders: 2 });
  const { orders } = await running.read(routes.paperOrders.answers[200], '/v1/paper/orders?book=paper-4');
  expect(orders.map(({ symbol, side, type }) => [symbol, side, type])).toEqual([
    ['0101', 'buy', 'stop'],
    ['0101', 'sell', 'stop'],
  ]);
});
