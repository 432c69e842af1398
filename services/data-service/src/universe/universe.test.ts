import { problemSchema, symbolHistorySchema, universeImportSchema, universeMembersSchema } from '@daytrade/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from '../data-service.fixture.ts';

const running = await startDataService('2024-06-03T08:00:00Z');
afterAll(() => running.close());

const put = (text: string, query = 'file=listings.csv') => running.put(`/v1/symbols/universe/file?${query}`, text);
const imported = async (text: string, query?: string) => universeImportSchema.parse((await put(text, query)).json());
const on = async (day: string, universe = 'listed') =>
  universeMembersSchema.parse((await running.get(`/v1/symbols/universe?on=${day}&universe=${universe}`)).body);
const codesOn = async (day: string, universe?: string) => (await on(day, universe)).symbols.map(({ symbol }) => symbol);
const history = async (symbol: string) =>
  symbolHistorySchema.parse((await running.get(`/v1/symbols/${symbol}/history`)).body);

const header = 'kind,symbol,from,to,universe,successor,ratio,shares,reason';
const file = [
  header,
  'listing,6502,2019-01-04,2023-12-19,,,,,taken private',
  'listing,7203,2019-01-04,,,,,,',
  'member,6502,2020-01-06,2022-12-30,topix100,,,,',
  'succession,6502,2023-12-20,,,7203,0.5,,merger',
  'shares,7203,2024-05-08,,,,,16314987460,',
].join('\n');

describe('PUT /v1/symbols/universe/file', () => {
  it('writes nothing in a dry run, nor with a bad row, which it names', async () => {
    const expected = { written: false, rows: 5, added: 5, unchanged: 0, removed: 0, faults: [] };
    expect(await imported(file, 'file=listings.csv&dryRun=true')).toMatchObject({ ...expected, dryRun: true });
    const bad = await imported(`${file}\nlisting,7203,2024-01-04,,,,,,\nlisting,x,2024-01-04,,,,,,\n`);
    expect(bad).toMatchObject({ written: false });
    expect(bad.faults.map(({ message }) => message)).toEqual([
      'listings.csv line 7: 7203 is in listed already by line 3, which ends never',
      'listings.csv line 8: symbol: expected a code as 7203, 72030 or 7203.T, got "x"',
    ]);
    expect(await on('2024-01-04')).toMatchObject({ knownFrom: null, symbols: [] });
    expect(problemSchema.parse((await put('date,close\n')).json())).toMatchObject({ code: 'data.file-unreadable' });
  });

  it('takes a file whole, the same again changes nothing, and another replaces what it names', async () => {
    expect(await imported(file)).toMatchObject({ written: true, added: 5, unchanged: 0 });
    expect(await imported(file)).toMatchObject({ written: true, added: 0, removed: 0, unchanged: 5 });
    expect(await codesOn('2023-12-19')).toEqual(['6502', '7203']);
    expect(await codesOn('2023-12-20')).toEqual(['7203']);
    expect(await codesOn('2022-12-30', 'topix100')).toEqual(['6502']);
    const corrected = await imported(`${header}\nlisting,6502,2019-01-04,2023-12-20,,,,,taken private`);
    expect(corrected).toMatchObject({ added: 1, removed: 1, unchanged: 4 - 1 });
    expect(await codesOn('2023-12-20')).toEqual(['6502', '7203']);
    expect(await codesOn('2022-12-30', 'topix100')).toEqual(['6502']);
  });
});

describe('GET /v1/symbols/{symbol}/history', () => {
  it('has spans, successions on both sides, and shares; of a code that nobody knows, nothing', async () => {
    expect(await history('6502')).toMatchObject({
      spans: [
        { universe: 'listed', from: '2019-01-04', to: '2023-12-20', reason: 'taken private', source: 'import' },
        { universe: 'topix100', from: '2020-01-06', to: '2022-12-30' },
      ],
      became: [{ successor: '7203', date: '2023-12-20', ratio: 0.5, reason: 'merger' }],
      was: [],
      bars: null,
    });
    expect(await history('72030')).toMatchObject({
      symbol: '7203',
      was: [{ symbol: '6502' }],
      shares: [{ date: '2024-05-08', periodEnd: '2024-05-08', shares: 16_314_987_460, source: 'import' }],
    });
    expect(await history('9999')).toMatchObject({ spans: [], became: [], was: [], shares: [], bars: null });
  });

  it('shares are those of the day, in the members as well', async () => {
    expect((await on('2024-05-07')).symbols).toContainEqual(expect.objectContaining({ symbol: '7203', shares: null }));
    const { symbols, knownFrom } = await on('2024-05-08');
    expect(symbols).toContainEqual(expect.objectContaining({ symbol: '7203', shares: 16_314_987_460 }));
    expect(knownFrom).toBe('2019-01-04');
  });
});
