import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { SettingSource, Settings } from '@daytrade/contracts';
import { type ReplayServer, startReplayServer } from '@daytrade/market-data/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runLine, testSettings } from '../platform/answering-services.fixture.ts';

let folder: string;
let state: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-doctor-'));
  state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Machine {
  readonly words?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly sources?: readonly (readonly [string, SettingSource])[];
  readonly answers?: object;
}

function doctor({ words = [], settings = {}, sources = [], answers = {} }: Machine = {}) {
  return runLine(['doctor', ...words], answers as Readonly<Record<string, unknown>>, {
    settings: testSettings({ DAYTRADE_STATE_DIR: state, ...settings }),
    settingSources: new Map(sources),
    settingsFile: join(folder, 'day-trade.toml'),
  });
}
/** The checks, without the table of settings before them. */
const checks = async (machine: Machine = {}) => {
  const { out, exitCode } = await doctor(machine);
  return { lines: out.trimEnd().split('\n\n')[1]!.split('\n'), exitCode };
};

it('checks what the platform needs, and ends with 0 where all is well', async () => {
  expect(await checks()).toEqual({
    lines: [
      `ok    settings file: none; daytrade setup writes ${join(folder, 'day-trade.toml')}`,
      `ok    runtime: Node.js ${process.version}`,
      `ok    machine: ${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
      `ok    state folder: ${state}`,
      'ok    platform: not running; start it with daytrade up',
      'ok    bars: none yet',
    ],
    exitCode: 0,
  });
});

describe('the settings', () => {
  const lineOf = async (name: string, machine: Machine) =>
    (await doctor(machine)).out.split('\n').find((line) => line.startsWith(`${name} `));

  it('are shown with value, source, and what they do', async () => {
    const file = join(folder, 'day-trade.toml');
    writeFileSync(file, '');
    const machine: Machine = {
      settings: { DAYTRADE_TOKEN: 'a-token-of-24-characters-or-more', DAYTRADE_JOBS: { report: { enabled: false } } },
      sources: [
        ['DAYTRADE_TOKEN', { from: 'environment' }],
        ['DAYTRADE_JOBS', { from: 'file', file, line: 7 }],
      ],
    };
    expect(await lineOf('DAYTRADE_TOKEN', machine)).toMatch(/ \(hidden\) +environment +/);
    expect(await lineOf('DAYTRADE_JOBS', machine)).toMatch(
      / \{"report":\{"enabled":false\}\} +day-trade\.toml line 7 +/,
    );
    expect(await lineOf('DAYTRADE_HOST', machine)).toMatch(/ 127\.0\.0\.1 +default +/);
    expect(await lineOf('DAYTRADE_DATABASE_URL', machine)).toMatch(/ – +default +/);
    expect((await doctor(machine)).out).not.toContain('a-token-of');
    expect((await checks(machine)).lines[0]).toBe(`ok    settings file: ${file}`);
  });

  it('show no password of an address', async () => {
    const line = await lineOf('DAYTRADE_DATABASE_URL', {
      settings: { DAYTRADE_DATABASE_URL: 'postgres://day:a-password@db/daytrade' },
    });
    expect(line).toContain('@db/daytrade');
    expect(line).not.toContain('a-password');
  });

  it('say that the state folder is that of the option', async () => {
    expect(await lineOf('DAYTRADE_STATE_DIR', { words: ['--state-dir', state] })).toMatch(/ --state-dir +/);
    expect(await lineOf('DAYTRADE_STATE_DIR', {})).toMatch(/ default +/);
    expect(await lineOf('DAYTRADE_HOST', { words: ['--state-dir', state] })).toMatch(/ default +/);
  });

  it('name the file of a secret only where one is set', async () => {
    const name = 'DAYTRADE_JQUANTS_API_KEY_FILE';
    expect(await lineOf('DAYTRADE_TOKEN_FILE', {})).toBeUndefined();
    expect(await lineOf(name, {})).toBeUndefined();
    expect(await lineOf(name, { settings: { [name]: join(folder, 'key') } })).toContain(join(folder, 'key'));
  });

  it('are in the JSON with key and place', async () => {
    const file = join(folder, 'day-trade.toml');
    const { out } = await doctor({
      words: ['--json'],
      settings: { DAYTRADE_JQUANTS_PLAN: 'light' },
      sources: [['DAYTRADE_JQUANTS_PLAN', { from: 'file', file, line: 3 }]],
    });
    const { settingsFile, settings, checks: all } = JSON.parse(out);
    expect(settingsFile).toBeNull();
    expect(settings.find(({ name }: { name: string }) => name === 'DAYTRADE_JQUANTS_PLAN')).toMatchObject({
      key: 'jquants.plan',
      value: 'light',
      source: 'file',
      file,
      line: 3,
      unit: 'choice',
    });
    expect(all.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, true, true, true, true]);
  });
});

describe('the state folder', () => {
  const check = async (path: string) => {
    const { lines, exitCode } = await checks({ settings: { DAYTRADE_STATE_DIR: path } });
    return [lines[3], exitCode];
  };

  it('will be created where it is not there', async () => {
    const path = join(folder, 'a', 'b');
    expect(await check(path)).toEqual([`ok    state folder: ${path} (will be created)`, 0]);
  });

  it('is no file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')])
      expect(await check(path)).toEqual([`FAIL  state folder: ${file} is not a folder; set DAYTRADE_STATE_DIR`, 5]);
  });

  it('is written by its owner alone', async () => {
    chmodSync(state, 0o777);
    const [line, exitCode] = await check(state);
    expect(line).toMatch(/^FAIL {2}state folder: .*chmod go-w/);
    expect(exitCode).toBe(5);
  });

  it.skipIf(process.getuid?.() === 0)('can be written', async () => {
    chmodSync(state, 0o500);
    expect(await check(state)).toEqual([`FAIL  state folder: ${state} cannot be written; set DAYTRADE_STATE_DIR`, 5]);
  });
});

describe('the file with the key', () => {
  const check = async (text: string | undefined, mode = 0o600) => {
    const key = join(folder, 'key');
    if (text !== undefined) writeFileSync(key, text);
    if (text !== undefined) chmodSync(key, mode);
    const { lines, exitCode } = await checks({ settings: { DAYTRADE_JQUANTS_API_KEY_FILE: key } });
    return [lines[4]!.replaceAll(key, 'KEY'), exitCode];
  };

  it.each([
    ['a-key-of-jquants\n', 0o600, 'ok    key of J-Quants: KEY', 0],
    ['a-key-of-jquants\n', 0o640, 'ok    key of J-Quants: KEY, which others can read: chmod 600 KEY', 0],
    ['a-key-of-jquants\n', 0o604, 'ok    key of J-Quants: KEY, which others can read: chmod 600 KEY', 0],
    [undefined, 0, 'FAIL  key of J-Quants: KEY cannot be read (ENOENT)', 5],
  ])('that has %j with mode %o', async (text, mode, line, exitCode) => {
    expect(await check(text, mode)).toEqual([line, exitCode]);
  });

  it('has the key alone, and is not shown', async () => {
    const [line, exitCode] = await check('two words and more');
    expect(line).toMatch(/^FAIL {2}key of J-Quants: KEY has something else in it; expected the key alone/);
    expect(line).not.toContain('two words');
    expect(exitCode).toBe(5);
  });
});

describe('a platform that runs', () => {
  let server: ReplayServer;
  beforeAll(async () => {
    server = await startReplayServer(({ path }) =>
      path.startsWith('/scheduler') ? { status: 503, body: '{}' } : { body: '{}' },
    );
  });
  afterAll(() => server.close());

  const run = (addresses: object) => {
    const running = { pid: process.pid, startedAt: '2026-11-24T06:30:00.000Z', dashboard: 'http://127.0.0.1:8080' };
    writeFileSync(join(state, 'running.json'), JSON.stringify({ ...running, ...addresses }), { mode: 0o600 });
  };

  it('has a line for each service', async () => {
    run({ data: `${server.url}/data`, ml: 'http://127.0.0.1:1', scheduler: `${server.url}/scheduler` });
    const { lines, exitCode } = await checks();
    expect(lines.slice(4)).toEqual([
      `ok    platform: runs with pid ${process.pid} since 2026-11-24T06:30:00.000Z, page http://127.0.0.1:8080`,
      `ok    data service: ${server.url}/data is ready`,
      expect.stringMatching(/^FAIL {2}ml service: http:\/\/127\.0\.0\.1:1 does not answer: /),
      `FAIL  scheduler service: ${server.url}/scheduler answered 503`,
      'ok    bars: none yet',
    ]);
    expect(exitCode).toBe(5);
  });

  it('is not asked at an address of another machine', async () => {
    const url = 'http://192.0.2.7:8000';
    run({ data: url, ml: url, scheduler: url });
    const { lines, exitCode } = await checks();
    expect(lines.slice(4)).toEqual([
      expect.stringMatching(/^FAIL {2}platform: DAYTRADE_HOST="127\.0\.0\.1": expected "192\.0\.2\.7"/),
      'ok    bars: none yet',
    ]);
    expect(exitCode).toBe(5);
  });
});

describe('the bars', () => {
  const check = async (answer: object | undefined) => {
    writeFileSync(join(state, 'database'), '');
    const { lines, exitCode } = await checks({
      answers: answer === undefined ? {} : { 'GET /v1/symbols/damaged': answer },
    });
    return [lines.at(-1), exitCode];
  };
  const damaged = (...symbols: readonly string[]) =>
    symbols.map((symbol) => ({ symbol, message: symbol === '9984' ? '2025 is cut off' : '2024 is damaged' }));

  it.each([
    [[], 'ok    bars: the bars of 40 symbols are those that were written', 0],
    [damaged('7203'), 'FAIL  bars: 7203: 2024 is damaged; run daytrade fetch --repair, or daytrade import FOLDER', 5],
    [
      damaged('7203', '6758', '9984', '6501'),
      'FAIL  bars: 7203 and 2 more: 2024 is damaged; 9984: 2025 is cut off; run daytrade fetch --repair, ' +
        'or daytrade import FOLDER',
      5,
    ],
  ])('with %j damaged', async (symbols, line, exitCode) => {
    expect(await check({ checked: 40, damaged: symbols })).toEqual([line, exitCode]);
  });

  it('are not known where the service does not answer', async () => {
    expect(await check(undefined)).toEqual([expect.stringMatching(/^FAIL {2}bars: nothing answers GET/), 5]);
  });
});
