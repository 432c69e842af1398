import { parseTradeDate } from '@daytrade/market';
import { jquantsStandIn, type ReplayServer, startReplayServer, withSplit } from '@daytrade/market-data/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const from = parseTradeDate('2025-03-03');
const splitDay = '2025-05-15';
let server: ReplayServer;
let running: RunningDataService;

beforeAll(async () => {
  const change = withSplit('01010', splitDay, 0.2);
  server = await startReplayServer(jquantsStandIn({ symbols: 2, from, to: '2025-05-30', apiKey, change }));
  running = await startDataService('2025-06-01T07:30:00Z', {
    DAYTRADE_JQUANTS_PLAN: 'premium',
    DAYTRADE_JQUANTS_URL: server.url,
    DAYTRADE_JQUANTS_API_KEY: apiKey,
  });
  const request = { provider: 'jquants', from } as const;
  await running.fetchBars({ ...request, symbols: ['0101'], priceBasis: 'traded' });
  await running.fetchBars({ ...request, symbols: ['0102'] });
});
afterAll(async () => {
  await running.close();
  await server.close();
});

describe('the splits of a symbol', () => {
  it('are kept with its bars, in their own prices', async () => {
    const split = { date: splitDay, kind: 'split', value: 0.2, knownOn: splitDay, source: 'jquants' };
    expect((await running.get('/v1/symbols/0101.T/factors')).body).toMatchObject({ symbol: '0101', factors: [split] });
    expect((await running.get('/v1/symbols/0102/factors')).body).toMatchObject({ symbol: '0102', factors: [] });
    expect((await running.get('/v1/symbols/9999/factors')).status).toBe(404);
    expect(await running.get('/v1/quarantine')).toMatchObject({ body: { total: 0 } });
  });
});
