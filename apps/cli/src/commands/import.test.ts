import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type AnnouncementImport,
  announcementImportSchema,
  type FetchResult,
  fetchResultSchema,
  type IndexImport,
  indexImportSchema,
} from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';
import { pathOf } from './import.ts';

it('reads paths, a ~ that no shell has replaced, and no addresses', () => {
  expect(pathOf('bars')).toBe(resolve('bars'));
  expect(pathOf('~/bars')).toBe(join(homedir(), 'bars'));
  expect(pathOf('./~bars')).toBe(resolve('~bars'));
  expect(() => pathOf('https://example.com/7203.csv')).toThrow('is an address; download its files');
});

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-import-'));
  file = join(folder, 'a.csv');
  writeFileSync(file, 'code,date\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const fault = (line: number) => ({ line, reason: 'closed-day', message: `a.csv line ${line}: the market was closed` });

describe('import --announcements', () => {
  const result: AnnouncementImport = announcementImportSchema.parse({
    file: 'a.csv',
    dryRun: false,
    written: true,
    rows: 1_300,
    faults: [],
    symbols: 1_100,
    days: 1_250,
    added: 50,
    moved: 1,
    firstDate: '2026-01-05',
    lastDate: '2026-11-24',
  });
  const taken = (changes: object, ...words: string[]) =>
    runLine(['import', file, '--announcements', ...words], {
      'PUT /v1/symbols/announcements/file': { ...result, ...changes },
    });

  it('counts the days that were added, known before and moved', async () => {
    const { out, requests, exitCode } = await taken({});
    expect(out).toBe(`a.csv: 1,300 rows, 0 bad ones.
Results of 1,100 symbols, 2026-01-05 to 2026-11-24: 50 added, 1,200 known before; 1 plan moved or dropped.
`);
    expect(requests).toEqual([['PUT /v1/symbols/announcements/file?file=a.csv&dryRun=false']]);
    expect(exitCode).toBe(0);
  });

  it('with --dry-run says what would be', async () => {
    const nothing = { dryRun: true, written: false, symbols: 1, firstDate: null, lastDate: null, moved: 0 };
    const { out, requests } = await taken(nothing, '--dry-run');
    expect(out).toBe(`a.csv: 1,300 rows, 0 bad ones.
Results of 1 symbol, – to –: 50 would be added, 1,200 known before; 0 plans moved or dropped.
Nothing was written.
`);
    expect(requests).toEqual([['PUT /v1/symbols/announcements/file?file=a.csv&dryRun=true']]);
  });

  it('names every bad row, and ends with 2', async () => {
    const { out, err, exitCode } = await taken({ faults: [fault(3), fault(4)], written: false });
    expect(err).toBe('a.csv line 3: the market was closed\na.csv line 4: the market was closed\n');
    expect(out).toBe(`a.csv: 1,300 rows, 2 bad ones.
Nothing was written: correct what is named above and import it again.
`);
    expect(exitCode).toBe(2);
  });

  it.each(['--symbols', '--index', '--basis', '--date-format'])('refuses %s beside it', async (option) => {
    const value = { '--index': 'topix', '--basis': 'traded', '--date-format': 'YY/MM/DD' }[option] ?? 'x.csv';
    await expect(taken({}, option, value)).rejects.toMatchObject({
      code: 'input.invalid',
      message: `${option}: expected it without --announcements; give one of the two`,
    });
  });

  it('reads 16 MiB, and no longer file', async () => {
    const [long, whole] = [join(folder, 'long.csv'), join(folder, 'whole.csv')];
    writeFileSync(long, Buffer.alloc(16 * 1_048_576 + 1));
    writeFileSync(whole, Buffer.alloc(16 * 1_048_576));
    const answers = { 'PUT /v1/symbols/announcements/file': result };
    await expect(runLine(['import', long, '--announcements'], answers)).rejects.toThrow(
      'long.csv: expected at most 16777216 bytes of earnings dates, got 16777217',
    );
    expect((await runLine(['import', whole, '--announcements'], answers)).exitCode).toBe(0);
  });
});

describe('import --index', () => {
  const result: IndexImport = indexImportSchema.parse({
    name: 'topix',
    file: 'a.csv',
    dryRun: false,
    rowsRead: 1_300,
    valuesAdded: 1_000,
    valuesChanged: 2,
    valuesUnchanged: 3,
    rowsOutsideCalendar: 0,
    keptOut: [],
    firstDate: '2026-01-05',
    lastDate: '2026-11-24',
  });
  const taken = (keptOut: readonly object[], ...words: string[]) =>
    runLine(['import', file, '--index', 'topix', ...words], { 'PUT /v1/indices/topix/file': { ...result, keptOut } });

  it('counts the values, and sends how dates are written', async () => {
    const { out, err, requests } = await taken([]);
    expect(out).toBe(`topix from a.csv: 1,300 rows, 2026-01-05 to 2026-11-24.
1,000 added, 2 changed, 3 the same.
`);
    expect(err).toBe('');
    expect(requests).toEqual([['PUT /v1/indices/topix/file?file=a.csv&dryRun=false']]);
    const words = ['--dry-run', '--date-format', 'DD/MM/YYYY'];
    expect((await taken([], ...words)).requests).toEqual([
      ['PUT /v1/indices/topix/file?file=a.csv&dateFormat=DD%2FMM%2FYYYY&dryRun=true'],
    ]);
  });

  it('names five rows that were kept out, counts the others, and does not fail', async () => {
    const rows = [1, 2, 3, 4, 5, 6, 7].map(fault);
    const named = rows.slice(0, 5).map(({ message }) => `kept out: ${message}\n`);
    expect(await taken(rows.slice(0, 5))).toMatchObject({ err: named.join(''), exitCode: 0 });
    expect((await taken(rows.slice(0, 6))).err).toBe(`${named.join('')}kept out: 1 rows more, see --json\n`);
    expect((await taken(rows)).err).toBe(`${named.join('')}kept out: 2 rows more, see --json\n`);
  });

  it.each([
    [['--index', 'dax'], /^--index: expected one of .*, got "dax"/],
    [['--index', 'topix', '--symbols', 'x.csv'], '--symbols: expected it without --index; give one of the two'],
    [['--index', 'topix', '--basis', 'traded'], '--basis: expected it without --index; give one of the two'],
    [['--index', 'topix', '--date-format', 'YYYY'], /^--date-format: expected one of /],
  ])('refuses %j', async (words, message) => {
    await expect(runLine(['import', file, ...words])).rejects.toThrow(message);
  });

  it('reads 8 MiB, and no longer file', async () => {
    const long = join(folder, 'index.csv');
    writeFileSync(long, Buffer.alloc(8 * 1_048_576 + 1));
    await expect(runLine(['import', long, '--index', 'topix'])).rejects.toThrow(
      'index.csv: expected at most 8388608 bytes of one index series, got 8388609',
    );
  });
});

describe('import of bars', () => {
  const result: FetchResult = fetchResultSchema.parse({
    provider: 'csv',
    synthetic: false,
    files: 1,
    filesRefused: [],
    filesSkipped: [],
    symbols: 1,
    rowsRead: 3,
    barsAdded: 2,
    barsChanged: 0,
    barsUnchanged: 0,
    rowsQuarantined: 1,
    rowsWithoutTrade: 0,
    warnings: 0,
    seconds: 1,
  });
  const imported = (changes: Partial<FetchResult>, ...words: string[]) =>
    runLine(['import', folder, ...words], {
      'POST /v1/fetches': { run: endedRun('fetch', { ...result, ...changes }) },
    });
  const kept = (reason: string, rows = 1) => ({ reason, rows, first: 'a.csv line 3: the close is odd' });

  it('sends the folder with what the options say of it', async () => {
    const body = { provider: 'csv', folder };
    const { requests, out, err, exitCode } = await imported({});
    expect(requests).toEqual([['POST /v1/fetches', body]]);
    expect({ out: out.split('\n')[0], err, exitCode }).toEqual({
      out: '1 symbol from 1 file in 1.0 s (3 rows/s)',
      err: '',
      exitCode: 0,
    });
    const words = ['--basis', 'traded', '--dry-run', '--date-format', 'YY/MM/DD', '--symbols', 'x.csv'];
    expect((await imported({}, ...words)).requests).toEqual([
      [
        'POST /v1/fetches',
        { ...body, priceBasis: 'traded', dryRun: true, dateFormat: 'YY/MM/DD', symbolsFile: resolve('x.csv') },
      ],
    ]);
  });

  it.each([
    ['placeholder', 0],
    ['open-outside-range', 0],
    ['close-outside-range', 0],
    ['closed-day', 2],
    ['not-a-number', 2],
  ])('with a row kept out as %s ends with %i', async (reason, exitCode) => {
    const { err, ...ended } = await imported({ keptOut: [kept(reason)] });
    expect(ended.exitCode).toBe(exitCode);
    const words = `1 row quarantined as ${reason}, the first in a.csv line 3: the close is odd\n`;
    expect(err).toBe(exitCode === 0 ? '' : words);
  });

  it('names all that would be kept out in a dry run', async () => {
    const { err, exitCode } = await imported({ dryRun: true, keptOut: [kept('placeholder', 1_200)] }, '--dry-run');
    expect(err).toBe('1,200 rows would be quarantined as placeholder, the first in a.csv line 3: the close is odd\n');
    expect(exitCode).toBe(0);
  });

  it('names refused files and notes, and ends with 2 for a refused file', async () => {
    const refused = { file: 'b.csv', message: 'b.csv: no header' };
    const { err, exitCode } = await imported({ filesRefused: [refused], notes: ['bars are late'] });
    expect(err).toBe('refused b.csv: no header\nbars are late\n');
    expect(exitCode).toBe(2);
    expect((await imported({ notes: ['bars are late'] })).exitCode).toBe(0);
  });

  it.each([
    [['--basis', 'raw'], /^--basis: expected one of /],
    [['--date-format', 'YYYY'], /^--date-format: expected one of /],
  ])('refuses %j', async (words, message) => {
    await expect(imported({}, ...words)).rejects.toThrow(message);
  });
});
