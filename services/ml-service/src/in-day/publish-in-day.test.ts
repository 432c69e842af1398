// @module-tag long
import { inDayPublicationSchema, type Model, problemSchema, todaySchema } from '@daytrade/contracts';
import {
  addDays,
  dayNumber,
  indexClosedReason,
  instantOf,
  isOnTick,
  japanTime,
  parseSymbol,
  parseTradeDate,
  roundToTick,
} from '@daytrade/market';
import { buildPanel, type IntradayColumns, mapBars } from '@daytrade/series';
import { noiseIntradayBars } from '@daytrade/series/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, between, madeBars, type RunningService, registerAgain, startService } from '../app.fixture.ts';

const symbols = Array.from({ length: 12 }, (_, index) => String(101 + index).padStart(4, '0'));
const [start, before, session] = ['2024-08-01', '2026-11-24', '2026-11-25'] as const;
const japan = (time: string, day: string = session) => new Date(instantOf(parseTradeDate(day), time)).toISOString();

/** A symbol whose opening auctions, above all other prices, are in no 5-minute bar of the finished sessions. */
const withoutAuction = '0103';

/** 5-minute bars from 2026-08-01 that lead from the open to the close of each daily bar. */
const intraday = new Map(
  symbols.map((symbol, index) => {
    const bars = madeBars(index + 1, start, session);
    const panel = buildPanel([
      { symbol: { symbol: parseSymbol(symbol), tickTable: 'standard', priceBasis: 'traded' }, bars },
    ]);
    const all = between(noiseIntradayBars(panel, index)[0]!, Date.parse('2026-08-01'));
    return [symbol, symbol === withoutAuction ? lessAuctions(all) : all];
  }),
);

/** Without a price in the bars of 09:00, as over lunch; those of the running session are whole. */
function lessAuctions(bars: IntradayColumns): IntradayColumns {
  const isLacking = (time: number) => time < Date.parse(japan('09:00')) && japanTime(time).startsWith('09:00');
  const less = (prices: Float64Array) => prices.map((price, i) => (isLacking(bars.times[i]!) ? NaN : price));
  return { ...bars, open: less(bars.open), high: less(bars.high), low: less(bars.low), close: less(bars.close) };
}

async function addDaily(to: string): Promise<void> {
  for (const [index, symbol] of symbols.entries()) {
    const bars = madeBars(index + 1, start, to);
    const auction = bars.high.map((price) => roundToTick(price * 1.01, 'standard', 'up'));
    await addSymbol(
      running.stores,
      symbol,
      symbol === withoutAuction ? { ...bars, open: auction, high: auction } : bars,
    );
  }
}

let running: RunningService;
let model: Model;
beforeAll(async () => {
  running = await startService(japan('18:00', before));
  await addDaily(before);
  await addIntraday(japan('15:30', before));
  await addNasdaq('2023-12-01', '2026-11-23');
  expect((await running.runBy('/v1/trainings', {})).error).toBeNull();
  model = (await running.stores.models.live())!;
  expect((await running.post('/v1/predictions')).status).toBe(200);
});
afterAll(() => running.close());

/** A symbol whose daily prices were adjusted for a split of 1 to 4 since, and its 5-minute prices were not. */
const split = { symbol: '0102', factor: 4 };

/** The bars of all symbols but the last that have ended by an instant; the last one has none. */
async function addIntraday(until: string): Promise<void> {
  for (const symbol of symbols.slice(0, -1)) {
    const bars = between(intraday.get(symbol)!, 0, Date.parse(until));
    const traded = (price: number) => (symbol === split.symbol ? price * split.factor : price);
    const moved = { ...bars, ...mapBars(bars, (column, name) => (name === 'volume' ? column : column.map(traded))) };
    await running.stores.bars.mergeManyIntraday([{ symbol, bars: moved }]);
  }
}

/** Closes of the Nasdaq of all days in New York from one to another: one that rises and falls. */
async function addNasdaq(from: string, to: string): Promise<void> {
  const values = Array.from({ length: 1_200 }, (_, day) => addDays(parseTradeDate(from), day))
    .filter((date) => date <= to && indexClosedReason('nasdaq', date) === undefined)
    .map((date) => ({ date, value: 15_000 * Math.exp(0.02 * Math.sin(dayNumber(date))) }));
  const origin = { source: 'a test', fetchedAt: japan('18:00', before) };
  await running.stores.indices.merge({ name: 'nasdaq', synthetic: true }, values, origin);
}

const post = async (body: object) =>
  inDayPublicationSchema.parse((await running.post('/v1/predictions/today', body)).body);
const problem = async (body: object) => problemSchema.parse((await running.post('/v1/predictions/today', body)).body);
const today = async (query = '') => todaySchema.parse((await running.get(`/v1/predictions/today${query}`)).body);
const barAt = (symbol: string, time: string) => {
  const { times, open, close } = intraday.get(symbol)!;
  const bar = times.indexOf(Date.parse(japan(time)));
  return { open: open[bar]!, close: close[bar]! };
};

// One day, told forward: each test goes on from the one before.

describe('a day of forecasts', () => {
  it('has none at 08:30 while it is not known how the night in America ended', async () => {
    running.setClock(japan('08:30'));
    const { horizon, predictions, withoutForecast } = await post({});
    expect({ horizon, predictions }).toEqual({ horizon: 'close@08:30', predictions: [] });
    expect(withoutForecast.map(({ reason }) => reason)).toEqual(symbols.map(() => 'needs-us-session'));
    expect(await problem({ horizon: 'close@open' })).toMatchObject({ code: 'prediction.too-early' });
  });

  it('begins with the previous close of every symbol, and with that night', async () => {
    await addNasdaq('2026-11-24', '2026-11-24');
    running.setClock(japan('08:31'));
    const { predictions, withoutForecast } = await post({});
    expect(withoutForecast).toEqual([]);
    for (const { symbol, price, previousClose, knownAt, late } of predictions) {
      expect(previousClose).toBe((await running.stores.bars.read(symbol)).close.at(-1));
      expect({ price, knownAt, late }).toEqual({ price: previousClose, knownAt: japan('15:30', before), late: false });
    }
  });

  it('says what is missing while there is no bar of the day', async () => {
    running.setClock(japan('09:05'));
    const { predictions, withoutForecast } = await post({});
    expect(predictions).toEqual([]);
    expect(withoutForecast.map(({ reason }) => reason)).toEqual(symbols.map(() => 'needs-5-minute-bars'));
  });

  it('at the open knows the opening price and nothing that was paid after it', async () => {
    await addIntraday(japan('09:05'));
    const { predictions, withoutForecast, horizons } = await post({ horizon: 'close@open' });
    expect(horizons).toEqual(['close@08:30', 'close@open']);
    expect(predictions.map(({ symbol }) => symbol)).toEqual(symbols.slice(0, -1));
    expect(withoutForecast).toMatchObject([{ symbol: '0112', reason: 'needs-5-minute-bars' }]);
    for (const forecast of predictions) {
      expect(forecast).toMatchObject({
        session,
        knownAt: japan('09:00'),
        price: expect.closeTo(barAt(forecast.symbol, '09:00').open, 6) as number,
        previousSession: before,
        madeAt: japan('09:05'),
        modelVersion: model.version,
        late: false,
        close: null,
      });
      expect(forecast.lower).toBeLessThan(forecast.price);
      expect(forecast.upper).toBeGreaterThan(forecast.price);
      expect(isOnTick(forecast.lower, 'standard') && isOnTick(forecast.upper, 'standard')).toBe(true);
    }
  });

  it('publishes the horizon of its due time by the job, once, and needs no symbol to be named', {
    tags: ['long'],
  }, async () => {
    running.setClock(japan('10:31'));
    await addIntraday(japan('10:30'));
    const run = await running.runJob('prediction');
    expect(run.error).toBeNull();
    const counts = {
      session,
      horizons: ['close@10:30'],
      withoutForecast: [{ reason: 'needs-5-minute-bars', symbols: 1 }],
    };
    expect(run.result).toMatchObject({ predictions: 11, added: 11, ...counts });
    expect((await running.runJob('prediction')).result).toMatchObject({ predictions: 11, added: 0, ...counts });
    const { predictions } = await today();
    expect(predictions[0]).toMatchObject({
      horizon: 'close@10:30',
      knownAt: japan('10:30'),
      madeAt: japan('10:31'),
    });
    // Prices that were traded, whatever the bars of the sessions before lack.
    for (const { symbol, price } of predictions) {
      if (symbol === split.symbol) expect(price).toBeCloseTo(barAt(symbol, '10:25').close, 6);
      else expect(price, symbol).toBe(barAt(symbol, '10:25').close);
    }
  });

  it('is narrower the later it is', async () => {
    running.setClock(japan('15:15'));
    await addIntraday(japan('15:15'));
    const late = (await post({})).predictions;
    const early = (await today('?horizon=close@open')).predictions;
    const width = (of: typeof late) =>
      of.reduce((sum, { upper, lower }) => sum + Math.log(upper / lower), 0) / of.length;
    expect(width(late)).toBeLessThan(0.7 * width(early));
  });

  it('is not published under a clock that was set back to when it would have been in time', async () => {
    running.setClock(japan('10:16'));
    expect(await problem({ horizon: 'close@10:15' })).toMatchObject({
      code: 'data.clock-skew',
      detail: expect.stringContaining(japan('15:15')),
    });
    running.setClock(japan('15:15'));
    expect((await today()).horizons).not.toContain('close@10:15');
  });

  it('is judged when the close is there, and counted where it was in time', async () => {
    running.setClock(japan('18:00'));
    await addIntraday(japan('15:30'));
    await addDaily(session);
    const judged = (await today()).predictions;
    const closes = await Promise.all(
      symbols.map(async (symbol) => (await running.stores.bars.read(symbol)).close.at(-1)),
    );
    expect(judged.map(({ close }) => close)).toEqual(closes.slice(0, -1));
    const { liveByHorizon } = (await running.get('/v1/accuracy')).body as { liveByHorizon: { horizon: string }[] };
    expect(liveByHorizon.map(({ horizon }) => horizon)).toEqual([
      'next-close',
      'close@08:30',
      'close@open',
      'close@10:30',
      'close@15:15',
    ]);
    expect(await problem({})).toMatchObject({ code: 'prediction.session-over' });
  });

  it('is reconstructed later from what was known then: not from the day itself, and it says so', async () => {
    const stood = (await today('?horizon=close@10:30')).predictions;
    const again = await registerAgain(running.stores, model, japan('18:00'));
    await running.stores.models.promote(again.version, 'promote', japan('18:00'));
    const rebuilt = (await post({ horizon: 'close@10:30' })).predictions;
    const said = (of: typeof stood) =>
      of.map(({ symbol, price, lower, centre, upper }) => [symbol, price, lower, centre, upper]);
    expect(said(rebuilt)).toEqual(said(stood));
    expect(rebuilt.every(({ late, modelVersion }) => late && modelVersion === again.version)).toBe(true);
    expect((await today('?horizon=close@10:30')).predictions).toEqual(stood);
  });
});
