import { parseSymbol } from '@daytrade/market';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const bars = `date,open,high,low,close,volume
2026-11-18,2000,2030,1990,2010,1000000
2026-11-19,2010,2040,2000,2020.5,1100000
2026-11-20,2020,2050,2010,2030,1200000
`;
const running = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => running.close());
await running.importBars(await running.folderWith('daily', { '7203.csv': bars }), { priceBasis: 'split-adjusted' });

describe('GET /v1/bars/{symbol}/file', () => {
  it('sends CSV text with the price basis', async () => {
    const answer = await running.service.inject('/v1/bars/7203.T/file?from=2026-11-19&to=2026-11-19');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="7203.csv"',
    });
    expect(answer.body).toBe(
      'date,open,high,low,close,volume,price_basis,source,fetched_at\n' +
        '2026-11-19,2010,2040,2000,2020.5,1100000,split-adjusted,csv,2026-11-25T01:00:00.000Z\n',
    );
  });

  it('sends parquet', async () => {
    const answer = await running.service.inject('/v1/bars/7203/file?format=parquet');
    expect(answer.headers['content-type']).toBe('application/vnd.apache.parquet');
    expect(answer.rawPayload.subarray(0, 4).toString()).toBe('PAR1');
    expect(answer.rawPayload.subarray(-4).toString()).toBe('PAR1');
  });

  it.each([
    ['/v1/bars/7203/file?from=2026-11-21', 409, 'data.no-bars'],
    ['/v1/bars/7203/file?interval=5m', 409, 'data.no-bars'],
    ['/v1/bars/7204/file', 404, 'data.symbol-unknown'],
    ['/v1/bars/7203/file?format=xlsx', 400, 'input.invalid'],
    ['/v1/bars/7203/file?from=2026-11-21&to=2026-11-20', 400, 'input.invalid'],
  ])('answers %s with %i %s', async (url, status, code) => {
    expect(await running.get(url)).toMatchObject({ status, body: { code } });
  });

  it.each([
    ['?from=2026-11-21', 'interval 1d from 2026-11-21'],
    ['?to=2026-11-17', 'interval 1d to 2026-11-17'],
    ['?from=2026-11-21&to=2026-11-24', 'interval 1d from 2026-11-21 to 2026-11-24'],
    ['?interval=5m', 'interval 5m'],
  ])('says which bars of %s there are none of', async (query, detail) => {
    const { body } = await running.get(`/v1/bars/7203/file${query}`);
    expect(body).toMatchObject({ detail: `7203 (トヨタ自動車) has no bars of ${detail}` });
  });

  it('says that daily bars were lost, which 5-minute bars that never came were not', async () => {
    await running.stores.bars.remove([parseSymbol('7203')]);
    expect(await running.get('/v1/bars/7203/file')).toMatchObject({ body: { code: 'data.bars-damaged' } });
    expect(await running.get('/v1/bars/7203')).toMatchObject({ body: { code: 'data.bars-damaged' } });
    expect(await running.get('/v1/bars/7203/file?interval=5m')).toMatchObject({ body: { code: 'data.no-bars' } });
  });
});
