import { barListSchema, dataHealthSchema } from '@daytrade/contracts';
import { jquantsStandIn } from '@daytrade/market-data/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKey, startWithJQuants } from './data-service.fixture.ts';

const from = '2025-05-01';
const to = '2025-05-30';
const whole = jquantsStandIn({ symbols: 3, from, to, apiKey, minutes: { from, to } });
/** As when J-Quants had lost some days, which it had again later. */
const lossy = jquantsStandIn({
  symbols: 3,
  from,
  to,
  apiKey,
  minutes: { from, to },
  change: (rows) => rows.filter(({ Date: date }) => date !== '2025-05-14' && date !== '2025-05-15'),
});
let isLossy = true;
const running = await startWithJQuants('2025-06-01T07:30:00Z', (request) => (isLossy ? lossy : whole)(request), {
  DAYTRADE_JQUANTS_MINUTE_SESSIONS: '3',
});
afterAll(() => running.close());

const request = { provider: 'jquants', symbols: ['0101', '0102'], from };
const asked = () => running.server.requests.filter(({ path }) => /bars/.test(path)).map(({ query }) => query);
const healthOf = async (symbol: string) =>
  dataHealthSchema.parse((await running.get(`/v1/symbols/health?symbol=${symbol}`)).body).symbols[0];

describe('what is fetched again', () => {
  it('fills a gap among stored bars, which an ordinary fetch does not ask for', async () => {
    await running.fetchBars(request);
    expect(await healthOf('0101')).toMatchObject({
      missingSessions: 2,
      concerns: [{ concern: 'gaps', remedy: 'run: daytrade fetch --repair --symbols 0101 --from 2025-05-14' }],
    });
    isLossy = false;
    expect((await running.fetchBars(request)).result).toMatchObject({ barsAdded: 0 });
    const before = asked().length;
    const again = { ...request, symbols: ['0101'], from: '2025-05-12', again: true };
    expect((await running.fetchBars(again)).result).toMatchObject({ barsChanged: 0 });
    expect(asked()[before]).toEqual({ code: '01010', from: '2025-05-12', to: '2025-05-30' });
    expect(await healthOf('0101')).toMatchObject({ missingSessions: 0, concerns: [] });
    expect(await healthOf('0102')).toMatchObject({ missingSessions: 2 });
  });

  it('has the 5-minute bars of the days that are asked for, beyond the newest ones', async () => {
    const { bars } = barListSchema.parse((await running.get('/v1/bars/0101?interval=5m')).body);
    expect(bars[0]!.date).toMatch(/^2025-05-12T09:00/);
    const other = barListSchema.parse((await running.get('/v1/bars/0102?interval=5m')).body);
    expect(other.bars[0]!.date).toMatch(/^2025-05-28T09:00/);
  });
});
