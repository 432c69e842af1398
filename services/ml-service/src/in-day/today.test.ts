import { accuracySchema, routes, symbolTodaySchema, todaySchema } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { emptyTables, sampleInDayPrediction, sampleModel, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

/** Wednesday; 10:31 in Japan. */
const session = '2026-11-25';
const inSession = '2026-11-25T01:31:00.000Z';
const afterClose = '2026-11-25T07:00:00.000Z';

let running: RunningService;
beforeAll(async () => {
  running = await startService(inSession);
});
afterAll(() => running.close());
beforeEach(async () => {
  running.setClock(inSession);
  await emptyTables(running.stores.database);
  for (const [index, symbol] of ['0101', '0102'].entries()) {
    await running.stores.bars.remove([symbol]);
    await addSymbol(running.stores, symbol, madeBars(index + 1, '2026-06-01', '2026-11-24'));
  }
});

const today = async (query = '') => todaySchema.parse((await running.get(`/v1/predictions/today${query}`)).body);
const day = async (symbol: string) =>
  symbolTodaySchema.parse((await running.get(`/v1/predictions/${symbol}/today`)).body);
const forecast = (change: Parameters<typeof sampleInDayPrediction>[0]) =>
  sampleInDayPrediction({ session: parseTradeDate(session), ...change });

/** One bar within the day. */
function barsFrom(begin: number) {
  const one = Float64Array.of(1000);
  return { times: Float64Array.of(begin), open: one, high: one, low: one, close: one, volume: Float64Array.of(100) };
}

describe('the forecasts of today', () => {
  it('are none before anything is published, for which each symbol has a reason', async () => {
    await running.stores.bars.mergeManyIntraday([
      { symbol: '0102', bars: barsFrom(Date.parse('2026-11-25T01:25:00.000Z')) },
    ]);
    expect(await today()).toEqual({
      session,
      horizon: null,
      horizons: [],
      predictions: [],
      withoutForecast: [
        { symbol: '0101', name: '架空0101', reason: 'needs-5-minute-bars' },
        { symbol: '0102', name: '架空0102', reason: 'not-published' },
      ],
    });
  });

  it('are of the newest horizon, or of the one that is asked for', async () => {
    await running.stores.inDayPredictions.save([
      forecast({ horizon: 'close@10:15', madeAt: '2026-11-25T01:15:02.000Z' }),
      forecast({ horizon: 'close@10:15', madeAt: '2026-11-25T01:15:02.000Z', symbol: parseSymbol('0102') }),
      forecast({ horizon: 'close@10:30', madeAt: '2026-11-25T01:30:02.000Z' }),
    ]);
    expect(await today()).toMatchObject({
      horizon: 'close@10:30',
      horizons: ['close@10:15', 'close@10:30'],
      predictions: [{ symbol: '0101', late: false, close: null, inside: null }],
      withoutForecast: [{ symbol: '0102', reason: 'needs-5-minute-bars' }],
    });
    await running.stores.bars.mergeManyIntraday([
      { symbol: '0102', bars: barsFrom(Date.parse('2026-11-25T01:30:00.000Z')) },
    ]);
    expect((await today('?horizon=close@10:30')).withoutForecast).toMatchObject([{ reason: 'no-trade-yet' }]);
    expect(await today('?horizon=close@10:15')).toMatchObject({
      predictions: [{ symbol: '0101' }, { symbol: '0102' }],
      withoutForecast: [],
    });
    expect((await today('?horizon=close@14:00')).withoutForecast).toHaveLength(2);
    expect((await today('?horizon=close@08:30')).withoutForecast).toMatchObject([
      { symbol: '0101', reason: 'not-published' },
      { symbol: '0102', reason: 'not-published' },
    ]);
  });

  it('say of themselves that they came late, and have the close once it is known', async () => {
    await running.stores.inDayPredictions.save([forecast({ madeAt: '2026-11-25T01:35:00.000Z' })]);
    expect((await today()).predictions).toMatchObject([{ late: true, close: null, centre: null }]);
    running.setClock(afterClose);
    await addSymbol(running.stores, '0101', madeBars(1, '2026-06-01', session));
    const [judged] = (await today()).predictions;
    const close = (await running.stores.bars.read('0101')).close.at(-1);
    expect(judged).toMatchObject({ close, inside: judged!.lower <= close! && close! <= judged!.upper });
  });

  it('are of the last session on a day without one', async () => {
    running.setClock('2026-11-28T01:00:00.000Z');
    expect((await today()).session).toBe('2026-11-27');
  });
});

describe('the day of a symbol', () => {
  it('has what was said in the evening and since, and every price that was paid', async () => {
    const open = Date.parse('2026-11-25T00:00:00.000Z');
    const column = (...values: readonly number[]) => Float64Array.from(values);
    const bars = {
      times: column(open - 86_400_000, open, open + 300_000),
      open: column(990, 1001, 1004),
      high: column(991, 1005, 1006),
      low: column(989, 1000, 1002),
      close: column(990, 1004, 1003),
      volume: column(100, 900, 400),
    };
    await running.stores.bars.mergeManyIntraday([{ symbol: '0101', bars }]);
    await running.stores.predictions.save([samplePrediction({ session: parseTradeDate(session) })]);
    const early = forecast({ horizon: 'close@open', madeAt: '2026-11-25T00:05:02.000Z' });
    await running.stores.inDayPredictions.save([forecast({}), early]);
    const found = await day('0101.T');
    expect(found).toMatchObject({ symbol: '0101', session, evening: { late: false, lastClose: 1234.5 }, close: null });
    expect(found.forecasts.map(({ horizon }) => horizon)).toEqual(['close@open', 'close@10:30']);
    expect(found.prices).toEqual([
      { at: '2026-11-25T00:00:00.000Z', price: 1001 },
      { at: '2026-11-25T00:05:00.000Z', price: 1004 },
      { at: '2026-11-25T00:10:00.000Z', price: 1003 },
    ]);
  });

  it('is empty before there is anything, and has the close after it', async () => {
    expect(await day('0102')).toMatchObject({ evening: null, forecasts: [], prices: [], close: null });
    running.setClock(afterClose);
    await addSymbol(running.stores, '0102', madeBars(2, '2026-06-01', session));
    expect((await day('0102')).close).toBe((await running.stores.bars.read('0102')).close.at(-1));
  });
});

describe('the live record by the time of the day', () => {
  const before = parseTradeDate('2026-11-24');
  const other = parseSymbol('0102');
  const byHorizon = async () => accuracySchema.parse((await running.get('/v1/accuracy')).body).liveByHorizon;

  it('counts what was published in time, beside the evening before, and nothing that came late', async () => {
    const [thursday, friday] = [parseTradeDate('2026-11-19'), parseTradeDate('2026-11-20')];
    const early = { session: before, previousSession: friday };
    const inTime = { ...early, madeAt: '2026-11-24T01:30:02.000Z' };
    const evening = { session: before, lastSession: friday, madeAt: '2026-11-20T09:00:00.000Z' };
    await running.stores.predictions.save([
      samplePrediction({ ...evening, lower: 1, upper: 2 }),
      samplePrediction({ session: friday, lastSession: thursday, madeAt: '2026-11-19T09:00:00.000Z' }),
    ]);
    await running.stores.inDayPredictions.save([
      forecast({ ...inTime, lower: 100, upper: 100 * Math.E ** 5 }),
      forecast({ ...inTime, lower: 1, upper: Math.E, symbol: other }),
      forecast({ ...early, horizon: 'close@10:45', madeAt: '2026-11-24T01:50:00.000Z' }),
      forecast({ madeAt: '2026-11-25T01:30:02.000Z' }),
    ]);
    const ofSession = { firstSession: before, lastSession: before, unjudged: 0, missing: 0, restated: 0 };
    const widthBp = (value: number) => expect.closeTo(value, 6) as number;
    expect(await byHorizon()).toEqual([
      { horizon: 'next-close', judged: 1, inside: 0, coverage: 0, meanWidthBp: widthBp(1e4 * Math.LN2), ...ofSession },
      { horizon: 'close@10:30', judged: 2, inside: 1, coverage: 0.5, meanWidthBp: widthBp(3e4), ...ofSession },
    ]);
  });

  it('is empty without forecasts within a day', async () => {
    expect(await byHorizon()).toEqual([]);
  });
});

describe('a forecast that cannot be made', () => {
  beforeEach(async () => {
    const created = sampleModel({ createdAt: '2026-11-24T07:00:00.000Z' });
    const { version } = await running.stores.models.register(created, Uint8Array.of(1));
    await running.stores.models.promote(version, 'promote', '2026-11-24T08:00:00.000Z');
  });

  const publish = async (body: object = {}) => {
    const { predictions, withoutForecast } = routes.publishToday.answers[200].parse(
      (await running.post('/v1/predictions/today', body)).body,
    );
    expect(predictions).toEqual([]);
    return withoutForecast.map(({ symbol, reason }) => `${symbol} ${reason}`);
  };
  const addBarsOf = async (symbol: string, begin: string) =>
    running.stores.bars.mergeManyIntraday([{ symbol, bars: barsFrom(Date.parse(begin)) }]);

  it('has no bars of the session, of any symbol or of its own', async () => {
    expect(await publish()).toEqual(['0101 needs-5-minute-bars', '0102 needs-5-minute-bars']);
    await addBarsOf('0101', '2026-11-24T01:00:00.000Z');
    expect(await publish()).toEqual(['0101 needs-5-minute-bars', '0102 needs-5-minute-bars']);
    // It traded after the time of the forecast.
    await addBarsOf('0101', '2026-11-25T01:30:00.000Z');
    expect(await publish()).toEqual(['0101 no-trade-yet', '0102 needs-5-minute-bars']);
    expect(await publish({ symbols: ['0102.T'] })).toEqual(['0102 needs-5-minute-bars']);
  });

  it('lacks the session in America before the open, or the bars of the session before', async () => {
    expect(await publish({ horizon: 'close@08:30' })).toEqual(['0101 needs-us-session', '0102 needs-us-session']);
    running.setClock('2026-11-26T01:31:00.000Z');
    expect(await publish()).toEqual(['0101 bars-behind', '0102 bars-behind']);
    // With the bars of its own day, which it does not look at.
    for (const symbol of ['0101', '0102'])
      await addSymbol(running.stores, symbol, madeBars(1, '2026-06-01', '2026-11-26'));
    expect(await publish()).toEqual(['0101 needs-5-minute-bars', '0102 needs-5-minute-bars']);
  });
});
