import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FetchRequest, parseSettings } from '@daytrade/contracts';
import { parseTradeDate, type TradeDate } from '@daytrade/market';
import { providerOf } from '@daytrade/market-data';
import { jquantsStandIn, startReplayServer } from '@daytrade/market-data/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKey, type RunningDataService, startDataService, startWithJQuants } from './data-service.fixture.ts';
import { providerContext } from './provider-context.ts';

const from = parseTradeDate('2025-01-06');
/** Half past four in Japan, when the bars of the day are there. */
const instant = '2025-06-02T07:30:00Z';
const answers = jquantsStandIn({ symbols: 5, from, to: '2025-06-30', apiKey });
const server = await startReplayServer(answers);
const folder = await mkdtemp(join(tmpdir(), 'jquants-'));
const keyFile = join(folder, 'key');
await writeFile(keyFile, `${apiKey}\n`);
const running = await startDataService(instant, {
  // On this plan there is nothing to wait for.
  DAYTRADE_JQUANTS_PLAN: 'premium',
  DAYTRADE_JQUANTS_URL: server.url,
  DAYTRADE_JQUANTS_API_KEY_FILE: keyFile,
});
afterAll(async () => {
  await running.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What was asked about bars; the calendar and the reports come beside them. */
const asked = () =>
  server.requests.filter(({ path }) => !/calendar|summary|dividend/.test(path)).map(({ query }) => query);
const request = { provider: 'jquants', from } as const;

describe('POST /v1/fetches for J-Quants', () => {
  it('fetches what is asked for, with names, and asks for the one new day afterwards', async () => {
    const symbols = ['0101', '01020', '0103.T'];
    const run = await running.fetchBars({ ...request, symbols });
    expect(run).toMatchObject({ status: 'succeeded', result: { provider: 'jquants', symbols: 3, filesRefused: [] } });
    expect((await running.get('/v1/symbols')).body).toMatchObject({
      symbols: ['0101', '0102', '0103'].map((symbol) => ({
        symbol,
        name: `架空${symbol}`,
        synthetic: false,
        priceBasis: 'split-adjusted',
        firstDate: from,
        lastDate: '2025-06-02',
      })),
    });
    running.setClock('2025-06-03T07:30:00Z');
    const before = asked().length;
    expect(await running.fetchBars({ ...request, symbols })).toMatchObject({
      result: { barsAdded: 3, barsChanged: 0, barsUnchanged: 0 },
    });
    expect(asked().slice(before)).toEqual([{}, { date: '2025-06-03' }]);
  });

  it('is part of the data update, with every symbol that was asked for, which asks for nothing too early', async () => {
    await running.fetchBars({ ...request, symbols: ['0104'] });
    const update = async () => (await running.runJob('data-update')).result;
    const before = asked().length;
    expect(await update()).toMatchObject({ updated: [], unchanged: ['jquants symbols'], failed: [] });
    running.setClock('2025-06-04T07:29:00Z');
    expect(await update()).toMatchObject({ updated: [], unchanged: ['jquants symbols'] });
    expect(asked()).toHaveLength(before);
    running.setClock('2025-06-04T07:30:00Z');
    expect(await update()).toMatchObject({ updated: [{ source: 'jquants symbols', barsAdded: 4 }] });
    expect(asked().slice(before)).toEqual([{}, { date: '2025-06-04' }]);
  });

  it('asks an update for the days of the damaged file of this year, though the last session is there', {
    tags: ['long'],
  }, async () => {
    const answers = jquantsStandIn({ symbols: 60, from, to: '2025-06-30', apiKey });
    const other = await startWithJQuants('2025-06-02T07:30:00Z', answers);
    const update = async () => (await other.runJob('data-update')).result;
    try {
      const symbols = Array.from({ length: 60 }, (_, index) => `01${String(index + 1).padStart(2, '0')}`);
      await other.fetchBars({ ...request, symbols, from: '2024-12-26' });
      for (const day of ['03', '04']) {
        other.setClock(`2025-06-${day}T07:30:00Z`);
        expect(await update()).toMatchObject({ updated: [{ barsAdded: 60 }] });
      }
      await writeFile(join(other.folder, 'state', 'bars', 'daily', '2025.parquet'), 'no bars');
      const mended = { updated: [{ barsAdded: 60 * 101 }], failed: [], lost: { symbols: 60, from: '2025-01-06' } };
      expect(await update()).toMatchObject(mended);
      expect(await update()).not.toHaveProperty('lost');
    } finally {
      await other.close();
    }
  });

  it('explains a wrong key, which no run shows', async () => {
    await writeFile(keyFile, `${apiKey}-wrong`);
    const run = await running.fetchBars(request);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'data.provider-forbidden' } });
    expect(run.progress?.stage ?? 'none').not.toContain(apiKey);
    expect(JSON.stringify([run, await running.stores.runs.list({ limit: 100 })])).not.toContain(apiKey);
  });

  it('takes the key anew for each fetch', async () => {
    await writeFile(keyFile, apiKey);
    const run = await running.fetchBars(request);
    // The universe of the stand-in has one symbol more.
    expect(run).toMatchObject({ status: 'succeeded', result: { symbols: 1, files: 1 } });
  });
});

describe('a provider that the settings name', () => {
  const update = async (service: RunningDataService) => (await service.runJob('data-update')).result;

  it('is updated before anybody has fetched from it, for the universe of the settings', {
    tags: ['long'],
  }, async () => {
    const settings = { DAYTRADE_PROVIDER: 'jquants', DAYTRADE_UNIVERSE: '0101,0103' };
    const other = await startWithJQuants(instant, answers, settings);
    try {
      expect(await update(other)).toMatchObject({ updated: [{ source: 'jquants symbols' }], failed: [] });
      expect((await other.get('/v1/symbols')).body).toMatchObject({
        symbols: [{ symbol: '0101' }, { symbol: '0103' }],
      });
      expect(await update(other)).toMatchObject({ updated: [], unchanged: ['jquants symbols'] });
      // Without symbols a request means the same ones, and is no other source.
      expect(await other.fetchBars({ provider: 'jquants' })).toMatchObject({ result: { symbols: 0 } });
      await other.fetchBars({ provider: 'jquants', symbols: ['0104'] });
      other.setClock('2025-06-03T07:30:00Z');
      expect(await update(other)).toMatchObject({ updated: [{ source: 'jquants symbols', barsAdded: 3 }] });
    } finally {
      await other.close();
    }
  });
});

describe('the settings of J-Quants', () => {
  const clock = { now: () => Date.parse(instant) };
  const open = (asked: FetchRequest, environment: Readonly<Record<string, string>>) =>
    providerOf(asked).open(
      asked,
      providerContext({ settings: parseSettings(environment), stores: running.stores, clock }),
    );
  const providerWith = (environment: Readonly<Record<string, string>>, to?: TradeDate) =>
    open({ ...request, to }, environment);

  it('say at once that there is no key, or that a day is not there yet', () => {
    expect(() => providerWith({})).toThrow('DAYTRADE_JQUANTS_API_KEY: expected the key of J-Quants');
    const key = { DAYTRADE_JQUANTS_API_KEY: apiKey };
    expect(() => providerWith(key, parseTradeDate('2025-06-02'))).toThrow(
      'to: expected a day up to 2025-03-10, since the free plan holds bars back for 12 weeks, got "2025-06-02"',
    );
    expect(() => providerWith({ ...key, DAYTRADE_JQUANTS_PLAN: 'light' }, parseTradeDate('2025-06-03'))).toThrow(
      /up to 2025-06-02/,
    );
  });

  it('refuse former members where they name symbols, which have none', () => {
    const settings = { DAYTRADE_JQUANTS_API_KEY: apiKey, DAYTRADE_UNIVERSE: '0101,0103' };
    expect(() => open({ ...request, formerMembers: true }, settings)).toThrow(
      'formerMembers: expected a universe, such as topix500: DAYTRADE_UNIVERSE names symbols',
    );
  });
});
