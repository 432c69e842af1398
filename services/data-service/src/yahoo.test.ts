import { instantOf, parseTradeDate } from '@daytrade/market';
import { type Answers, startReplayServer, yahooStandIn } from '@daytrade/market-data/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const instant = '2025-06-02T07:30:00Z';
const request = { provider: 'yahoo', symbols: ['0101', '0102'], from: '2025-05-01' } as const;

const exchange = { symbols: 3, from: '2025-05-01', to: '2025-06-30' } as const;

let charts: Answers = yahooStandIn(exchange);
/** A symbol that Yahoo does not give for now. */
let refused: string | undefined;
const server = await startReplayServer((request) =>
  refused !== undefined && request.path.endsWith(`${refused}.T`) ? { status: 400, body: '{}' } : charts(request),
);
const running = await startDataService(instant, { DAYTRADE_YAHOO_URL: server.url });
afterAll(async () => {
  await running.close();
  await server.close();
});

const update = async () => (await running.runJob('data-update')).result;
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
    expect(await update()).toMatchObject({ updated: [{ source: 'yahoo', barsAdded: 2 }], failed: [] });
    expect(server.requests.slice(before)).toHaveLength(2);
    expect(await update()).toMatchObject({ updated: [], unchanged: ['yahoo'] });
  });

  it('asks within the day for a symbol again that an update was not given, though not each time', async () => {
    running.setClock('2025-06-04T07:30:00Z');
    refused = '0102';
    expect(await update()).toMatchObject({ updated: [{ barsAdded: 1 }] });
    refused = undefined;
    running.setClock('2025-06-04T07:35:00Z');
    expect(await update()).toMatchObject({ updated: [], unchanged: ['yahoo'] });
    running.setClock('2025-06-04T08:31:00Z');
    expect(await update()).toMatchObject({ updated: [{ barsAdded: 1 }] });
    expect(await update()).toMatchObject({ updated: [], unchanged: ['yahoo'] });
  });
});

/** Charts without the values of a day. */
function without(date: string, answers: Answers): Answers {
  return (request) => {
    const chart = JSON.parse(String(answers(request).body)) as {
      chart: { result: [{ timestamp: number[]; indicators: { quote: [Record<string, (number | null)[]>] } }] };
    };
    const [{ timestamp, indicators }] = chart.chart.result;
    const at = timestamp.indexOf(instantOf(parseTradeDate(date), '09:00') / 1000);
    for (const column of Object.values(indicators.quote[0])) if (at >= 0) column[at] = null;
    return { body: JSON.stringify(chart) };
  };
}

describe('a split', () => {
  it('is in the prices of a stored day, too, that Yahoo does not have any more', async () => {
    const closes = async () => {
      const { body } = await running.get('/v1/bars/0103?to=2025-06-04');
      return (body as { bars: { close: number }[] }).bars.map(({ close }) => close);
    };
    const ofSymbol = { ...request, symbols: ['0103'], unofficial: true };
    await running.fetchBars(ofSymbol);
    const before = await closes();
    running.setClock('2025-06-05T07:35:00Z');
    const split = { symbol: '0103', date: '2025-06-05', shares: 5 };
    charts = without('2025-05-15', yahooStandIn({ ...exchange, splits: [split] }));
    expect((await running.fetchBars(ofSymbol)).status).toBe('succeeded');
    const after = await closes();
    expect(before.length).toBeGreaterThan(20);
    expect(after.map((close, i) => (before[i]! / close).toFixed(3))).toEqual(before.map(() => '5.000'));
  });
});
