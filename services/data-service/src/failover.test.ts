import {
  type Answers,
  jquantsStandIn,
  type ReplayServer,
  startReplayServer,
  yahooStandIn,
} from '@daytrade/market-data/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const days = { from: '2025-05-01', to: '2025-06-30' };
/** 0105 is listed by nobody, 0104 by Yahoo alone. */
const symbols = ['0101', '0102', '0103', '0104', '0105'];

let isAway = false;
let isYahooAway = false;
/** A symbol at which Yahoo answers nothing, for ever. */
let silentAt: string | undefined;
let exchange: ReplayServer;
let yahoo: ReplayServer;
let running: RunningDataService;
beforeAll(async () => {
  const answers: Answers = jquantsStandIn({ ...days, symbols: 3, apiKey });
  exchange = await startReplayServer((request) => (isAway ? { status: 400, body: '{}' } : answers(request)));
  const charts = yahooStandIn({ ...days, symbols: 4 });
  yahoo = await startReplayServer((request) => {
    if (silentAt !== undefined && request.path.endsWith(`${silentAt}.T`)) return { body: '{}', fault: 'silent' };
    return isYahooAway ? { status: 400, body: '{}' } : charts(request);
  });
  running = await startDataService('2025-06-02T07:30:00Z', {
    DAYTRADE_PROVIDER: 'jquants',
    DAYTRADE_UNIVERSE: symbols.join(','),
    DAYTRADE_FALLBACK_PROVIDERS: 'yahoo',
    DAYTRADE_JQUANTS_PLAN: 'premium',
    DAYTRADE_JQUANTS_URL: exchange.url,
    DAYTRADE_JQUANTS_API_KEY: apiKey,
    DAYTRADE_YAHOO_USE: 'on',
    DAYTRADE_YAHOO_URL: yahoo.url,
  });
});
afterAll(async () => {
  await running.close();
  await exchange.close();
  await yahoo.close();
});

const update = async (key: string) => {
  const { id } = await running.queue.enqueue({ job: 'data-update', key, payload: {}, trigger: 'request' });
  return (await running.queue.finished(id)).result;
};
const asked = () => yahoo.requests.map(({ path }) => path.slice(-6, -2));

describe('providers of DAYTRADE_FALLBACK_PROVIDERS', () => {
  it('give what the provider of the settings does not have, under their own name', async () => {
    const run = await running.fetchBars({ provider: 'jquants', symbols, from: days.from });
    expect(run).toMatchObject({
      status: 'succeeded',
      result: { symbols: 4, filesRefused: [{ file: 'jquants/0105' }] },
    });
    expect(asked()).toEqual(['0104', '0105']);
    expect((await running.get('/v1/symbols/health?symbol=0104')).body).toMatchObject({
      symbols: [{ symbol: '0104', origins: [{ source: 'yahoo' }] }],
    });
  });

  it('are asked by updates for what is new, and once an hour for what nobody has', async () => {
    isAway = true;
    running.setClock('2025-06-03T07:30:00Z');
    const before = asked().length;
    expect(await update('the first')).toMatchObject({ updated: [{ barsAdded: 4 }], failed: [] });
    expect(asked().slice(before)).toEqual(symbols);
    running.setClock('2025-06-04T07:30:00Z');
    await update('the second');
    const later = asked().length;
    expect(later).toBe(before + 10);
    running.setClock('2025-06-05T07:30:00Z');
    isAway = false;
    await update('by the first provider again');
    expect(asked().slice(later)).toEqual(['0104', '0105']);
  });

  it('are not asked again within the hour for a symbol that nobody gave', async () => {
    isAway = true;
    running.setClock('2025-06-06T07:30:00Z');
    const before = asked().length;
    isYahooAway = true;
    await update('nobody answers');
    const once = asked().length;
    expect(once).toBeGreaterThan(before);
    await update('five minutes later');
    expect(asked().length).toBe(once);
    running.setClock('2025-06-06T08:31:00Z');
    await update('an hour later');
    expect(asked().length).toBeGreaterThan(once);
  });

  it('are asked for the rest by the next update where one was cut off', async () => {
    [isYahooAway, silentAt] = [false, '0103'];
    running.setClock('2025-06-09T07:30:00Z');
    const cutOff = { job: 'data-update', key: 'cut off', payload: {}, trigger: 'request' } as const;
    const start = asked().length;
    const { id } = await running.queue.enqueue(cutOff);
    await vi.waitFor(() => expect(asked().slice(start)).toEqual(['0101', '0102', '0103']), { timeout: 30_000 });
    await running.queue.cancel(id);
    expect(await running.queue.finished(id)).toMatchObject({ status: 'cancelled' });
    silentAt = undefined;
    running.setClock('2025-06-09T07:35:00Z');
    const before = asked().length;
    // Of 0103 and 0104 those of two sessions, 0101 and 0102 have theirs.
    expect(await update('after it')).toMatchObject({ updated: [{ barsAdded: 4 }], unchanged: [] });
    expect(asked().slice(before)).toEqual(['0103', '0104', '0105']);
    expect(await update('with all of them')).toMatchObject({
      updated: [],
      unchanged: [expect.stringMatching('jquants')],
    });
  });

  it('are left alone by a fetch of a provider that somebody named', async () => {
    const before = asked().length;
    await running.fetchBars({ provider: 'synthetic', symbols: 1 });
    expect(asked().length).toBe(before);
  });
});
