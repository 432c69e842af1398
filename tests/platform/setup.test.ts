import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema, symbolListSchema } from '@daytrade/contracts';
import { addSessions, lastClosedSession } from '@daytrade/market';
import { jquantsStandIn, type ReplayServer, startReplayServer } from '@daytrade/market-data/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Installation } from '../support/installation.ts';
import {
  type Finished,
  RunningProcess,
  repositoryRoot,
  stopEverything,
  temporaryFolder,
} from '../support/running-process.ts';

const apiKey = 'the-key-that-nobody-may-see';
const freeKey = 'the-key-of-a-free-plan';
const newest = lastClosedSession(Date.now());
/** Enough for a training. */
const from = addSessions(newest, -420);
const symbols = 6;

let server: ReplayServer;
/** Made anew for each test: a person at a machine without any settings. */
let home: string;
let settingsFile: string;
let installation: Installation;

beforeAll(async () => {
  const known = jquantsStandIn({ symbols, from, to: newest, apiKey });
  const free = jquantsStandIn({ symbols, from, to: newest, apiKey: freeKey });
  const message = 'Your subscription covers the following dates: 2024-09-05 ~ 2026-09-04.';
  server = await startReplayServer((request) => {
    if (request.headers['x-api-key'] !== freeKey) return known(request);
    const { date = '' } = request.query;
    return date > addSessions(newest, -50) ? { status: 400, body: JSON.stringify({ message }) } : free(request);
  });
});
afterAll(async () => {
  await stopEverything();
  await server.close();
});
beforeEach(() => {
  home = temporaryFolder('setup');
  settingsFile = join(home, 'day-trade.toml');
  installation = new Installation('setup', environment());
});

const environment = () => ({
  XDG_CONFIG_HOME: join(home, 'config'),
  DAYTRADE_SETTINGS_FILE: settingsFile,
  DAYTRADE_JQUANTS_URL: server.url,
});

/** The setup, with the lines that a person types. */
function setup(lines: readonly string[], ...options: readonly string[]): Promise<Finished> {
  return installation.start(['setup', ...options], { input: lines.map((line) => `${line}\n`).join('') }).finished;
}

function keyFile(key: string, mode = 0o600): string {
  const path = join(home, 'key');
  writeFileSync(path, `${key}\n`);
  chmodSync(path, mode);
  return path;
}

const jquants = (path: string) => ['--provider', 'jquants', '--plan', 'premium', '--key-file', path];
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a new user', () => {
  it('answers, fetches, trains and predicts', async () => {
    const ended = await setup(['en', '', 'premium', '', '', '', apiKey, '']);
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.stderr).toContain('J-Quants takes the key');
    expect(ended.stdout).toMatch(/Next:\n\s+\S*daytrade fetch +fetches the bars of topix500/);
    expect(ended.stdout + ended.stderr).not.toContain(apiKey);
    const key = join(home, 'config', 'day-trade', 'jquants-key');
    expect([modeOf(join(key, '..')), modeOf(key), readFileSync(key, 'utf8')]).toEqual(['700', '600', `${apiKey}\n`]);
    expect(readFileSync(settingsFile, 'utf8')).not.toContain(apiKey);

    const doctor = await installation.here('doctor');
    expect(doctor.stdout).toMatch(/DAYTRADE_PROVIDER\s.*jquants.*day-trade\.toml line \d/);
    expect(doctor.stdout).not.toContain(apiKey);

    await installation.begin();
    const fetched = await installation.here('fetch');
    expect(fetched, fetched.stderr).toMatchObject({ exitCode: 0 });
    const listed = await installation.readHere(symbolListSchema, 'symbols', 'list');
    expect(listed.symbols.filter(({ synthetic }) => !synthetic)).toHaveLength(symbols);
    const trained = await installation.here('train');
    expect(trained, trained.stderr).toMatchObject({ exitCode: 0 });
    expect((await installation.readHere(predictionListSchema, 'predict')).predictions).toHaveLength(symbols);
  });

  it('says everything by options, and changes one thing later', async () => {
    const options = ['--universe', '7203,6758', '--language', 'ja', '--yes'];
    expect(await setup([], ...jquants(keyFile(apiKey)), ...options)).toMatchObject({ exitCode: 0 });
    const before = readFileSync(settingsFile, 'utf8');
    writeFileSync(settingsFile, `# of the desk at the window\nworkers = 2 # not all\n\n${before}`);
    expect(await setup(['', '', 'standard', '', '', '', 'y'])).toMatchObject({ exitCode: 0 });
    const after = readFileSync(settingsFile, 'utf8');
    expect(after).toBe(
      `# of the desk at the window\nworkers = 2 # not all\n\n${before}`.replace('premium', 'standard'),
    );
    expect(existsSync(join(home, 'config'))).toBe(false);
  });

  it('has files instead', async () => {
    const ended = await setup([], '--provider', 'csv', '--folder', home, '--language', 'en', '--yes', '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ written: true, settingsFile, keyFile: null });
    await installation.begin();
    const fetched = await installation.here('fetch');
    expect(fetched).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(home) });
  });
});

describe('an ordinary mistake', () => {
  const wrong = `${apiKey}-wrong`;
  it.each([
    ['a wrong key', () => jquants(keyFile(wrong)), 2, /answered 403.*api key is invalid/],
    ['another plan than thought', () => jquants(keyFile(freeKey)), 2, /does not give the bars of .*is it another plan/],
    ['a key that others can read', () => jquants(keyFile(apiKey, 0o644)), 2, /mode 644\): chmod 600/],
    ['a key file that is none', () => jquants(keyFile('two words and more')), 2, /has something else in it/],
    ['a key file that is not there', () => jquants(join(home, 'none')), 2, /cannot be read \(ENOENT\)/],
    ['no key', () => ['--provider', 'jquants'], 2, /--key-file: expected the file that has the key/],
    ['no provider', () => [], 2, /--provider: expected it/],
    ['a provider that there is none of', () => ['--provider', 'stooq'], 2, /--provider: expected one of.*"stooq"/],
    ['an index of Yahoo', () => ['--provider', 'yahoo'], 2, /--universe: expected codes, as 7203,6758/],
    [
      'a universe that there is none of',
      () => ['--provider', 'jquants', '--universe', 'nikkei'],
      2,
      /topix500.*"nikkei"/,
    ],
    [
      'a folder that is not there',
      () => ['--provider', 'csv', '--folder', '/nowhere'],
      2,
      /--folder: expected a folder that exists/,
    ],
  ] as const)('is %s, and leaves nothing behind', async (_name, options, exitCode, says) => {
    const ended = await installation.here('setup', ...options(), '--yes');
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr.replaceAll('\n', ' ')).toMatch(says);
    for (const secret of [apiKey, freeKey, 'two words']) expect(ended.stderr).not.toContain(secret);
    expect(existsSync(settingsFile)).toBe(false);
  });

  it('is a server that does not answer, which --no-check does not ask', async () => {
    const path = keyFile(apiKey);
    const nobody = await startReplayServer(() => ({ body: '' }));
    await nobody.close();
    const away = { environment: { DAYTRADE_JQUANTS_URL: nobody.url } };
    const ended = await installation.start(['setup', ...jquants(path), '--yes'], away).finished;
    expect(ended).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('ECONNREFUSED') });
    expect(existsSync(settingsFile)).toBe(false);
    const unchecked = ['setup', ...jquants(path), '--yes', '--no-check'];
    expect(await installation.start(unchecked, away).finished).toMatchObject({ exitCode: 0 });
    expect(existsSync(settingsFile)).toBe(true);
  });

  it('is corrected when it is asked: key, then plan', async () => {
    const ended = await setup(['en', 'jquants', 'gold', 'light', '', '', '', wrong, freeKey, 'free', 'no']);
    expect(ended.stderr).toMatch(/"gold".*answered 403.*is it another plan/s);
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('jquants.plan = "free"') });
    expect(ended.stderr).toContain('12 weeks old at least, so that every forecast is for a session that is over');
    expect(existsSync(settingsFile)).toBe(false);
  });

  it('is a settings file that is none', async () => {
    const nothing = { environment: { DAYTRADE_SETTINGS_FILE: '/dev/null' } };
    const options = ['--provider', 'synthetic', '--yes'];
    const ended = await installation.start(['setup', ...options], nothing).finished;
    expect(ended).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('/dev/null: expected a file') });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is an input that ends, which is said with the question', async () => {
    const ended = await setup(['jquants']);
    expect(ended).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('standard input ended at the question'),
    });
    expect(existsSync(settingsFile)).toBe(false);
  });
});

const hasTerminal = existsSync('/usr/bin/script');

describe.skipIf(!hasTerminal)(`in a terminal${hasTerminal ? '' : ' (skipped: no /usr/bin/script)'}`, () => {
  /** `script` lets a command run in a terminal of its own. */
  const start = () =>
    new RunningProcess('script', ['-qec', `${join(repositoryRoot, 'daytrade')} setup`, '/dev/null'], {
      environment: environment(),
      isTyped: true,
    });

  async function untilKey(terminal: RunningProcess): Promise<void> {
    const answers = {
      'Language of': 'en',
      'come from': 'jquants',
      'Which plan': 'premium',
      'Which symbols': '',
      'Minute bars': '',
    };
    for (const [question, answer] of Object.entries(answers)) {
      await terminal.until('stdout', new RegExp(`${question}.*\\]: `));
      terminal.type(`${answer}\r`);
    }
    await terminal.until('stdout', /Key of J-Quants.*\): /);
  }

  it('a key is not shown while it is typed', async () => {
    const terminal = start();
    await untilKey(terminal);
    terminal.type(`${apiKey}\r`);
    await terminal.until('stdout', /Write this\?.*\]: /);
    terminal.type('\r');
    expect(await terminal.finished).toMatchObject({ exitCode: 0 });
    expect(terminal.stdout).toContain('premium');
    expect(terminal.stdout).not.toContain(apiKey);
    expect(existsSync(settingsFile)).toBe(true);
  });

  it('Ctrl-C leaves everything as it was', async () => {
    const terminal = start();
    await untilKey(terminal);
    terminal.type('\x03');
    expect(await terminal.finished).toMatchObject({ exitCode: 130 });
    expect(terminal.stdout).toContain('nothing was changed');
    expect(readdirSync(home)).toEqual([]);
  });
});
