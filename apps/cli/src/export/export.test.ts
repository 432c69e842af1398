import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { createLogger } from '@daytrade/service';
import { newState, sampleEvaluation, sampleJudged, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Connection } from '../platform/connect.ts';
import { clientsOf, openPlatform, type Platform } from '../platform/open-platform.ts';
import { importFolder } from '../upload/import-folder.ts';
import { exportRequest, exportTable } from './export-table.ts';

// Real services on a state folder; a symbol has a row that the quality gate keeps out.

const bars = `date,open,high,low,close,volume
2024-01-05,900,910,890,905,500
`;
const dirty = `${bars}2024-01-06,=1+2,910,890,905,500
`;

const stream = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
const context = { terminal: { stdout: stream, stderr: stream }, signal: new AbortController().signal };
let folder: string;
let platform: Platform;
let connection: Connection;

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-export-'));
  mkdirSync(join(folder, 'in'));
  const files = { '7203.csv': bars, '6501.csv': bars, '9984.csv': dirty };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'in', name), text);
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, 'state')) };
  platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  await platform.queue.start();
  connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  await importFolder(context, connection, {
    folder: join(folder, 'in'),
    symbolsFile: undefined,
    priceBasis: undefined,
  });
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

it('an export of predictions has the announcement that may move the session of each', async () => {
  const [session, lastSession] = [parseTradeDate('2024-01-10'), parseTradeDate('2024-01-09')];
  const predicted = ['7203', '6501'].map((code) => {
    return samplePrediction({ symbol: parseSymbol(code), session, lastSession, synthetic: false });
  });
  await platform.stores.predictions.save(predicted);
  const made = {
    symbol: parseSymbol('7203'),
    date: lastSession,
    kind: 'made',
    time: '15:30',
    source: 'jquants',
    knownSince: '2024-01-09T06:30:00.000Z',
    knownUntil: null,
  } as const;
  await platform.stores.announcements.upsertMany([made]);
  const request = exportRequest('predictions', { output: join(folder, 'predictions.csv') });
  await exportTable(connection, request);
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
  await platform.stores.evaluations.save(evaluation, [[parseSymbol('7203'), judged]]);
  const request = exportRequest('judged', { output: join(folder, 'judged.csv'), symbols: '7203' });
  await exportTable(connection, request);
  const [header, ...rows] = read('judged.csv').trimEnd().split('\n');
  expect(header).toMatch(/^symbol,name,horizon,session,last_close,lower,centre,upper,probability_up,close,inside,/);
  const figures = 'close@10:00,2024-01-09,1234.5,1190,1236,1281.5,,1250,true,';
  expect(rows.at(-1)).toContain(figures);
});

it('an export of the quarantine has no formula for a spreadsheet', async () => {
  const options = { output: join(folder, 'quarantine.csv'), excel: true };
  const request = exportRequest('quarantine', options);
  expect(await exportTable(connection, request)).toMatchObject({ symbols: ['9984'], rows: 1 });
  await expect(exportTable(connection, request)).rejects.toMatchObject({ code: 'output.exists' });
  const [header, row] = read('quarantine.csv').split('\n');
  expect(header).toBe('\ufeffsymbol,date,file,line,severity,reason,message,row');
  expect(row).toContain('9984,2024-01-06,in/9984.csv,3,quarantined,not-a-number,');
  expect(row).toContain('"2024-01-06,=1+2,910,890,905,500"');
});

it.each([
  ['bars', { output: 'x.csv' }, 'what: expected one of "predictions", "judged", "quarantine", "trades", '],
  ['judged', {}, '--output: expected a file name as judged.csv or judged.parquet'],
  ['judged', { output: 'a.parquet', excel: true }, '--excel: expected it with CSV only'],
  ['trades', { output: 'a.csv' }, 'run: expected the run of a backtest'],
  ['judged', { output: 'a.csv', from: '2024-02-30' }, '--from: expected a date that exists'],
  [
    'judged',
    { output: 'a.csv', from: '2024-02-02', to: '2024-02-01' },
    '--from: expected a day that is not after --to',
  ],
  ['judged', { output: 'a.csv', symbols: '7203,x' }, 'symbol: expected a code as 7203'],
])('an export of %s with %j is refused', (what, options, message) => {
  expect(() => exportRequest(what, options)).toThrow(message);
});
