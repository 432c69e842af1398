import { dataHealthSchema, fetchResultSchema, universeMembersSchema } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { jquantsStandIn } from '@daytrade/market-data/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKey, startWithJQuants } from '../data-service.fixture.ts';

const from = parseTradeDate('2025-01-06');
/** The last session of 0103, which lists from April on have no more. */
const last = '2025-03-14';
const isOut = (code: unknown, date: string) => code === '01020' && date > last;
const running = await startWithJQuants(
  '2025-06-01T07:30:00Z',
  jquantsStandIn({
    symbols: 3,
    from,
    to: '2025-06-02',
    apiKey,
    change: (rows) => rows.filter(({ Code: code, Date: date }) => code !== '01030' || String(date) <= last),
    changeMaster: (rows, date = '2025-05-30') =>
      rows
        .filter(({ Code: code }) => code !== '01030' || date <= last)
        // 0102 goes out of the hundred then, and stays listed.
        .map((row) => ({ ...row, Date: date, ScaleCat: isOut(row.Code, date) ? 'TOPIX Mid400' : row.ScaleCat })),
  }),
);
afterAll(() => running.close());

const fetched = async (request: object) =>
  fetchResultSchema.parse((await running.fetchBars({ provider: 'jquants', from, ...request })).result);
const codesOn = async (on: string, universe: string) => {
  const answer = universeMembersSchema.parse(
    (await running.get(`/v1/symbols/universe?on=${on}&universe=${universe}`)).body,
  );
  return answer.symbols.map(({ symbol }) => symbol);
};
const asked = (path: string) => running.server.requests.filter((request) => request.path.endsWith(path));

describe('a fetch with former members', () => {
  it('takes the lists of each month into the record, and the bars of who left', async () => {
    const result = await fetched({ universe: 'topix100', formerMembers: true, listingsFrom: from });
    expect([result.symbols, result.filesRefused]).toEqual([3, []]);
    expect(asked('/equities/master').map(({ query }) => query.date)).toEqual([
      undefined,
      '2025-01-06',
      '2025-02-03',
      '2025-03-03',
      '2025-04-01',
      '2025-05-01',
      // Where the name of the one who left is.
      '2025-03-03',
    ]);
    expect(await running.stores.symbols.find(parseSymbol('0103'))).toMatchObject({ name: '架空0103', lastDate: last });
    expect(await codesOn('2025-03-03', 'topix100')).toEqual(['0101', '0102', '0103']);
    expect(await codesOn('2025-04-01', 'topix100')).toEqual(['0101']);
    expect(await codesOn('2025-04-01', 'topix500')).toEqual(['0101', '0102']);
    expect(await codesOn('2024-12-30', 'listed')).toEqual([]);
  });

  it('asks for neither again, is not refused by name, and its bars that ended are healthy', async () => {
    const before = running.server.requests.length;
    const again = await fetched({ universe: 'topix100', formerMembers: true, listingsFrom: from });
    expect(again.filesRefused).toEqual([]);
    const named = await fetched({ symbols: ['0101', '0103'] });
    expect(named.filesRefused).toEqual([]);
    expect(named.notes).toContainEqual(expect.stringMatching(/^0103 \(1\) listed no more/));
    const since = running.server.requests.slice(before);
    expect(since.filter(({ path }) => path.includes('/equities/bars/'))).toEqual([]);
    expect(since.flatMap(({ query }) => query.date ?? [])).toEqual([]);
    const { symbols } = dataHealthSchema.parse((await running.get('/v1/symbols/health?symbol=0103')).body);
    expect(symbols).toMatchObject([{ lastDate: last, sessionsBehind: 0, concerns: [] }]);
    const unknown = await running.fetchBars({ provider: 'jquants', from, symbols: ['0101', '0109'] });
    expect(unknown.error?.message).toContain('0109 is not among the listed issues');
  });

  it('goes on with who is out of the index and still listed', async () => {
    await fetched({ universe: 'topix100' });
    running.setClock('2025-06-02T07:30:00Z');
    expect((await running.runJob('data-update')).result).toMatchObject({
      // 0101 is of both.
      updated: [
        { source: 'jquants symbols', barsAdded: 1 },
        { source: 'jquants topix100', barsAdded: 1 },
      ],
    });
    expect(await running.stores.symbols.find(parseSymbol('0102'))).toMatchObject({ lastDate: '2025-06-02' });
  });
});
