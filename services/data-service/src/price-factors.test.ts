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

const closes = async (query: string, symbol = '0101') => {
  const { body } = await running.get(`/v1/bars/${symbol}?${query}`);
  const { bars, priceBasis } = body as { bars: { date: string; close: number; volume: number }[]; priceBasis: string };
  return { priceBasis, bars };
};

describe('the splits of a symbol', () => {
  it('are kept with its bars, in their own prices', async () => {
    const split = { date: splitDay, kind: 'split', value: 0.2, knownOn: splitDay, source: 'jquants' };
    expect((await running.get('/v1/symbols/0101.T/factors')).body).toMatchObject({ symbol: '0101', factors: [split] });
    expect((await running.get('/v1/symbols/0102/factors')).body).toMatchObject({ symbol: '0102', factors: [] });
    expect((await running.get('/v1/symbols/9999/factors')).status).toBe(404);
    expect(await running.get('/v1/quarantine')).toMatchObject({ body: { total: 0 } });
  });

  it('adjust traded prices as of a day, on which nobody knew of a later split', async () => {
    const traded = await closes('');
    const before = await closes('adjustedTo=2025-05-14');
    expect(before.bars).toEqual(traded.bars.filter(({ date }) => date <= '2025-05-14'));
    const after = await closes(`adjustedTo=${splitDay}&from=2025-05-13`);
    expect(after).toMatchObject({ priceBasis: 'split-adjusted' });
    expect(after.bars.map(({ date }) => date)).toEqual(['2025-05-13', '2025-05-14', splitDay]);
    const [, , day14, day15] = traded.bars.filter(({ date }) => date >= '2025-05-12');
    expect(after.bars[1]!.close).toBeCloseTo(day14!.close / 5, 8);
    expect(after.bars[1]!.volume).toBeCloseTo(day14!.volume * 5, 4);
    expect(after.bars[2]).toEqual(day15);
  });

  it.each([
    ['0102', 'adjustedTo=2025-05-14', 'adjustedTo: the stored prices of 0102 are split-adjusted already'],
    ['0101', 'adjustedTo=2025-05-14&interval=5m', 'adjustedTo: expected it with daily bars alone'],
    ['0101', 'adjustedTo=2025-05-32', 'adjustedTo: expected a date that exists'],
  ])('cannot be asked of %s with %s', async (symbol, query, message) => {
    expect(await running.get(`/v1/bars/${symbol}?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'input.invalid', detail: expect.stringContaining(message) },
    });
  });
});
