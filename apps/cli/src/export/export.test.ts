import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { sampleEvaluation, sampleJudged, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { importFolder } from '../upload/import-folder.ts';
import { exportRequest, exportTable } from './export-table.ts';

// Real services on a state folder; a symbol has a row that the quality gate keeps out.

const bars = `date,open,high,low,close,volume
2024-01-05,900,910,890,905,500
`;
const dirty = `${bars}2024-01-06,=1+2,910,890,905,500
`;

let commands: CommandsOnPlatform;

const path = (name: string) => join(commands.folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');

beforeAll(async () => {
  commands = await commandsOnPlatform();
  mkdirSync(path('in'));
  const files = { '7203.csv': bars, '6501.csv': bars, '9984.csv': dirty };
  for (const [name, text] of Object.entries(files)) writeFileSync(path(`in/${name}`), text);
  await commands.platform.queue.start();
  const request = { folder: path('in'), symbolsFile: undefined, priceBasis: undefined };
  await importFolder(commands.context, commands.connection, request);
});
afterAll(() => commands.close());

it('an export of predictions has the announcement that may move the session of each', async () => {
  const [session, lastSession] = [parseTradeDate('2024-01-10'), parseTradeDate('2024-01-09')];
  const predicted = ['7203', '6501'].map((code) => {
    return samplePrediction({ symbol: parseSymbol(code), session, lastSession, synthetic: false });
  });
  await commands.platform.stores.predictions.save(predicted);
  const made = {
    symbol: parseSymbol('7203'),
    date: lastSession,
    kind: 'made',
    time: '15:30',
    source: 'jquants',
    knownSince: '2024-01-09T06:30:00.000Z',
    knownUntil: null,
  } as const;
  await commands.platform.stores.announcements.upsertMany([made]);
  const request = exportRequest('predictions', { output: path('predictions.csv') });
  await exportTable(commands.connection, request);
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
  await commands.platform.stores.evaluations.save(evaluation, [[parseSymbol('7203'), judged]]);
  const request = exportRequest('judged', { output: path('judged.csv'), symbols: '7203' });
  await exportTable(commands.connection, request);
  const [header, ...rows] = read('judged.csv').trimEnd().split('\n');
  expect(header).toMatch(/^symbol,name,horizon,session,last_close,lower,centre,upper,probability_up,close,inside,/);
  const figures = 'close@10:00,2024-01-09,1234.5,1190,1236,1281.5,,1250,true,';
  expect(rows.at(-1)).toContain(figures);
});

it('an export of the quarantine has no formula for a spreadsheet', async () => {
  const options = { output: path('quarantine.csv'), excel: true };
  const request = exportRequest('quarantine', options);
  expect(await exportTable(commands.connection, request)).toMatchObject({ symbols: ['9984'], rows: 1 });
  await expect(exportTable(commands.connection, request)).rejects.toMatchObject({ code: 'output.exists' });
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
