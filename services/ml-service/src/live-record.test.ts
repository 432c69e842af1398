import { accuracySchema, type Model, predictionHistorySchema, predictionListSchema } from '@daytrade/contracts';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { emptyTables } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, registerAgain, startService } from './app.fixture.ts';

const symbols = ['7203', '6758', '8306'];
/** A few sessions more than a training needs. */
const start = '2025-06-02';
const session = '2026-11-25';
/** 20:00 in Japan on the day before, 10:00 in the session, and the evening after it. */
const [evening, inSession, afterClose] = [
  '2026-11-24T11:00:00.000Z',
  '2026-11-25T01:00:00.000Z',
  '2026-11-25T09:00:00.000Z',
];

let running: RunningService;
/** Trained once, on the bars of the evening. */
let trained: { readonly model: Model; readonly artifact: Uint8Array };
beforeAll(async () => {
  running = await startService(evening);
  await addBars('2026-11-24');
  expect((await running.runBy('/v1/trainings', {})).error).toBeNull();
  const model = (await running.stores.models.live())!;
  trained = { model, artifact: await running.stores.models.artifact(model.version) };
});
afterAll(() => running.close());
beforeEach(async () => {
  running.setClock(evening);
  await emptyTables(running.stores.database);
  for (const symbol of symbols) await running.stores.bars.remove(symbol);
  await addBars('2026-11-24');
  await goLive(evening);
});

/** Makes the model live, each time as a new version of it. */
async function goLive(at: string): Promise<Model> {
  const model = await registerAgain(running.stores, trained.model, at, trained.artifact);
  await running.stores.models.promote(model.version, 'promote', at);
  return model;
}

/** Bars up to a day, as adjusted prices give them: after a split of `split` to 1 all before it are restated. */
async function addBars(to: string, split = 1): Promise<void> {
  for (const [index, symbol] of symbols.entries()) {
    const bars = restated(madeBars(index + 1, start, to), split);
    await addSymbol(running.stores, symbol, bars, { synthetic: false, priceBasis: 'split-adjusted' });
  }
}

function restated(bars: BarColumns, split: number): BarColumns {
  const price = (column: Float64Array) => column.map((value) => value / split);
  return {
    ...bars,
    open: price(bars.open),
    high: price(bars.high),
    low: price(bars.low),
    close: price(bars.close),
    volume: bars.volume.map((value) => value * split),
  };
}

const publish = async () => predictionListSchema.parse((await running.post('/v1/predictions')).body).predictions;
const latest = async () => predictionListSchema.parse((await running.get('/v1/predictions/latest')).body).predictions;
const live = async () => accuracySchema.parse((await running.get('/v1/accuracy')).body).live;
const historyOf = async (symbol: string) =>
  predictionHistorySchema.parse((await running.get(`/v1/predictions/history/${symbol}`)).body).history;
const sourceOf = async (symbol: string) => (await historyOf(symbol)).at(-1)?.source;

describe('the live record', () => {
  it('holds what was said before the open, with what happened', async () => {
    expect((await publish()).map(({ late }) => late)).toEqual([false, false, false]);
    running.setClock(afterClose);
    await addBars(session);
    expect(await live()).toMatchObject({ judged: 3, firstSession: session, lastSession: session });
    expect(await sourceOf('7203')).toBe('live');
  });

  it('has nothing of what was said in its session, or after it, and that says so of itself', async () => {
    running.setClock(inSession);
    expect((await publish()).map(({ late }) => late)).toEqual([true, true, true]);
    running.setClock(afterClose);
    await addBars(session);
    expect(await live()).toMatchObject({ judged: 0, coverage: null });
    expect(await sourceOf('7203')).toBe('late');
  });

  it('keeps what stood when a model is trained in the session, which adds its own and replaces nothing', async () => {
    const stood = await publish();
    running.setClock(inSession);
    const second = await goLive(inSession);
    expect((await publish()).map(({ modelVersion, late }) => [modelVersion, late])).toEqual(
      symbols.map(() => [second.version, true]),
    );
    expect(await latest()).toEqual(stood);
    running.setClock(afterClose);
    await addBars(session);
    expect(await live()).toMatchObject({ judged: 3 });
  });

  it('holds an ex-day: the interval lies lower by the dividend that was expected the evening before', async () => {
    const plain = await publish();
    await goLive(evening);
    const symbol = parseSymbol('7203');
    const exDay = parseTradeDate(session);
    const word = { symbol, date: exDay, kind: 'dividend', value: 20, source: 'jquants' } as const;
    await running.stores.priceFactors.upsertMany([{ ...word, knownOn: parseTradeDate('2026-11-10') }]);
    const before = await publish();
    const of = (list: typeof plain) => list.find((prediction) => prediction.symbol === symbol)!;
    expect(of(plain).expectedDividend).toBeNull();
    const expected = before.map(({ symbol: code, expectedDividend }) => [code, expectedDividend] as const);
    expect(new Map(expected)).toEqual(new Map(symbols.map((code) => [code, code === symbol ? 20 : null])));
    expect(of(before).upper).toBeCloseTo(of(plain).upper - 20, 0);
    running.setClock(afterClose);
    await addBars(session);
    const judged = await live();
    // What was decided later, and a restatement by the dividend, move nothing of it.
    await running.stores.priceFactors.upsertMany([{ ...word, value: 45, knownOn: exDay }]);
    await addBars(session, 1 / 0.98);
    expect(await live()).toEqual(judged);
  });

  it('judges traded prices on the day of a split by those of the day before', async () => {
    const symbol = parseSymbol('7203');
    const traded = { synthetic: false, priceBasis: 'traded' } as const;
    await addSymbol(running.stores, symbol, madeBars(1, start, '2026-11-24'), traded);
    await publish();
    running.setClock(afterClose);
    const { days, ...prices } = madeBars(1, start, session);
    const onSplit = (column: Float64Array) => column.map((price, t) => (t === days.length - 1 ? price / 5 : price));
    const bars = { open: onSplit(prices.open), high: onSplit(prices.high), low: onSplit(prices.low) };
    await addSymbol(running.stores, symbol, { days, ...prices, ...bars, close: onSplit(prices.close) }, traded);
    const closeOf = async () => (await historyOf(symbol)).at(-1)?.close;
    expect(await closeOf()).toBeCloseTo(prices.close.at(-1)! / 5, 6);
    const date = parseTradeDate(session);
    await running.stores.priceFactors.upsertMany([
      { symbol, date, kind: 'split', value: 0.2, knownOn: date, source: 'jquants' },
    ]);
    expect(await closeOf()).toBeCloseTo(prices.close.at(-1)!, 6);
  });

  it('is moved by no split that restates the prices later', async () => {
    await publish();
    running.setClock(afterClose);
    await addBars(session);
    const before = await live();
    await addBars(session, 5);
    const [last] = (await running.stores.bars.read('7203')).days.slice(-1);
    expect(last).toBe(dayNumber(parseTradeDate(session)));
    expect(await live()).toEqual(before);
  });

  it('keeps the close that was judged first: one that is restated later is shown beside it', async () => {
    await publish();
    running.setClock(afterClose);
    await addBars(session);
    const before = await live();
    expect(before).toMatchObject({ judged: 3, restated: 0 });
    const symbol = symbols[0]!;
    const close = (await historyOf(symbol)).at(-1)!.close!;
    const bars = madeBars(1, start, session);
    bars.close[bars.close.length - 1]! *= 3;
    running.setClock('2026-11-26T09:00:00.000Z');
    await addSymbol(running.stores, symbol, bars, { synthetic: false, priceBasis: 'split-adjusted' });
    expect(await live()).toEqual({ ...before, restated: 1 });
    expect((await historyOf(symbol)).at(-1)).toMatchObject({ close, restatedClose: 3 * close });
    // A split after that restates every price, and is no other close.
    for (const column of [bars.open, bars.high, bars.low, bars.close]) for (const t of column.keys()) column[t]! /= 5;
    await addSymbol(running.stores, symbol, bars, { synthetic: false, priceBasis: 'split-adjusted' });
    expect(await live()).toEqual({ ...before, restated: 1 });
    await addBars(session, 5);
    expect(await live()).toEqual(before);
    expect((await historyOf(symbol)).at(-1)).not.toHaveProperty('restatedClose');
  });

  it('takes no dividend that adjusts only the prices before its session for another close', async () => {
    await publish();
    running.setClock(afterClose);
    await addBars(session);
    const before = await live();
    const { days, ...prices } = madeBars(1, start, session);
    const adjusted = (column: Float64Array) => column.map((price, t) => (t < days.length - 1 ? price * 0.98 : price));
    const bars = { open: adjusted(prices.open), high: adjusted(prices.high), low: adjusted(prices.low) };
    const changed = { days, ...bars, close: adjusted(prices.close), volume: prices.volume };
    await addSymbol(running.stores, symbols[0]!, changed, { synthetic: false, priceBasis: 'split-adjusted' });
    expect(await live()).toEqual(before);
  });

  it('counts the intervals whose close is not there, once their session is over', async () => {
    await publish();
    expect(await live()).toMatchObject({ judged: 0, unjudged: 0 });
    running.setClock(afterClose);
    const [withBars, ...without] = symbols as [string, ...string[]];
    await addSymbol(running.stores, withBars, madeBars(1, start, session), {
      synthetic: false,
      priceBasis: 'split-adjusted',
    });
    expect(await live()).toMatchObject({ judged: 1, unjudged: without.length, missing: 0 });
  });

  it('counts the sessions between the first and the last live one for which nothing was published', async () => {
    await publish();
    // Wednesday, Friday and Tuesday have intervals, Thursday and Monday have none; a weekend has no session.
    for (const [day, at] of [
      ['2026-11-26', '2026-11-26T09:00:00.000Z'],
      ['2026-11-27', '2026-11-27T09:00:00.000Z'],
      ['2026-11-30', '2026-11-30T09:00:00.000Z'],
    ] as const) {
      running.setClock(at);
      await addBars(day);
      if (day !== '2026-11-27') await publish();
    }
    expect(await live()).toMatchObject({ judged: 6, unjudged: 0, missing: 2, lastSession: '2026-11-27' });
  });
});

describe('a clock that goes back', () => {
  const refused = (message: RegExp) => ({
    status: 500,
    body: { code: 'data.clock-skew', detail: expect.stringMatching(message) },
  });

  it('makes no model live, neither before what is recorded nor before the newest bar', async () => {
    const stood = await running.stores.models.live();
    await publish();
    const other = await registerAgain(running.stores, trained.model, evening, trained.artifact);
    running.setClock(afterClose);
    await addBars(session);
    for (const [instant, newest] of [
      ['2026-11-24T10:00:00.000Z', /2026-11-24T10:00:00.000Z.*2026-11-25T06:30:00.000Z.*nothing was changed/],
      ['2026-11-24T12:00:00.000Z', /2026-11-24T12:00:00.000Z.*2026-11-25T06:30:00.000Z/],
    ] as const) {
      running.setClock(instant);
      expect(await running.post(`/v1/models/${other.version}/promotion`)).toMatchObject(refused(newest));
      expect(await running.post('/v1/models/rollback')).toMatchObject(refused(newest));
    }
    expect(await running.stores.models.live()).toEqual(stood);
  });

  it('publishes nothing before the newest publication', async () => {
    await publish();
    await goLive(evening);
    running.setClock('2026-11-24T10:59:59.000Z');
    expect(await running.post('/v1/predictions')).toMatchObject(refused(/2026-11-24T11:00:00.000Z/));
    expect(await running.stores.predictions.newestSessions(9, false)).toHaveLength(symbols.length);
  });

  it('publishes nothing before the close of its own last bar', async () => {
    await emptyTables(running.stores.database);
    await addBars('2026-11-24');
    await goLive('2026-11-20T11:00:00.000Z');
    running.setClock('2026-11-24T06:29:59.000Z');
    expect(await running.post('/v1/predictions')).toMatchObject(refused(/2026-11-24T06:30:00.000Z/));
    expect(await latest()).toEqual([]);
    expect((await running.post('/v1/predictions', { publish: false })).status).toBe(200);
    running.setClock('2026-11-24T06:30:00.000Z');
    expect(await publish()).toHaveLength(symbols.length);
  });
});
