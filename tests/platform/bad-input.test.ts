import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchResultSchema, problemSchema, type QuarantineEntry, quarantineListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FinishedHere } from '../support/command-here.ts';
import { Installation } from '../support/installation.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';
import { type Finished, stopEverything, temporaryFolder } from '../support/running-process.ts';
import { barHeader, writeBars } from './made-bars.ts';

const badInput = 2;
const notFound = 3;

afterAll(stopEverything);

describe('a folder with files without bars', () => {
  const installation = new Installation('bad-files');
  const folder = join(temporaryFolder('bad-files'), 'bars');
  let imported: Finished;

  beforeAll(async () => {
    writeBars(folder, { symbols: ['7203'], from: '2025-01-06', to: '2025-03-31' });
    writeFileSync(join(folder, '7201.csv'), 'date,open,high,low,volume\n2025-01-06,400,410,395,100000\n');
    writeFileSync(join(folder, '7202.csv'), '');
    writeFileSync(join(folder, '7205.csv'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x00, 0x00, 0xff]));
    imported = await installation.daytrade('import', folder, '--json');
  });

  it('ends with an exit code that is not 0', () => {
    expect(imported.exitCode).toBe(badInput);
  });

  it.each([
    [
      'a file without a close column',
      /bars\/7201\.csv: line 1: there is no column close; .*expected date,open,high,low,close/,
    ],
    ['an empty file', /bars\/7202\.csv: the file is empty; expected a header line and rows of bars/],
    [
      'a binary file',
      /bars\/7205\.csv: .*binary file.*; expected CSV text in UTF-8|bars\/7205\.csv: .*expected at most/,
    ],
  ])('names %s and what was expected', (_what, message) => {
    expect(imported.stderr).toMatch(message);
  });

  it('keeps the good file', async () => {
    const result = fetchResultSchema.parse(JSON.parse(imported.stdout));
    expect(result.filesRefused.map(({ file }) => file)).toEqual(['bars/7201.csv', 'bars/7202.csv', 'bars/7205.csv']);
    expect(result).toMatchObject({ symbols: 1, rowsQuarantined: 0 });
    expect(result.barsAdded).toBeGreaterThan(50);
  });

  it.each(['7201.csv', '7202.csv', '7205.csv'])('refuses %s alone as well', async (name) => {
    const ended = await installation.here('import', join(folder, name));
    expect(ended.exitCode).toBe(badInput);
    expect(ended.stderr).toContain(`error: bars/${name}: `);
  });
});

describe('a file with bad rows between good ones', () => {
  const installation = new Installation('bad-rows');
  const file = join(temporaryFolder('bad-rows'), '7203.csv');
  const rows = [
    '2025-01-06,2500,2520,2490,2510,1000000',
    '2025-02-30,2510,2530,2500,2520,1000000',
    '2025-01-07,2510,2530,2500,,1000000',
    '2025-01-08,-2510,2530,2500,2520,1000000',
    '2025-01-09,2520,2500,2540,2530,1000000',
    '2025-01-11,2530,2550,2520,2540,1000000',
    '2025-01-10,2530,2550',
    '2025-01-14,2540,2560,2530,2550,1000000',
  ];
  let imported: FinishedHere;

  beforeAll(async () => {
    writeFileSync(file, [barHeader, ...rows, ''].join('\n'));
    imported = await installation.here('import', file, '--json');
  });

  it('names file and line, what was found and what was expected, and does not end with 0', () => {
    expect(imported.exitCode).toBe(badInput);
    expect(imported.stderr).toMatch(
      /7203\.csv line 3: date: expected a date that exists, as YYYY-MM-DD, got "2025-02-30"/,
    );
    expect(imported.stderr).toMatch(/7203\.csv line 4: close: expected a number, got ""/);
  });

  it('keeps the good rows, and lists the others with line, reason and the row as it was read', async () => {
    expect(fetchResultSchema.parse(JSON.parse(imported.stdout))).toMatchObject({ barsAdded: 2, rowsQuarantined: 6 });
    expect((await quarantineOf(installation)).map(({ line, reason, row }) => ({ line, reason, row }))).toEqual([
      { line: 3, reason: 'date-invalid', row: rows[1] },
      { line: 4, reason: 'not-a-number', row: rows[2] },
      { line: 5, reason: 'price-not-positive', row: rows[3] },
      { line: 6, reason: 'high-below-low', row: rows[4] },
      { line: 7, reason: 'closed-day', row: rows[5] },
      { line: 8, reason: 'fields-missing', row: rows[6] },
    ]);
  });
});

describe.skipIf(!hasRealBars)(`real bars with real dirt${needsRealBars}`, () => {
  it('8303.T with negative and absurd prices: names the lines, keeps the good rows', async () => {
    const installation = new Installation('defective');
    const ended = await installation.here('import', realBars('tse', 'defective', '8303.T.csv'), '--json');
    expect(ended.exitCode).toBe(badInput);
    expect(ended.stderr).toMatch(/8303\.T\.csv line 2: expected prices above 0 and up to 1,000,000,000 yen, found /);
    const result = fetchResultSchema.parse(JSON.parse(ended.stdout));
    expect(result).toMatchObject({ rowsRead: 690, barsAdded: 260, rowsQuarantined: 430 });
  });

  describe('rows on holidays', () => {
    const installation = new Installation('holidays');
    const folder = join(temporaryFolder('holidays'), 'daily-2013-2024-raw');
    let imported: FinishedHere;

    beforeAll(async () => {
      mkdirSync(folder);
      copyFileSync(realBars('tse', 'daily-2013-2024-raw', '7203.T.csv'), join(folder, '7203.T.csv'));
      imported = await installation.here('import', folder, '--json');
    });

    it('are named with file, line and the reason of the closed day; the exit code is not 0', () => {
      expect(imported.exitCode).toBe(badInput);
      expect(imported.stderr).toMatch(/7203\.T\.csv line \d+: the exchange was closed on 2017-07-17 \(Marine Day\)/);
    });

    it('are quarantined, all 22 of them, and so are the placeholders of two sessions', async () => {
      const rows = await quarantineOf(installation);
      const closed = rows.filter(({ reason }) => reason === 'closed-day').map(({ date }) => date);
      expect(closed).toHaveLength(22);
      expect([closed[0], closed.at(-1)]).toEqual(['2017-07-17', '2018-12-31']);
      const placeholders = rows.filter(({ reason }) => reason === 'placeholder').map(({ date }) => date);
      expect(placeholders).toEqual(['2015-12-25', '2016-07-11']);
    });

    it('leave the sessions around them in place', async () => {
      const { rowsRead, barsAdded, rowsQuarantined } = fetchResultSchema.parse(JSON.parse(imported.stdout));
      expect(barsAdded).toBe(rowsRead - rowsQuarantined);
      expect(barsAdded).toBeGreaterThan(2900);
    });
  });
});

describe('a command that is asked for what does not exist', () => {
  const installation = new Installation('bad-arguments');

  beforeAll(() =>
    installation.here('fetch', 'synthetic', '--count', '2', '--from', '2025-01-06', '--to', '2025-03-31'),
  );

  it.each([
    { args: 'predict 9999', exitCode: notFound, message: /no bars for 9999/ },
    { args: 'predict toyota', exitCode: badInput, message: /symbols\[0\]: expected a code as 7203, .* got "toyota"/ },
    {
      args: 'sessions --from 2026-02-30',
      exitCode: badInput,
      message: /from: expected a date that exists.* "2026-02-30"/,
    },
    {
      args: 'fetch synthetic --from 2026-02-30',
      exitCode: badInput,
      message: /from: expected a date that exists.* "2026-02-30"/,
    },
    { args: 'symbols select --as-of 30.2.2026', exitCode: badInput, message: /--as-of: expected a date as YYYY-MM-DD/ },
    {
      args: 'symbols select --count ten',
      exitCode: badInput,
      message: /--count: expected a whole number from 1 .*"ten"/,
    },
    { args: 'models show m1', exitCode: notFound, message: /no model m1/ },
    { args: 'models promote m1', exitCode: notFound, message: /no model m1/ },
    { args: 'jobs run trading', exitCode: notFound, message: /no job "trading" .*; the jobs are .*training/ },
    { args: 'import /no/such/folder', exitCode: badInput, message: /folder: \/no\/such\/folder cannot be read/ },
    { args: 'forecast', exitCode: badInput, message: /unknown command 'forecast'/ },
  ])('daytrade $args ends with $exitCode', async ({ args, exitCode, message }) => {
    const ended = await installation.here(...args.split(' '));
    expect(ended.stderr).toMatch(message);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout).toBe('');
  });
});

describe('a request that is wrong', () => {
  const installation = new Installation('bad-requests');
  const trading = { method: 'POST', headers: { 'content-type': 'application/json' } };
  let services: Record<'ml' | 'data' | 'scheduler', string>;

  beforeAll(async () => {
    const up = installation.start(['up', '--no-synthetic', '--json']);
    const [ready] = await up.until('stdout', /\{"ready":true.*\}\n/);
    const { ml, data, scheduler } = JSON.parse(ready);
    services = { ml, data, scheduler };
  });

  it('body that is not JSON: 400, naming line and column', async () => {
    const problem = await ask('ml', '/v1/predictions', { ...trading, body: '{"symbols": [7203' });
    expect(problem).toMatchObject({ status: 400, code: 'input.not-json' });
    expect(problem.detail).toMatch(/body: not JSON at line 1, column 18 .*expected /);
  });

  it('body of 10 MB: 413, naming the most that is taken', async () => {
    const body = JSON.stringify({ symbols: ['7203'], padding: 'x'.repeat(10_000_000) });
    const problem = await ask('ml', '/v1/predictions', { ...trading, body });
    expect(problem).toMatchObject({ status: 413, code: 'input.too-large' });
    expect(problem.detail).toMatch(/body: expected at most \d+ bytes/);
  });

  it('field of another type: 400, naming field, value and what is expected', async () => {
    const problem = await ask('ml', '/v1/trainings', { ...trading, body: '{"seed": "one"}' });
    expect(problem).toMatchObject({ status: 400, code: 'input.invalid' });
    expect(problem.detail).toMatch(/seed: expected a number, got "one"/);
  });

  it('unknown symbol: 404', async () => {
    const problem = await ask('data', '/v1/bars/9999');
    expect(problem).toMatchObject({ status: 404, code: 'data.symbol-unknown' });
    expect(problem.detail).toContain('9999');
  });

  it.each([
    ['data', '/v1/bars/0101?from=2026-02-30'],
    ['data', '/v1/symbols/selection?asOf=2026-02-30'],
    ['scheduler', '/v1/sessions?from=2026-02-30'],
  ] as const)('date 2026-02-30 at %s %s: 400', async (service, path) => {
    const problem = await ask(service, path);
    expect(problem.status).toBe(400);
    expect(problem.detail).toMatch(/^(from|asOf): expected a date that exists, got "2026-02-30"/);
  });

  it('leaves the services ready', async () => {
    for (const service of Object.values(services)) expect((await fetch(`${service}/readyz`)).status).toBe(200);
  });

  async function ask(service: keyof typeof services, path: string, request: RequestInit = {}) {
    const answer = await fetch(`${services[service]}${path}`, request);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = problemSchema.parse(await answer.json());
    expect(problem.status).toBe(answer.status);
    return problem;
  }
});

async function quarantineOf(installation: Installation): Promise<readonly QuarantineEntry[]> {
  const args = ['quarantine', 'list', '--limit', '10000', '--severity', 'quarantined'];
  const { quarantine } = await installation.readHere(quarantineListSchema, ...args);
  return quarantine;
}
