import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { memoryUniverse } from '../memory-universe.fixture.ts';
import { endedInWords, lookUp, PastIssues, readMaster, setsOf, symbolOfRow, symbolsOf } from './issues.ts';
import { listingRecord } from './listing-record.ts';
import { serveJQuants } from './serve-jquants.fixture.ts';

const day = (date: string) => parseTradeDate(date);
const issue = (code: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Date: '2025-03-10',
  Code: code,
  CoName: `name of ${code}`,
  S33Nm: '化学',
  ScaleCat: 'TOPIX Small 1',
  ...more,
});

const issues = [
  issue('72030', { ScaleCat: 'TOPIX Core30' }),
  issue('65010', { ScaleCat: 'TOPIX Large70' }),
  issue('40630', { ScaleCat: 'TOPIX Mid400' }),
  issue('13010'),
  issue('285A0', { CoName: '', S33Nm: '-', ScaleCat: '-' }),
  // A preferred share.
  issue('25935'),
];

describe('the list of issues', () => {
  it('has names, sectors, size groups and tick tables, and none of an issue without a code of four', async () => {
    const { client, asked } = await serveJQuants(() => issues);
    const { date, master } = await readMaster(client);
    expect(date).toBe('2025-03-10');
    const common = { lot: 100, synthetic: false, sharesOutstanding: null, sector: '化学' };
    const [core, standard] = ['topix500', 'standard'];
    expect([...master.values()]).toEqual([
      { ...common, symbol: '7203', name: 'name of 72030', sizeGroup: 'TOPIX Core30', tickTable: core },
      { ...common, symbol: '6501', name: 'name of 65010', sizeGroup: 'TOPIX Large70', tickTable: core },
      { ...common, symbol: '4063', name: 'name of 40630', sizeGroup: 'TOPIX Mid400', tickTable: core },
      { ...common, symbol: '1301', name: 'name of 13010', sizeGroup: 'TOPIX Small 1', tickTable: standard },
      { ...common, symbol: '285A', name: '285A', sector: null, sizeGroup: null, tickTable: standard },
    ]);
    expect(asked()).toEqual([{ path: '/equities/master', query: {} }]);
  });

  it.each([
    ['the day that it says', '2025-03-07', '2025-03-07'],
    ['the day that was asked for, where it says none', undefined, '2025-03-03'],
    ['the day that was asked for, where it says no date', 'yesterday', '2025-03-03'],
  ])('is of %s', async (_, said, expected) => {
    const { client, asked } = await serveJQuants(() => [issue('72030', { Date: said })]);
    expect((await readMaster(client, undefined, day('2025-03-03'))).date).toBe(expected);
    expect(asked()).toEqual([{ path: '/equities/master', query: { date: '2025-03-03' } }]);
  });

  it('fails without one listed issue, and with a row that has no code', async () => {
    const empty = await serveJQuants(() => [issue('25935')]);
    await expect(readMaster(empty.client)).rejects.toMatchObject({
      code: 'data.provider-reply-invalid',
      message: expect.stringContaining('/equities/master: not one listed issue came'),
    });
    expect(() => symbolOfRow({ Code: 72030 }, 'rows')).toThrow('rows: expected a text as "Code"');
  });

  it('makes the sets of an issue out of its size group, and the symbols of a set', async () => {
    const { client } = await serveJQuants(() => issues);
    const { master } = await readMaster(client);
    expect([...setsOf(master)]).toEqual([
      ['7203', ['listed', 'topix', 'topix500', 'topix100']],
      ['6501', ['listed', 'topix', 'topix500', 'topix100']],
      ['4063', ['listed', 'topix', 'topix500']],
      ['1301', ['listed', 'topix']],
      ['285A', ['listed']],
    ]);
    expect(symbolsOf('topix100', master)).toEqual(['6501', '7203']);
    expect(symbolsOf('topix500', master)).toEqual(['4063', '6501', '7203']);
  });

  it('parts symbols that it has from others, saying whether these have stored bars', async () => {
    const { client } = await serveJQuants(() => issues);
    const { master } = await readMaster(client);
    const ranges = [{ from: day('2025-03-03'), to: day('2025-03-10') }];
    const missing = (['7203', '9999', '9998'] as const).map((code) => {
      return { symbol: parseSymbol(code), ranges, storedFrom: code === '9998' ? day('2024-01-04') : undefined };
    });
    expect(lookUp(missing, master)).toEqual({
      listed: [{ ...missing[0], master: master.get(parseSymbol('7203')) }],
      refused: [
        {
          symbol: '9999',
          file: 'jquants/9999',
          code: 'data.provider-refused',
          message:
            '9999 is not among the listed issues of J-Quants: a wrong code, or it was delisted, merged or got ' +
            'another code',
        },
        {
          symbol: '9998',
          file: 'jquants/9998',
          code: 'data.provider-refused',
          message: expect.stringMatching(/^9998 is not among the listed issues of J-Quants any more: since its last/),
        },
      ],
    });
  });
});

it.each([
  [1, '7001 (1) listed no more'],
  [5, '7001, 7002, 7003, 7004, 7005 (5) listed no more'],
  [6, '7001, 7002, 7003, 7004, 7005, … (6) listed no more'],
])('the words of %d ended listings name five at most', (count, words) => {
  const symbols = Array.from({ length: count }, (_, index) => parseSymbol(String(7001 + index)));
  expect(endedInWords(symbols)).toBe(`${words}: the stored bars are complete, and nothing was asked for`);
});

describe('an issue that the newest list lacks', () => {
  const symbol = parseSymbol('7203');
  /** Listed in a list of a Monday, and gone in that of the next one. */
  async function setUp() {
    const served = await serveJQuants(({ query }) => (query.date === '2025-02-10' ? [issue('13010')] : issues));
    const range = { from: day('2024-01-04'), to: day('2025-03-07') };
    const record = listingRecord(memoryUniverse(), {}, range);
    const past = new PastIssues(served.client, record);
    for (const date of ['2025-02-03', '2025-02-10'].map(day)) {
      await record.observe(date, setsOf((await readMaster(served.client, undefined, date)).master));
    }
    const missing = (from: string, to: string) => ({
      symbol,
      ranges: [{ from: day(from), to: day(to) }],
      storedFrom: undefined,
    });
    return { ...served, past, missing };
  }

  it('has its days up to the end of its listing requested, by the list that had it', async () => {
    const { past, missing, asked } = await setUp();
    const before = asked().length;
    const found = await past.lookUp(missing('2025-01-06', '2025-03-07'), undefined);
    expect(found).toMatchObject({
      symbol,
      ranges: [{ from: '2025-01-06', to: '2025-02-09' }],
      master: { name: 'name of 72030' },
    });
    await past.lookUp(missing('2025-01-06', '2025-03-07'), day('2025-01-31'));
    expect(asked().slice(before)).toEqual([{ path: '/equities/master', query: { date: '2025-02-03' } }]);
  });

  it.each([
    ['stored up to the day of that list', '2025-02-03', '2025-03-07', '2025-02-03', 'complete'],
    ['stored up to the session before', '2025-02-03', '2025-03-07', '2025-01-31', '2025-02-09'],
    ['missing of no session of its listing', '2025-02-08', '2025-03-07', undefined, 'complete'],
    ['missing of the last session of its listing', '2025-02-07', '2025-02-07', undefined, '2025-02-07'],
    ['missing of days after its listing', '2025-02-10', '2025-03-07', undefined, 'complete'],
  ])('%s: from %s to %s, stored to %s: %s', async (_, from, to, storedTo, expected) => {
    const { past, missing } = await setUp();
    const found = await past.lookUp(missing(from, to), storedTo === undefined ? undefined : day(storedTo));
    expect(typeof found === 'object' ? found.ranges.at(-1)!.to : found).toBe(expected);
  });

  it('is unknown where no list ever had it', async () => {
    const { past, missing } = await setUp();
    const other = { ...missing('2025-01-06', '2025-03-07'), symbol: parseSymbol('9999') };
    expect(await past.lookUp(other, undefined)).toBeUndefined();
  });
});

it('lists that are missing are read one after another, each with its number, and written down', async () => {
  const { client, asked } = await serveJQuants(() => [issue('72030')]);
  const range = { from: day('2024-12-01'), to: day('2025-03-07') };
  const universe = memoryUniverse({ spans: [], successions: [], observed: [day('2025-02-03')] });
  const past = new PastIssues(client, listingRecord(universe, { listingsFrom: day('2024-12-15') }, range));
  const told: (readonly [number, number])[] = [];
  await past.readLists((number, of) => told.push([number, of]));
  const days = ['2024-12-16', '2025-01-06', '2025-03-03'];
  expect(asked().map(({ query }) => query.date)).toEqual(days);
  expect(told).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  expect((await universe.read()).observed).toEqual([...days, '2025-02-03'].sort());
});
