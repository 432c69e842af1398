import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, routes } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { createLogger } from '@daytrade/service';
import { newState, sampleEvaluation, sampleJudged, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsOf, openPlatform, type Platform } from '../platform/open-platform.ts';
import { importFolder } from '../upload/import-folder.ts';
import { exportBars } from './export-bars.ts';
import { exportRequest } from './export-request.ts';
import { exportTable } from './export-table.ts';

// Real services on a state folder; a third symbol has a row that the quality gate keeps out.

const toyota = `date,open,high,low,close,volume
2024-01-04,2000.1,2030.123456789,1990,2010.3333333333333,1000000
2024-01-05,2010,2040,2000,2020.7,1100000
2024-01-09,2020,2050,2010,2030,1200000
`;
const hitachi = `date,open,high,low,close,volume
2024-01-05,900,910,890,905,500
`;
const dirty = `${hitachi}2024-01-06,=1+2,910,890,905,500
`;

const stream = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
const context = { terminal: { stdout: stream, stderr: stream }, signal: new AbortController().signal };
let folder: string;
let first: Platform;
const opened: Platform[] = [];

async function open(name: string): Promise<Platform> {
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, name)) };
  const platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  await platform.queue.start();
  opened.push(platform);
  return platform;
}

const connectionOf = (platform: Platform) => ({ ...clientsOf(platform), sharesFiles: true, close: async () => {} });
const read = (...path: readonly string[]) => readFileSync(join(folder, ...path), 'utf8');

async function importInto(platform: Platform, path: string) {
  const request = { folder: path, symbolsFile: undefined, priceBasis: undefined };
  return await importFolder(context, connectionOf(platform), request);
}

async function exportIt(output: string, options: object = {}, platform = first) {
  const request = exportRequest('bars', { output: join(folder, output), ...options });
  return await exportBars(context, connectionOf(platform), request);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-export-'));
  mkdirSync(join(folder, 'in'));
  const files = { '7203.csv': toyota, '6501.csv': hitachi, '9984.csv': dirty };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'in', name), text);
  writeFileSync(
    join(folder, 'in', 'symbols.csv'),
    'symbol,name,group,sector\n7203,"トヨタ, 自動車",large,輸送用機器\n',
  );
  first = await open('first');
  await importInto(first, join(folder, 'in'));
});
afterAll(async () => {
  for (const platform of opened) await platform.close();
  rmSync(folder, { recursive: true });
});

describe('an export of bars to a folder', () => {
  it('is imported again with the same bars, to the bit, and the same names', { tags: ['long'] }, async () => {
    const result = await exportIt('out');
    expect(result.symbols).toEqual(['6501', '7203', '9984']);
    const second = await open('second');
    expect(await importInto(second, join(folder, 'out'))).toMatchObject({ filesRefused: [], rowsQuarantined: 0 });
    const symbols = ['6501', '7203', '9984'];
    expect(await second.stores.bars.dataHash(symbols)).toBe(await first.stores.bars.dataHash(symbols));
    const listed = async (platform: Platform) => await clientsOf(platform).data.call(routes.symbols);
    expect(await listed(second)).toEqual(await listed(first));
  });

  it('names the price basis and the provider in each row', async () => {
    await exportIt('one', { symbols: '72030', from: '2024-01-05' });
    expect(read('one', '7203.csv').replaceAll(/,20\d\d-\d\d-\d\dT[\d:.]*Z$/gm, ',WHEN')).toBe(
      'date,open,high,low,close,volume,price_basis,source,fetched_at\n' +
        '2024-01-05,2010,2040,2000,2020.7,1100000,fully-adjusted,csv,WHEN\n' +
        '2024-01-09,2020,2050,2010,2030,1200000,fully-adjusted,csv,WHEN\n',
    );
  });

  it('does not replace files, and leaves nothing half written', async () => {
    await exportIt('kept', { symbols: '7203' });
    const before = read('kept', '7203.csv');
    await expect(exportIt('kept', { to: '2024-01-04' })).rejects.toMatchObject({ code: 'output.exists' });
    expect(read('kept', '7203.csv')).toBe(before);
    await exportIt('kept', { symbols: '7203', to: '2024-01-04', force: true });
    expect(read('kept', '7203.csv').split('\n')).toHaveLength(3);
    expect(readdirSync(join(folder, 'kept')).toSorted()).toEqual(['7203.csv', 'symbols.csv']);
  });

  it('says which symbols have no bar there, and fails when none has', async () => {
    expect(await exportIt('late', { from: '2024-01-09' })).toMatchObject({
      symbols: ['7203'],
      withoutBars: ['6501', '9984'],
    });
    await expect(exportIt('none', { from: '2025-01-06' })).rejects.toThrow(
      'no symbol has bars of interval 1d from 2025-01-06',
    );
    await expect(exportIt('unknown', { symbols: '7202' })).rejects.toMatchObject({ code: 'data.symbol-unknown' });
  });
});

describe('an export of bars to one file', () => {
  it('has one header and the symbol in front of each row', async () => {
    const { files } = await exportIt('all.csv', { excel: true });
    const lines = read('all.csv').split('\n');
    expect(lines[0]).toBe('\ufeffsymbol,date,open,high,low,close,volume,price_basis,source,fetched_at');
    expect(lines.slice(1, -1).map((line) => line.slice(0, 15))).toEqual([
      '6501,2024-01-05',
      '7203,2024-01-04',
      '7203,2024-01-05',
      '7203,2024-01-09',
      '9984,2024-01-05',
    ]);
    expect(files).toMatchObject([{ rows: 5 }]);
  });

  it('is parquet where its name ends so', { tags: ['long'] }, async () => {
    const { files } = await exportIt('all.parquet');
    expect(read('all.parquet').slice(0, 4)).toBe('PAR1');
    expect(files).toMatchObject([{ file: join(folder, 'all.parquet'), rows: null }]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.export-'))).toEqual([]);
  });
});

it('an export of predictions has the announcement that may move the session of each', async () => {
  const [session, lastSession] = [parseTradeDate('2024-01-10'), parseTradeDate('2024-01-09')];
  const predicted = ['7203', '6501'].map((code) => {
    return samplePrediction({ symbol: parseSymbol(code), session, lastSession, synthetic: false });
  });
  await first.stores.predictions.save(predicted);
  const made = {
    symbol: parseSymbol('7203'),
    date: lastSession,
    kind: 'made',
    time: '15:30',
    source: 'jquants',
    knownSince: '2024-01-09T06:30:00.000Z',
    knownUntil: null,
  } as const;
  await first.stores.announcements.upsertMany([made]);
  const request = exportRequest('predictions', { output: join(folder, 'predictions.csv') });
  await exportTable(connectionOf(first), { ...request, what: 'predictions' });
  const [header, ...rows] = read('predictions.csv').trimEnd().split('\n');
  expect(header).toMatch(/,synthetic,announcement_date,announcement_kind,announcement_time$/);
  expect(rows.map((row) => `${row.slice(0, 4)} ${row.split(',').slice(-3).join(' ')}`).toSorted()).toEqual([
    '6501   ',
    '7203 2024-01-09 made 15:30',
  ]);
});

it('an export of what was judged has the horizon, and no probability that was not shown', async () => {
  const session = parseTradeDate('2024-01-09');
  const evaluation = sampleEvaluation({ horizon: 'close@10:00', synthetic: false });
  const judged = [sampleJudged({ session, close: 1250, inside: true })];
  await first.stores.evaluations.save(evaluation, [[parseSymbol('7203'), judged]]);
  const request = exportRequest('judged', { output: join(folder, 'judged.csv'), symbols: '7203' });
  await exportTable(connectionOf(first), { ...request, what: 'judged' });
  const [header, ...rows] = read('judged.csv').trimEnd().split('\n');
  expect(header).toMatch(/^symbol,name,horizon,session,last_close,lower,centre,upper,probability_up,close,inside,/);
  const figures = 'close@10:00,2024-01-09,1234.5,1190,1236,1281.5,,1250,true,';
  expect(rows.at(-1)).toContain(figures);
});

it('an export of the quarantine has no formula for a spreadsheet', async () => {
  const options = { output: join(folder, 'quarantine.csv'), excel: true };
  const request = { ...exportRequest('quarantine', options), what: 'quarantine' as const };
  expect(await exportTable(connectionOf(first), request)).toMatchObject({ symbols: ['9984'] });
  const [header, row] = read('quarantine.csv').split('\n');
  expect(header).toBe('\ufeffsymbol,date,file,line,severity,reason,message,row');
  expect(row).toContain('9984,2024-01-06,in/9984.csv,3,quarantined,not-a-number,');
  expect(row).toContain('"2024-01-06,=1+2,910,890,905,500"');
});

describe('what cannot be exported', () => {
  it.each([
    [
      'everything',
      { output: 'x' },
      'what: expected one of "bars", "predictions", "judged", "quarantine", got "everything"',
    ],
    ['bars', {}, '--output: expected a folder for a file of each symbol, or a file name as bars.csv'],
    ['bars', { format: 'cvs' }, '--format: expected one of "csv", "parquet", got "cvs"'],
    ['bars', { output: 'a.csv', format: 'parquet' }, '--format: expected csv, as --output ends in .csv, got "parquet"'],
    [
      'bars',
      { output: './x.txt' },
      '--output: expected a folder, or a file that ends in .csv or .parquet, got ./x.txt',
    ],
    ['judged', { output: 'folder' }, '--output: expected a file name as judged.csv, got folder'],
    ['judged', { output: 'a.parquet' }, '--format: expected csv for judged; parquet is for bars'],
    ['bars', { output: 'a.parquet', excel: true }, '--excel: expected it with CSV only'],
    ['bars', { output: 'a', from: '2024-02-30' }, '--from: expected a date that exists'],
    ['bars', { output: 'a', from: '2024-02-02', to: '2024-02-01' }, '--from: expected a day that is not after --to'],
    ['bars', { output: 'a', symbols: '7203,x' }, 'symbol: expected a code as 7203'],
  ])('%s with %j', (what, options, message) => {
    expect(() => exportRequest(what, options)).toThrow(message);
  });

  it('a folder may have a name with a dot, when it is there or is said to be one', () => {
    mkdirSync(join(folder, 'bars.2024'));
    expect(exportRequest('bars', { output: join(folder, 'bars.2024') }).isOneFile).toBe(false);
    expect(exportRequest('bars', { output: 'new.folder/' }).isOneFile).toBe(false);
  });
});
