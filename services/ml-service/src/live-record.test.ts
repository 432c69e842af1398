import { accuracySchema, type Model, type Prediction, predictionHistorySchema } from '@daytrade/contracts';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import type { SymbolRecord } from '@daytrade/storage';
import { emptyTables } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, registerAgain, startService } from './app.fixture.ts';
import { replayPredictions } from './backups/replay-predictions.ts';

const symbols = ['7203', '6758', '8306'] as const;
const symbol = parseSymbol(symbols[0]);
/** A few sessions more than a training needs. */
const start = '2025-06-02';
const session = '2026-11-25';
const previous = '2026-11-24';
/** 20:00 in Japan on the day before, 10:00 in the session, and the evening after it. */
const evening = '2026-11-24T11:00:00.000Z';
const inSession = '2026-11-25T01:00:00.000Z';
const afterClose = '2026-11-25T09:00:00.000Z';

let running: RunningService;
/** Trained once, on the bars of the evening. */
let trained: { readonly model: Model; readonly artifact: Uint8Array };
beforeAll(async () => {
  running = await startService(evening);
  await addBars(previous);
  expect((await running.runBy('/v1/trainings', {})).error).toBeNull();
  const model = (await running.stores.models.live())!;
  trained = { model, artifact: await running.stores.models.artifact(model.version) };
});
afterAll(() => running.close());
beforeEach(async () => {
  running.setClock(evening);
  await emptyTables(running.stores.database);
  await running.stores.bars.remove(symbols);
  await addBars(previous);
  await goLive(evening);
});

/** Makes the model live, each time as a new version of it. */
async function goLive(at: string): Promise<Model> {
  const model = await registerAgain(running.stores, trained.model, at, trained.artifact);
  await running.stores.models.promote(model.version, 'promote', at);
  return model;
}

/** Adds bars up to a day, as adjusted prices are after a split of `split` to 1. */
async function addBars(to: string, split = 1): Promise<void> {
  for (const [index, code] of symbols.entries()) {
    const { days, volume, ...prices } = madeBars(index + 1, start, to);
    const shares = volume.map((value) => value * split);
    await addOf(code, { days, ...scaled(prices, () => 1 / split), volume: shares });
  }
}

const addOf = (code: string, bars: BarColumns, priceBasis: SymbolRecord['priceBasis'] = 'split-adjusted') =>
  addSymbol(running.stores, code, bars, { synthetic: false, priceBasis });

type Prices = Omit<BarColumns, 'days' | 'volume'>;

/** Multiplies prices by a factor that may depend on the row and on whether it is the last. */
function scaled({ open, high, low, close }: Prices, factor: (isLast: boolean) => number): Prices {
  const column = (values: Float64Array) => values.map((value, t) => value * factor(t === values.length - 1));
  return { open: column(open), high: column(high), low: column(low), close: column(close) };
}

/** Goes on to the evening of the session, whose bars have come. */
async function close(): Promise<void> {
  running.setClock(afterClose);
  await addBars(session);
}

const publish = () => running.publish();
const live = async () => (await running.read(accuracySchema, '/v1/accuracy')).live;
const lastOf = async (code: string) =>
  (await running.read(predictionHistorySchema, `/v1/predictions/history/${code}`)).history.at(-1)!;
const lateOf = (predictions: readonly Prediction[]) => predictions.map(({ late }) => late);

describe('published predictions', () => {
  it('are those of every symbol, of which the asked ones are shown', { tags: ['long'] }, async () => {
    const all = await publish();
    expect(all.map((prediction) => prediction.symbol).toSorted()).toEqual(symbols.toSorted());
    expect(await running.publish({ symbols: ['7203.T'] })).toEqual(all.filter((one) => one.symbol === symbol));
    expect((await running.latest()).predictions).toEqual(all);
  });

  it('are the same when they are predicted once more, and it is said where they are not', {
    tags: ['long'],
  }, async () => {
    expect(await replayPredictions(running.stores)).toBeNull();
    const [one, ...others] = await publish();
    const replayed = { session, modelVersion: one!.modelVersion, predictions: 3 };
    expect(await replayPredictions(running.stores)).toEqual(replayed);
    const published = await running.stores.predictions.latest(false);
    await emptyTables(running.stores.database);
    await addBars(previous);
    await goLive(evening);
    const { version } = (await running.stores.models.live())!;
    const changed = published.map((each) => ({ ...each, modelVersion: version }));
    await running.stores.predictions.save(
      changed.map((each, i) => (i === 2 ? { ...each, lower: each.lower - 1 } : each)),
    );
    expect(others).toHaveLength(2);
    await expect(replayPredictions(running.stores)).rejects.toMatchObject({
      code: 'restore.differs',
      message: `the stored models predict other figures than were published for ${session} to ${session}`,
    });
  });
});

describe('the live record', () => {
  it('holds what was said before the open, with what happened', async () => {
    expect(lateOf(await publish())).toEqual([false, false, false]);
    await close();
    expect(await live()).toMatchObject({ judged: 3, firstSession: session, lastSession: session });
    expect((await lastOf(symbol)).source).toBe('live');
  });

  it('has nothing of what was said in its session, or after it, and that says so of itself', async () => {
    running.setClock(inSession);
    expect(lateOf(await publish())).toEqual([true, true, true]);
    await close();
    expect(await live()).toMatchObject({ judged: 0, coverage: null });
    expect((await lastOf(symbol)).source).toBe('late');
  });

  it('keeps what stood when a model is trained in the session, which adds its own and replaces nothing', async () => {
    const stood = await publish();
    running.setClock(inSession);
    const { version } = await goLive(inSession);
    const added = await publish();
    expect(added.map(({ modelVersion, late }) => [modelVersion, late])).toEqual(symbols.map(() => [version, true]));
    expect((await running.latest()).predictions).toEqual(stood);
    await close();
    expect(await live()).toMatchObject({ judged: 3 });
  });

  it('holds an ex-day: the interval lies lower by the dividend that was expected the evening before', async () => {
    const plain = await publish();
    await goLive(evening);
    const exDay = parseTradeDate(session);
    const dividend = { symbol, date: exDay, kind: 'dividend', value: 20, source: 'jquants' } as const;
    await running.stores.priceFactors.upsertMany([{ ...dividend, knownOn: parseTradeDate('2026-11-10') }]);
    const before = await publish();
    const upperOf = (list: readonly Prediction[]) => list.find((prediction) => prediction.symbol === symbol)!.upper;
    expect(plain.map(({ expectedDividend }) => expectedDividend)).toEqual([null, null, null]);
    const expected = before.map((prediction) => [prediction.symbol, prediction.expectedDividend] as const);
    expect(new Map(expected)).toEqual(new Map(symbols.map((code) => [code, code === symbol ? 20 : null])));
    expect(upperOf(before)).toBeCloseTo(upperOf(plain) - 20, 0);
    await close();
    const judged = await live();
    // What was decided later, and a restatement by the dividend, move nothing of it.
    await running.stores.priceFactors.upsertMany([{ ...dividend, value: 45, knownOn: exDay }]);
    await addBars(session, 1 / 0.98);
    expect(await live()).toEqual(judged);
  });

  it('judges traded prices on the day of a split by those of the day before', async () => {
    await addOf(symbol, madeBars(1, start, previous), 'traded');
    await publish();
    running.setClock(afterClose);
    const { days, volume, ...prices } = madeBars(1, start, session);
    await addOf(symbol, { days, ...scaled(prices, (isLast) => (isLast ? 1 / 5 : 1)), volume }, 'traded');
    const closed = prices.close.at(-1)!;
    expect((await lastOf(symbol)).close).toBeCloseTo(closed / 5, 6);
    const date = parseTradeDate(session);
    const split = { symbol, date, kind: 'split', value: 0.2, knownOn: date, source: 'jquants' } as const;
    await running.stores.priceFactors.upsertMany([split]);
    expect((await lastOf(symbol)).close).toBeCloseTo(closed, 6);
  });

  it('is moved by no split that restates the prices later, nor by a dividend that adjusts earlier ones', {
    tags: ['long'],
  }, async () => {
    await publish();
    await close();
    const before = await live();
    await addBars(session, 5);
    const [last] = (await running.stores.bars.read(symbol)).days.slice(-1);
    expect(last).toBe(dayNumber(parseTradeDate(session)));
    expect(await live()).toEqual(before);
    const { days, volume, ...prices } = madeBars(1, start, session);
    await addBars(session);
    await addOf(symbol, { days, ...scaled(prices, (isLast) => (isLast ? 1 : 0.98)), volume });
    expect(await live()).toEqual(before);
  });

  it('keeps the close that was judged first: one that is restated later is shown beside it', {
    tags: ['long'],
  }, async () => {
    await publish();
    await close();
    const before = await live();
    expect(before).toMatchObject({ judged: 3, restated: 0 });
    const { close: judged } = await lastOf(symbol);
    const bars = madeBars(1, start, session);
    bars.close[bars.close.length - 1]! *= 3;
    running.setClock('2026-11-26T09:00:00.000Z');
    await addOf(symbol, bars);
    expect(await live()).toEqual({ ...before, restated: 1 });
    expect(await lastOf(symbol)).toMatchObject({ close: judged, restatedClose: 3 * judged! });
    // A split after that restates every price, and is no other close.
    await addOf(symbol, { ...bars, ...scaled(bars, () => 1 / 5) });
    expect(await live()).toEqual({ ...before, restated: 1 });
    await addBars(session, 5);
    expect(await live()).toEqual(before);
    expect(await lastOf(symbol)).not.toHaveProperty('restatedClose');
  });

  it('counts the intervals whose close is not there, once their session is over', async () => {
    await publish();
    expect(await live()).toMatchObject({ judged: 0, unjudged: 0 });
    running.setClock(afterClose);
    await addOf(symbol, madeBars(1, start, session));
    expect(await live()).toMatchObject({ judged: 1, unjudged: 2, missing: 0 });
  });

  it('counts the sessions between the first and the last live one for which nothing was published', async () => {
    await publish();
    // Wednesday, Friday and Tuesday have intervals, Thursday and Monday have none; a weekend has no session.
    for (const day of ['2026-11-26', '2026-11-27', '2026-11-30']) {
      running.setClock(`${day}T09:00:00.000Z`);
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
    await close();
    for (const hour of [10, 12]) {
      const instant = `2026-11-24T${hour}:00:00.000Z`;
      running.setClock(instant);
      const words = refused(new RegExp(`${instant}.*2026-11-25T06:30:00.000Z.*nothing was changed`));
      expect(await running.post(`/v1/models/${other.version}/promotion`)).toMatchObject(words);
      expect(await running.post('/v1/models/rollback')).toMatchObject(words);
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
});
