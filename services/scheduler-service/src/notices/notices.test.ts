import { type Notice, noticeKinds, noticeListSchema, noticeTestSchema, parseSettings } from '@daytrade/contracts';
import type { Run } from '@daytrade/jobs';
import { clockAt, queueOn } from '@daytrade/jobs/testing';
import { parseTradeDate } from '@daytrade/market';
import { openChannels } from '@daytrade/notices';
import { type HttpReceiver, startHttpReceiver } from '@daytrade/notices/testing';
import { createLogger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import {
  emptyTables,
  newStores,
  sampleInDayPrediction,
  sampleModel,
  samplePrediction,
  sampleReport,
  sampleRun,
  sampleSymbol,
} from '@daytrade/storage/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSchedulerService } from '../app.ts';
import { yen } from './findings.ts';
import { noticeRound } from './notice-round.ts';

const session = parseTradeDate('2026-11-25');
/** Wednesday, 08:55 in Japan. */
const morning = Date.parse('2026-11-24T23:55:00Z');

let now: number;
let stores: Stores;
let receiver: HttpReceiver;
const warnings: string[] = [];
const clock = clockAt(() => now);

beforeAll(async () => {
  now = morning;
  stores = await newStores(() => clock.now());
});
afterAll(() => stores.close());
beforeEach(async () => {
  now = morning;
  warnings.length = 0;
  await emptyTables(stores.database);
  receiver = await startHttpReceiver();
});
afterEach(() => receiver[Symbol.asyncDispose]());

const settingsOf = (more: Readonly<Record<string, string>> = {}) =>
  parseSettings({
    DAYTRADE_NOTICE_WEBHOOK_URL: receiver.url,
    DAYTRADE_NOTICE_WEBHOOK_KEY: 'a-key-of-at-least-24-characters',
    ...more,
  });

async function round(more: Readonly<Record<string, string>> = {}): Promise<void> {
  const settings = settingsOf(more);
  const destination = { write: (line: string) => void warnings.push(line) };
  const parts = { stores, settings, clock, logger: createLogger({ level: 'warn', destination }) };
  await noticeRound(parts, await openChannels(settings));
}

const sent = () => receiver.received.map(({ body }) => JSON.parse(body) as Notice & { readonly id: string });
const passMinutes = (minutes: number) => {
  now += 60_000 * minutes;
};

async function endRun(id: string, change: Partial<Run>): Promise<void> {
  const at = new Date(now).toISOString();
  const error = { code: 'data.no-bars', message: 'there are no bars yet', details: {} };
  const ended = { key: id, status: 'failed', attempt: 2, maxAttempts: 2, payload: {}, error } as const;
  await stores.runs.create(sampleRun({ id, ...ended, queuedAt: at, startedAt: at, finishedAt: at, ...change }));
}

const addSymbol = (lastDate: string) =>
  stores.symbols.upsertMany([sampleSymbol({ priceBasis: 'split-adjusted', lastDate: parseTradeDate(lastDate) })]);

const predict = () =>
  stores.predictions.save([
    samplePrediction({
      session,
      lastClose: 1000,
      lower: 970,
      upper: 1030.5,
      priceBasis: 'split-adjusted',
      madeAt: '2026-11-24T23:31:00.000Z',
    }),
  ]);

const prepared = {
  update: { updated: [], unchanged: [], failed: [] },
  asOf: '2026-11-24',
  selected: [
    { symbol: '0101', name: '架空電機', score: 80 },
    { symbol: '0102', name: '架空自動車', score: 70 },
  ],
  predictionRun: null,
};

describe('a notice', () => {
  it('is sent once for a job and a day, across rounds and two processes', async () => {
    await endRun('r-1', {});
    await endRun('r-2', {});
    await Promise.all([round(), round()]);
    await round();
    expect(sent()).toMatchObject([
      { id: 'run-failed/training/2026-11-25', title: 'The job training failed', facts: { code: 'data.no-bars' } },
    ]);
    expect(await stores.notices.list(10)).toMatchObject([{ status: 'sent', attempts: 1, error: null }]);
  });

  it('is tried again with patience, and given up in the end', async () => {
    receiver.answer = 500;
    await endRun('r-1', {});
    await round();
    await round();
    expect(receiver.received).toHaveLength(1);
    expect(await stores.notices.list(10)).toMatchObject([
      { status: 'waiting', attempts: 1, error: expect.stringMatching(/it answered 500$/) },
    ]);
    for (const minutes of [1, 5, 15, 30, 60, 60, 60]) {
      passMinutes(minutes);
      await round();
    }
    expect(receiver.received).toHaveLength(6);
    expect(await stores.notices.list(10)).toMatchObject([{ status: 'failed', attempts: 6 }]);
  });

  it('is tried again at its time and not a second before', async () => {
    receiver.answer = 500;
    await endRun('r-1', {});
    await round();
    for (const [index, seconds] of [60, 300, 900, 1_800, 3_600].entries()) {
      now += 1_000 * (seconds - 1);
      await round();
      expect(receiver.received).toHaveLength(index + 1);
      now += 1_000;
      await round();
      expect(receiver.received).toHaveLength(index + 2);
    }
  });

  it('is one of ten at most that a receiver gets in a round', async () => {
    for (let count = 1; count <= 12; count += 1) await endRun(`r-${count}`, { job: `job-${count}` });
    await round();
    expect(receiver.received).toHaveLength(10);
    await round();
    expect(receiver.received).toHaveLength(12);
  });

  it('of a failed run says which run, why, and when it was, and of no older one than a day', async () => {
    await endRun('r-old', { job: 'fetch', queuedAt: new Date(now - 86_400_001).toISOString() });
    await endRun('r-day', { job: 'import', queuedAt: new Date(now - 86_400_000).toISOString() });
    await endRun('r-1', { status: 'timed-out', error: null });
    await round();
    expect(sent().map(({ subject, synthetic, facts }) => ({ subject, synthetic, facts }))).toEqual([
      {
        subject: 'import/2026-11-25',
        synthetic: false,
        facts: { run: 'r-day', job: 'import', attempt: 2, code: 'data.no-bars', message: 'there are no bars yet' },
      },
      {
        subject: 'training/2026-11-25',
        synthetic: false,
        facts: { run: 'r-1', job: 'training', attempt: 2, code: null, message: null },
      },
    ]);
  });

  it('is not sent of a kind that is not wanted', async () => {
    await endRun('r-1', {});
    await round({ DAYTRADE_NOTICES: 'bars-old,morning-list' });
    await round({ DAYTRADE_NOTICES: 'none' });
    expect(sent()).toEqual([]);
    expect([...noticeKinds]).toContain('run-failed');
  });
});

describe('what readers are to know', () => {
  it('is that bars are too old, once for each session', async () => {
    await addSymbol('2026-11-20');
    await round();
    expect(sent()).toEqual([]);
    now = Date.parse('2026-11-25T06:31:00Z');
    await round();
    passMinutes(30);
    await round();
    expect(sent()).toMatchObject([{ id: 'bars-old/2026-11-25', synthetic: true, facts: { sessionsBehind: 2 } }]);
    expect(sent()[0]?.lines[0]).toMatch(/^SYNTHETIC/);
  });

  it('is that nothing is published before the open, where there is a live model', async () => {
    await addSymbol('2026-11-24');
    await round();
    expect(sent()).toEqual([]);
    const { version } = await stores.models.register(sampleModel(), Uint8Array.of(1));
    await stores.models.promote(version, 'promote', new Date(now).toISOString());
    now = Date.parse('2026-11-24T23:49:00Z');
    await round();
    expect(sent()).toEqual([]);
    passMinutes(1);
    await round();
    expect(sent()).toMatchObject([{ id: 'no-prediction/2026-11-25', facts: { session } }]);
  });

  it('is that the coverage of a full window left its bounds', async () => {
    await addSymbol('2026-11-24');
    const window = (sessions: number, judgedSessions: number, inside: number) => ({
      sessions,
      judgedSessions,
      judged: 100,
      inside,
      coverage: inside / 100,
      band: { low: 0.88, high: 0.97 },
    });
    // One outside, one that is not full, one that has no bounds, and one of which nothing was judged.
    const windows = [
      window(20, 20, 79),
      window(60, 59, 10),
      window(250, 250, 10),
      { ...window(60, 60, 0), coverage: null },
    ];
    const coverage = { ...sampleReport().coverage, day: window(1, 1, 50), windows };
    await stores.reports.save(sampleReport({ predictions: [], coverage }));
    await round();
    await round();
    expect(sent()).toMatchObject([
      { id: 'coverage-outside/2026-11-24/20', title: 'Coverage over 20 sessions is 79.0 %', facts: { low: 0.8 } },
    ]);
  });

  it('is the list of the morning, in the language of the settings', async () => {
    await addSymbol('2026-11-24');
    await endRun('r-1', { job: 'market-preparation', status: 'succeeded', error: null, result: prepared });
    await round();
    expect(sent()).toEqual([]);
    await predict();
    await round({ DAYTRADE_REPORT_LANGUAGE: 'ja' });
    await round();
    expect(sent()).toMatchObject([{ id: 'morning-list/2026-11-25', title: '2026-11-25 の予測区間' }]);
    expect(sent()[0]?.lines).toEqual([
      expect.stringContaining('合成データ'),
      '0101 架空電機: 970〜1,030.5 円（前日終値 1,000）; 調整後の価格。注文の指値には使えません',
      '0102 架空自動車: 区間なし',
      '2026-11-24: まだ判定されていません。',
      expect.stringContaining('利益の約束でもありません'),
    ]);
  });

  it.each([
    ['2026-11-25T06:29:59Z', ['no-prediction']],
    ['2026-11-25T06:30:00Z', []],
    ['2026-11-29T00:00:00Z', []],
  ])('is at %s, of a missing prediction: %j', async (instant, expected) => {
    await addSymbol('2026-11-24');
    const { version } = await stores.models.register(sampleModel(), Uint8Array.of(1));
    await stores.models.promote(version, 'promote', new Date(now).toISOString());
    now = Date.parse(instant);
    await round({ DAYTRADE_NOTICES: 'no-prediction,morning-list' });
    expect(sent().map(({ kind }) => kind)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['2026-11-25T06:29:59Z', ['morning-list/2026-11-25']],
    ['2026-11-25T06:30:00Z', []],
  ])('is at %s, of the morning: %j', async (instant, expected) => {
    await addSymbol('2026-11-24');
    await endRun('r-1', { job: 'market-preparation', status: 'succeeded', error: null, result: prepared });
    await predict();
    now = Date.parse(instant);
    await round({ DAYTRADE_NOTICES: 'morning-list' });
    expect(sent().map(({ id }) => id)).toEqual(expected);
  });

  it.each([
    [0, ['2026-11-24: not judged yet.'], null],
    [1, ['2026-11-24: 1 of 1 closes inside.', 'Outside: 0101.'], { judged: 1, inside: 1, outside: ['0101'] }],
  ])('is how the last session ended, in the list of the morning: %i judged', async (judged, lines, facts) => {
    await addSymbol('2026-11-24');
    const result = { ...prepared, selected: [] };
    await endRun('r-1', { job: 'market-preparation', status: 'succeeded', error: null, result });
    await predict();
    const { coverage, predictions } = sampleReport();
    const [prediction] = predictions;
    const insides = [
      { ...prediction!, symbol: '0101', inside: false },
      { ...prediction!, symbol: '0102', inside: true },
      { ...prediction!, symbol: '0103', inside: null },
    ];
    const day = { ...coverage.day, judgedSessions: judged, judged, inside: judged };
    await stores.reports.save(sampleReport({ predictions: insides, coverage: { ...coverage, day } }));
    await round({ DAYTRADE_NOTICES: 'morning-list' });
    const [notice] = sent();
    expect(notice?.lines.slice(1, -1)).toEqual(['No symbol was selected.', ...lines]);
    expect(notice?.facts).toEqual({
      session,
      symbols: [],
      judged: facts && { session: '2026-11-24', ...facts },
    });
    expect(warnings).toEqual([]);
  });

  it('is the list of the morning with what the night in America says, once the run that predicts has ended', async () => {
    await addSymbol('2026-11-24');
    await endRun('r-2', { job: 'prediction', status: 'running', error: null });
    const result = { ...prepared, predictionRun: 'r-2' };
    await endRun('r-1', { job: 'market-preparation', status: 'succeeded', error: null, result });
    await predict();
    await round();
    expect(sent()).toEqual([]);
    await stores.runs.update({ id: 'r-2', attempt: 2, status: 'running' }, { status: 'succeeded' });
    const known = {
      session,
      horizon: 'close@08:30',
      previousClose: 1000,
      price: 1000,
      lower: 980,
      upper: 1020,
    } as const;
    await stores.inDayPredictions.save([
      sampleInDayPrediction({ ...known, madeAt: '2026-11-24T23:31:00.000Z', priceBasis: 'traded' }),
    ]);
    await round();
    expect(sent()[0]?.lines[1]).toMatch(/^0101 架空電機: 980 – 1,020 yen .*; knows the night in America/);
    expect(sent()[0]?.facts).toMatchObject({ symbols: [{ symbol: '0101', horizon: 'close@08:30', lower: 980 }] });
  });
});

it('tells once of a named symbol whose price left the interval that stood before', async () => {
  await addSymbol('2026-11-24');
  await predict();
  const at = (horizon: 'close@open' | 'close@10:30', price: number, madeAt: string) =>
    sampleInDayPrediction({ session, horizon, price, lower: price - 10, upper: price + 10, madeAt });
  await stores.inDayPredictions.save([
    at('close@open', 1030.5, '2026-11-25T00:01:00.000Z'),
    at('close@10:30', 1041, '2026-11-25T01:31:00.000Z'),
  ]);
  passMinutes(120);
  await round({ DAYTRADE_NOTICE_SYMBOLS: '0102' });
  await round();
  expect(sent().filter(({ kind }) => kind === 'price-outside')).toEqual([]);
  for (const _ of [1, 2]) await round({ DAYTRADE_NOTICE_SYMBOLS: '7203,0101' });
  expect(sent().filter(({ kind }) => kind === 'price-outside')).toMatchObject([
    {
      subject: '2026-11-25/0101',
      title: '0101 架空電機: 1,041 yen, outside its interval',
      facts: { horizon: 'close@10:30', price: 1041, upper: 1040.5 },
    },
  ]);
});

it.each([
  [1000, '1,000'],
  [1030.5, '1,030.5'],
  [0.25, '0.3'],
  [1_234_567.04, '1,234,567.0'],
])('writes a price of %d yen as %s', (price, text) => {
  expect(yen(price)).toBe(text);
});

describe('the routes', () => {
  it('test the way to a reader, and show without sending what they would send', async () => {
    const queue = queueOn(stores.runs, clock);
    const logger = createLogger({ level: 'silent' });
    const settings = settingsOf();
    const service = await createSchedulerService({ settings, version: '1', stores, queue, clock, logger });
    const test = async (payload: object) =>
      noticeTestSchema.parse((await service.inject({ method: 'POST', url: '/v1/notices/test', payload })).json());
    const dry = await test({ dryRun: true });
    expect(receiver.received).toEqual([]);
    const real = await test({});
    expect(real.deliveries).toMatchObject([{ channel: 'webhook', sent: true, error: null }]);
    expect(dry.deliveries[0]).toMatchObject({ body: receiver.received[0]?.body, sent: false });
    expect(receiver.received[0]?.headers).toMatchObject(dry.deliveries[0]?.headers ?? { never: '' });
    expect(JSON.parse(dry.deliveries[0]?.body ?? '')).toMatchObject({ kind: 'test', synthetic: false, facts: {} });
    receiver.answer = 500;
    expect((await test({})).deliveries).toMatchObject([
      { channel: 'webhook', sent: false, error: expect.stringMatching(/it answered 500$/) },
    ]);
    expect(JSON.stringify(dry)).not.toContain('secret-path');
    expect(noticeListSchema.parse((await service.inject('/v1/notices')).json()).notices).toEqual([]);
    await service.close();
  });
});
