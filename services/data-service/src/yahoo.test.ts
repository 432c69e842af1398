import { type ReplayServer, startReplayServer, yahooStandIn } from '@daytrade/market-data/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

const instant = '2025-06-02T07:30:00Z';
const request = { provider: 'yahoo', symbols: ['0101', '0102'], from: '2025-05-01' } as const;

/** A symbol that Yahoo does not give for now. */
let refused: string | undefined;
let server: ReplayServer;
let running: RunningDataService;
beforeAll(async () => {
  const charts = yahooStandIn({ symbols: 3, from: '2025-05-01', to: '2025-06-30' });
  server = await startReplayServer((request) =>
    refused !== undefined && request.path.endsWith(`${refused}.T`) ? { status: 400, body: '{}' } : charts(request),
  );
  running = await startDataService(instant, { DAYTRADE_YAHOO_URL: server.url });
});
afterAll(async () => {
  await running.close();
  await server.close();
});

const update = async (key: string) => {
  const { id } = await running.queue.enqueue({ job: 'data-update', key, payload: {}, trigger: 'request' });
  return (await running.queue.finished(id)).result;
};
const post = async (payload: object) => {
  const answer = await running.service.inject({ method: 'POST', url: '/v1/fetches', payload });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};

describe('POST /v1/fetches for Yahoo', () => {
  it('is refused until somebody says that it is known to be unofficial', async () => {
    expect(await post(request)).toMatchObject({
      body: { code: 'settings.invalid', detail: expect.stringContaining('DAYTRADE_YAHOO_USE="off": expected "on"') },
    });
    expect(server.requests).toHaveLength(0);
  });

  it('is refused without codes, and for a day that is not over', async () => {
    expect(await post({ provider: 'yahoo', unofficial: true })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('does not know the members of topix500') },
    });
    expect(await post({ ...request, unofficial: true, to: '2025-06-03' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('expected a day up to 2025-06-02') },
    });
  });

  it('brings bars of that origin, says that it is unofficial, and goes on with the data update', async () => {
    const run = await running.fetchBars({ ...request, unofficial: true });
    expect(run).toMatchObject({
      status: 'succeeded',
      result: { provider: 'yahoo', symbols: 2, notes: [expect.stringContaining('unofficial source')] },
    });
    expect((await running.get('/v1/symbols/health?symbol=0101')).body).toMatchObject({
      symbols: [{ symbol: '0101', origins: [{ source: 'yahoo' }], lastDate: '2025-06-02' }],
    });
    running.setClock('2025-06-03T07:30:00Z');
    const before = server.requests.length;
    expect(await update('next day')).toMatchObject({ updated: [{ source: 'yahoo', barsAdded: 2 }], failed: [] });
    expect(server.requests.slice(before)).toHaveLength(2);
    expect(await update('the same day')).toMatchObject({ updated: [], unchanged: ['yahoo'] });
  });

  it('asks within the day for a symbol again that an update was not given, though not each time', async () => {
    running.setClock('2025-06-04T07:30:00Z');
    refused = '0102';
    expect(await update('one refused')).toMatchObject({ updated: [{ barsAdded: 1 }] });
    refused = undefined;
    running.setClock('2025-06-04T07:35:00Z');
    expect(await update('minutes later')).toMatchObject({ updated: [], unchanged: ['yahoo'] });
    running.setClock('2025-06-04T08:31:00Z');
    expect(await update('an hour later')).toMatchObject({ updated: [{ barsAdded: 1 }] });
    expect(await update('with all of them')).toMatchObject({ updated: [], unchanged: ['yahoo'] });
  });
});
