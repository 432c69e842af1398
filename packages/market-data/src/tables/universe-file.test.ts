import { describe, expect, it } from 'vitest';
import { readUniverseFile } from './universe-file.ts';

const header = 'kind,symbol,from,to,universe,successor,ratio,shares,reason';
const read = (...rows: readonly string[]) =>
  readUniverseFile(Buffer.from([header, ...rows, ''].join('\n')), 'listings.csv');

describe('a file of listings', () => {
  it('gives listings, memberships, successions and shares, with dates and codes in any spelling', async () => {
    const found = await read(
      'listing,6502,1949-05-16,2023/12/19,,,,,taken private',
      'member,72030,20190104,,TOPIX100,,,,',
      'succession,9437.T,2020-12-29,,,9432,1,,',
      'shares,7203,2024-05-08,,,,,"16,314,987,460",',
    );
    expect(found).toMatchObject({
      rows: 4,
      faults: [],
      spans: [
        { symbol: '6502', universe: 'listed', from: '1949-05-16', to: '2023-12-19', reason: 'taken private', line: 2 },
        { symbol: '7203', universe: 'topix100', from: '2019-01-04', to: null, reason: null, source: 'import' },
      ],
      successions: [{ symbol: '9437', successor: '9432', date: '2020-12-29', ratio: 1 }],
      shares: [{ symbol: '7203', date: '2024-05-08', shares: 16_314_987_460 }],
    });
  });

  it('names every bad row with its line, and takes the others', async () => {
    const { faults, spans } = await read(
      'listing,6502,2024-02-30,,,,,,',
      'listing,65-2,2024-01-04,,,,,,',
      'member,7203,2024-01-04,,dow,,,,',
      'listing,7203,2024-01-04,2023-12-29,,,,,',
      'succession,7203,2024-01-04,,,7203,,,',
      'shares,7203,2024-01-04,,,,,0,',
      'merger,7203,2024-01-04,,,,,,',
      'listing,9984,2024-01-04',
      'listing,9984,,,,,,,',
      'listing,9983,2020-01-06,,,,,,',
      'listing,9983,2022-01-04,,,,,,',
      'succession,6503,2024-01-04,,,6504,2,,',
      'succession,6503,2025-01-06,,,6504,2,,',
    );
    expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringMatching(/^2 .*from.*2024-02-30/),
      '3 symbol: expected a code as 7203, 72030 or 7203.T, got "65-2"',
      '4 universe: expected one of topix, topix500, topix100, nikkei225, got "dow"',
      '5 to: expected a day from 2024-01-04 on, got 2023-12-29',
      '6 successor: expected another code than 7203',
      '7 shares: expected a number above 0, got "0"',
      '8 kind: expected listing, member, succession or shares, got "merger"',
      '9 expected 9 fields, got 3',
      '10 from, to: expected at least one of the two days',
      '12 9983 is in listed already by line 11, which ends never',
      '14 6503 became 6504 already by line 13',
    ]);
    expect(spans.map(({ symbol }) => symbol)).toEqual(['9983', '9983']);
  });

  it.each([
    ['2022-01-03', '2022-01-04', []],
    ['2022-01-04', '2022-01-04', ['3 7203 is in listed already by line 2, which ends 2022-01-04']],
    ['2022-01-05', '2022-01-04', ['3 7203 is in listed already by line 2, which ends 2022-01-05']],
    ['2022-01-05', '', ['3 7203 is in listed already by line 2, which ends 2022-01-05']],
  ])('has spans of one symbol that end (%s) before the next begins (%s)', async (to, from, expected) => {
    const rows = [`listing,7203,${from === '' ? '' : '2020-01-06'},${to},,,,,`, `listing,7203,${from},2023-01-04,,,,,`];
    const { faults } = await read(...rows);
    expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual(expected);
    const { faults: ofOthers } = await read(rows[0]!, rows[1]!.replace('7203', '6501'));
    expect(ofOthers).toEqual([]);
  });

  it('takes a span of a day, an open beginning, a ratio of 1 by default, and 200 characters of a reason', async () => {
    const { spans, successions, faults } = await read(
      `listing,7203,2024-01-04,2024-01-04,,,,,${'x'.repeat(201)}`,
      'member,7203,,2024-01-04,topix,,,,-',
      'succession,9437,2020-12-29,,,9432,,,merged',
      'succession,9437,2020-12-29,,,9433,0.5,,',
    );
    expect(faults).toEqual([]);
    const imported = { symbol: '7203', source: 'import', to: '2024-01-04' };
    expect(spans).toEqual([
      { ...imported, universe: 'listed', from: '2024-01-04', reason: 'x'.repeat(200), line: 2 },
      { ...imported, universe: 'topix', from: null, reason: '-', line: 3 },
    ]);
    const from = { symbol: '9437', date: '2020-12-29', source: 'import' };
    expect(successions).toEqual([
      { ...from, successor: '9432', ratio: 1, reason: 'merged', line: 4 },
      { ...from, successor: '9433', ratio: 0.5, reason: null, line: 5 },
    ]);
  });

  it('names the faults in the order of their lines, of rows and between them', async () => {
    const { faults } = await read(
      'listing,7203,2020-01-06,,,,,,',
      'listing,7203,2021-01-04,,,,,,',
      'succession,6503,2024-01-04,,,6504,2,,',
      'shares,7203,2024-01-04,,,,,-1,',
      'succession,6503,2024-01-04,,,6504,-2,,',
      'succession,6503,2025-01-06,,,6504,2,,',
      'member,7203,2024-01-04,,listed,,,,',
      'member,7203,2024-01-04,,TOPIX500,,,,',
    );
    expect(faults.map(({ line }) => line)).toEqual([3, 5, 6, 7, 8]);
  });

  it('is refused with what was expected where it is another table', async () => {
    const refused = (text: string) => readUniverseFile(Buffer.from(text), 'bars.csv');
    await expect(refused('date,close\n2024-01-04,1\n')).rejects.toThrow('bars.csv: line 1: expected the header kind,');
    await expect(refused('kind,symbol,from,form\n')).rejects.toThrow('found a column form');
    await expect(refused('kind,symbol,from,to,from\n')).rejects.toThrow('found the column from twice');
    await expect(refused('kind,symbol,to\n')).rejects.toThrow('found no column from');
    await expect(refused('\n')).rejects.toThrow('nothing but blank lines');
  });
});
