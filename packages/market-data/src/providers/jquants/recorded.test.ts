import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { fetchOnce } from '../../testing/provider.suite.ts';
import { type Answers, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');
const folder = join(resolve(root, process.env.DAYTRADE_TEST_DATA ?? '../shared/data'), 'fixtures', 'jquants');
const absent = existsSync(folder) ? '' : ` (skipped: ${folder} is absent; set DAYTRADE_TEST_DATA)`;
const recorded = (name: string) => ({ body: readFileSync(join(folder, name), 'utf8') });

async function fetchDays(from: string, to: string, bars: string, status = 200) {
  const answers: Answers = ({ path, query }) => {
    if (query.pagination_key !== undefined) return { body: '{"data":[]}' };
    return path.endsWith('master') ? recorded('v2-equities-master.json') : { ...recorded(bars), status };
  };
  const server = await startReplayServer(answers);
  onTestFinished(() => server.close());
  const clock = new SimulatedClock('2023-06-01T12:00:00Z');
  const sinks = new MemorySinks();
  const range = { from: parseTradeDate(from), to: parseTradeDate(to) };
  const open = openJQuants({
    url: server.url,
    clock,
    apiKey: 'none',
    range,
    symbols: [parseSymbol('8697')],
    isFromGiven: true,
  });
  return { sinks, server, result: await fetchOnce(open, sinks, clock) };
}

describe.skipIf(absent !== '')(`recorded replies of J-Quants${absent}`, () => {
  it('a day of one issue, with a key of a next page, which is asked for', async () => {
    const { sinks, server, result } = await fetchDays('2023-03-24', '2023-03-24', 'v2-equities-bars-daily.json');
    expect(result).toMatchObject({ barsAdded: 1, rowsQuarantined: 0, warnings: 0 });
    expect(server.requests.at(-1)?.query).toMatchObject({ code: '86970', pagination_key: 'value1.value2.' });
    expect([...sinks.stored.get('8697 1d')!.values()]).toEqual(['2047,2069,2035,2045,2202500']);
    expect(sinks.records.get('8697')).toMatchObject({
      name: '日本取引所グループ',
      sector: 'その他金融業',
      sizeGroup: 'TOPIX Large70',
      tickTable: 'topix500',
    });
  });

  it('a day without a trade: the halt of 2020-10-01', async () => {
    const { result } = await fetchDays('2020-09-30', '2020-10-02', 'v2-equities-bars-daily-no-trade.derived.json');
    expect(result).toMatchObject({ files: 1, rowsRead: 1, rowsWithoutTrade: 1, barsAdded: 0, rowsQuarantined: 0 });
  });

  it('the error of a question without a code', async () => {
    const fetched = fetchDays('2023-03-24', '2023-03-24', 'v2-error-400.json', 400);
    await expect(fetched).rejects.toMatchObject({
      code: 'data.provider-refused',
      message: expect.stringContaining('answered 400: "This API requires at least 1 parameter as follows; date, code"'),
    });
  });
});
