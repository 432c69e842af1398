import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dailyReportSchema, parseSettings, runAcceptedSchema, symbolTodaySchema } from '@daytrade/contracts';
import { createDataService } from '@daytrade/data-service';
import { horizonTime, type InDayHorizon, inDayHorizonsOf, instantOf, lateFrom, parseTradeDate } from '@daytrade/market';
import { Computations, createMlService } from '@daytrade/ml-service';
import { createSchedulerService } from '@daytrade/scheduler-service';
import { type Embedded, embedded, type Host, openHost } from '@daytrade/service-host';
import { createLogger } from '@daytrade/service-kit';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/stepped-clock.ts';

const session = parseTradeDate('2026-11-25');
const japan = (time: string) => new Date(instantOf(session, time)).toISOString();
/** Times of the day of whose bars something is known; 08:30 is there where there is an index of America. */
const knowsBars = (horizon: InDayHorizon) => horizon !== 'close@08:30';
const horizons = inDayHorizonsOf(session).filter(knowsBars);
const symbols = 12;

let host: Host<Embedded, 'data' | 'ml' | 'scheduler'>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulated-day-'));
  const clock = new SteppedClock(japan('08:25'));
  const state = { DAYTRADE_STATE_DIR: await newState(join(folder, 'state')), DAYTRADE_SCHEDULER_PORT: 0 };
  host = await openHost({
    settings: { ...parseSettings({}), ...state },
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    clock,
    random: Math.random,
    open: embedded({
      purpose: 'a simulated day',
      onLost: (error) => {
        throw error;
      },
      onNewer: () => undefined,
    }),
    parts: [
      ['data', createDataService],
      [
        'ml',
        (context) => {
          const computations = new Computations(2);
          context.opening.defer(() => computations.close());
          return createMlService({ ...context, computations });
        },
      ],
      ['scheduler', createSchedulerService],
    ],
  });
  await host.queue.start();
  await runBy('data', '/v1/fetches', { provider: 'synthetic', symbols, seed: 7, from: '2025-01-06' });
  await runBy('ml', '/v1/trainings', {});
  expect((await host.services.ml.inject({ method: 'POST', url: '/v1/predictions' })).statusCode).toBe(200);
  await host.listen('scheduler');
  await clock.moveTo(japan('17:00'), settled);
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

async function runBy(service: 'data' | 'ml', url: string, payload: object): Promise<void> {
  const answer = await host.services[service].inject({ method: 'POST', url, payload });
  const run = await host.queue.finished(runAcceptedSchema.parse(answer.json()).run.id);
  expect(run.error).toBeNull();
}

/** Waits until no run is under way, and what a tick of the scheduler asks the database for has come. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await sleep(3);
    if ((await host.stores.runs.unfinished()).some(({ status }) => status !== 'waiting')) quiet = -1;
  }
}

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
      'opening-prediction': 1,
      'midday-update': 1,
      'midday-prediction': 1,
      'closing-update': 1,
      report: 1,
      'evening-update': 1,
      'evening-prediction': 1,
      'evening-report': 1,
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
