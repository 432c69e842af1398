import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { fetchOnce } from '../../testing/provider.suite.ts';
import { startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openYahoo } from './open-yahoo.fixture.ts';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');
const folder = join(resolve(root, process.env.DAYTRADE_TEST_DATA ?? '../shared/data'), 'fixtures', 'yahoo');
const absent = existsSync(folder) ? '' : ` (skipped: ${folder} is absent; set DAYTRADE_TEST_DATA)`;

interface Recording {
  readonly symbol: string;
  readonly file: string;
  readonly status?: number;
  readonly to?: string;
  readonly priceBasis?: 'traded';
}

async function fetchRecorded({ symbol, file, status = 200, to = '2024-12-06', priceBasis }: Recording) {
  const server = await startReplayServer(() => ({ status, body: readFileSync(join(folder, file), 'utf8') }));
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(`${to}T12:00:00Z`);
  const range = { from: parseTradeDate('2024-11-01'), to: parseTradeDate(to) };
  const sinks = new MemorySinks();
  const open = openYahoo({ url: server.url, clock, symbols: [symbol], range, priceBasis });
  return { sinks, result: await fetchOnce(open, sinks, clock) };
}

describe.skipIf(absent !== '')(`recorded replies of Yahoo${absent}`, () => {
  it('a month of one symbol, with the live day as its last', async () => {
    const file = 'tokyo/chart-1301.T-range1mo-interval1d.json';
    const { sinks, result } = await fetchRecorded({ symbol: '1301', file });
    expect(result).toMatchObject({ barsAdded: 23, rowsQuarantined: 0, warnings: 0 });
    expect([...sinks.stored.get('1301 1d')!.values()].at(-1)).toBe('4020,4035,4000,4015,14700');
    const before = await fetchRecorded({ symbol: '1301', file, to: '2024-12-05' });
    expect(before.result).toMatchObject({ barsAdded: 22, rowsQuarantined: 0 });
  });

  it('a split of three for one on the day of a dividend, in adjusted and in traded prices', async () => {
    const file = 'tokyo/chart-6309.T-range1mo-interval1d-events-split-div.json';
    const adjusted = await fetchRecorded({ symbol: '6309', file, to: '2025-05-19' });
    expect(adjusted.result).toMatchObject({ barsAdded: 18, rowsQuarantined: 0 });
    const of6309 = { symbol: '6309', date: '2025-04-28', knownOn: '2025-04-28', source: 'yahoo' };
    expect([...adjusted.sinks.storedFactors.values()]).toEqual([
      { ...of6309, kind: 'split', value: 1 / 3 },
      { ...of6309, kind: 'dividend', value: 73 / 3 },
    ]);
    const traded = await fetchRecorded({ symbol: '6309', file, to: '2025-05-19', priceBasis: 'traded' });
    expect(traded.result).toMatchObject({ barsAdded: 18, rowsQuarantined: 0, warnings: 0 });
    const bars = [...traded.sinks.stored.get('6309 1d')!.values()];
    expect(bars[0]).toBe('4305,4330,4245,4285,49900');
    expect(bars[5]).toBe('1349,1378,1333,1378,236500');
  });

  it.each([
    ['401', 'errors/http401-quote-without-crumb.json', 'data.provider-forbidden', 'unofficial'],
    ['404', 'errors/http404-unknown-symbol.json', 'data.symbol-unknown', 'symbol may be delisted'],
    ['422', 'errors/http422-intraday-range-too-old.json', 'data.provider-refused', 'within the last 60 days'],
    ['200', 'errors/quote-empty.json', 'data.provider-reply-invalid', 'reply.chart: expected an object'],
    ['200', 'tokyo/chart-7203.T-range1d-interval5m-cut10.json', 'data.provider-reply-invalid', 'got "5m"'],
    ['200', 'tokyo/chart-AAPL-range1d-interval5m-cut7.json', 'data.provider-reply-invalid', 'got "AAPL"'],
  ])('a status of %s with %s is refused in words', async (status, file, code, words) => {
    const refused = fetchRecorded({ symbol: '7203', file, status: Number(status) });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
