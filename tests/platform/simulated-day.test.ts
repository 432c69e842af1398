import { dailyReportSchema, symbolTodaySchema } from '@daytrade/contracts';
import { horizonTime, type InDayHorizon, inDayHorizonsOf, instantOf, lateFrom, parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimulatedPlatform, type SimulatedHost, type SimulatedPlatform } from '../support/simulated-platform.ts';

const session = parseTradeDate('2026-11-25');
const japan = (time: string) => new Date(instantOf(session, time)).toISOString();
/** Times of the day of whose bars something is known; 08:30 is there where there is an index of America. */
const knowsBars = (horizon: InDayHorizon) => horizon !== 'close@08:30';
const horizons = inDayHorizonsOf(session).filter(knowsBars);
const symbols = 10;

let platform: SimulatedPlatform;
let host: SimulatedHost;

beforeAll(async () => {
  platform = await openSimulatedPlatform(japan('08:25'));
  host = platform.host;
  await platform.run('data', '/v1/fetches', {
    provider: 'synthetic',
    symbols,
    seed: 7,
    from: '2025-01-06',
    fiveMinuteSessions: 60,
  });
  await platform.run('ml', '/v1/trainings', {});
  expect((await host.services.ml.inject({ method: 'POST', url: '/v1/predictions' })).statusCode).toBe(200);
  await platform.startScheduler();
  await platform.moveTo(japan('17:00'));
});
afterAll(() => platform.close());

const forecasts = (horizon: InDayHorizon) => host.stores.inDayPredictions.ofHorizon({ session, horizon }, true);

describe('a day of trading on a simulated clock', () => {
  it('runs every job at every due time, once, and each succeeds', async () => {
    const runs = await host.stores.runs.list({ limit: 1_000, scheduledOnly: true });
    expect(runs.filter(({ status }) => status !== 'succeeded')).toEqual([]);
    const ofDay = runs.filter(({ scheduledFor }) => scheduledFor! >= japan('00:00'));
    const counts = Map.groupBy(ofDay, ({ key }) => key.split('/')[0]);
    expect(Object.fromEntries([...counts].map(([job, of]) => [job, of.length]))).toEqual({
      'market-preparation': 1,
      'data-update': 66,
      prediction: 22,
      'paper-pre-open': 1,
      'opening-prediction': 1,
      'paper-open': 1,
      'paper-lunch': 1,
      'midday-update': 1,
      'midday-prediction': 1,
      'paper-pre-close': 1,
      'closing-update': 1,
      'paper-close': 1,
      report: 1,
      'evening-update': 1,
      'evening-prediction': 1,
      'evening-report': 1,
      'paper-evening': 1,
    });
  });

  it('publishes every time of the day before it is over, for every symbol that has traded, and none twice', async () => {
    for (const horizon of horizons) {
      const published = await forecasts(horizon);
      expect(published.length, horizon).toBeGreaterThan(symbols / 2);
      for (const { madeAt, knownAt } of published) {
        expect(Date.parse(madeAt), horizon).toBeLessThan(lateFrom(session, horizon));
        expect(Date.parse(knownAt), horizon).toBeLessThanOrEqual(horizonTime(session, horizon));
      }
      expect(new Set(published.map(({ symbol }) => symbol)).size).toBe(published.length);
    }
    const published = await host.stores.inDayPredictions.ofSession(session, true);
    expect(published.filter(knowsBars)).toEqual(horizons);
  });

  it('narrows through the day, from the width of the open to that before the close', async () => {
    const width = async (horizon: InDayHorizon) => {
      const of = await forecasts(horizon);
      return of.reduce((sum, { lower, upper }) => sum + Math.log(upper / lower), 0) / of.length;
    };
    const [open, noon, last] = [await width('close@open'), await width('close@11:30'), await width('close@15:15')];
    expect(noon).toBeLessThan(open);
    expect(last).toBeLessThan(0.6 * noon);
  });

  it('has the close of the day in the report of 16:00', async () => {
    const report = await host.services.ml.inject(`/v1/reports/${session}/figures?revision=1`);
    const { madeAt, predictions } = dailyReportSchema.parse(report.json());
    expect(madeAt).toBe(japan('16:00'));
    expect(predictions).toHaveLength(symbols);
    expect(predictions.filter(({ close }) => close === null)).toEqual([]);
  });

  it('shows the day of a symbol: what was said, what was paid, and where it closed', async () => {
    const [first] = await forecasts('close@15:15');
    const answer = await host.services.ml.inject(`/v1/predictions/${first!.symbol}/today`);
    const day = symbolTodaySchema.parse(answer.json());
    expect(day.evening).toMatchObject({ session, late: false });
    const said = day.forecasts.map(({ horizon }) => horizon).filter(knowsBars);
    expect(said).toEqual(horizons.slice(-said.length));
    expect(day.close).toBe(day.prices.at(-1)?.price);
    expect(day.forecasts.every(({ close }) => close === day.close)).toBe(true);
  });
});
