import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '@daytrade/contracts';
import { type ReplayServer, startReplayServer } from '@daytrade/market-data/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../language/language.ts';
import { runLine, testSettings } from '../platform/answering-services.fixture.ts';
import { settingsIn } from '../settings/settings-file.ts';

// J-Quants is a server of the test: it takes one key, and another one for the older days of the free plan alone.

const apiKey = 'the-key-that-nobody-may-see';
const freeKey = 'the-key-of-a-free-plan';
let server: ReplayServer;
let asked: string[];
let folder: string;
let settingsFile: string;

beforeAll(async () => {
  const twoMonthsAgo = new Date(Date.now() - 60 * 86_400_000).toISOString();
  server = await startReplayServer(({ headers, query }) => {
    const key = String(headers['x-api-key']);
    asked.push(key);
    const takes = key === apiKey || (key === freeKey && query.date! < twoMonthsAgo);
    if (takes) return { body: '{"data":[]}' };
    if (key === freeKey) return { status: 400, body: '{"message":"Your subscription covers other dates."}' };
    return { status: 403, body: '{"message":"The api key is invalid."}' };
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'daytrade-setup-'));
  settingsFile = join(folder, 'day-trade.toml');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await speak('en');
});

interface Machine {
  readonly typed?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly fromEnvironment?: readonly string[];
}

function setup(words: readonly string[], { typed, settings = {}, fromEnvironment = [] }: Machine = {}) {
  return runLine(
    ['setup', ...words],
    {},
    {
      ...(typed && { typed }),
      settings: testSettings({
        DAYTRADE_JQUANTS_URL: server.url,
        DAYTRADE_STATE_DIR: join(folder, 'state'),
        ...settings,
      }),
      settingSources: new Map(fromEnvironment.map((name) => [name, { from: 'environment' }])),
      settingsFile,
    },
  );
}

const written = async () => {
  const settings = await settingsIn(readFileSync(settingsFile, 'utf8'), settingsFile);
  return Object.fromEntries(settings.map(({ key, value }) => [key, value]));
};
function keyFile(key: string, mode = 0o600): string {
  const path = join(folder, 'key');
  writeFileSync(path, `${key}\n`);
  chmodSync(path, mode);
  return path;
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const jquants = (path: string) => [
  '--provider',
  'jquants',
  '--plan',
  'premium',
  '--language',
  'en',
  '--key-file',
  path,
];

describe('setup that asks nothing', () => {
  it('writes what the options say, and what to do next', async () => {
    const path = keyFile(apiKey);
    const { out, err } = await setup([...jquants(path), '--universe', '7203,6758', '--yes']);
    expect(out).toBe(`Wrote ${settingsFile}.

Next:
  daytrade fetch    fetches the bars of 7203,6758
  daytrade train    trains the ensemble on these bars; the model goes live when it is complete
  daytrade predict  publishes the intervals for the next session's close
  daytrade up       runs everything with the page, and fetches what is new by itself
`);
    expect(err).toMatch(/^The premium plan gives .*\nAsking J-Quants …\nJ-Quants takes the key, and the plan has/);
    expect(asked).toEqual([apiKey]);
    expect(await written()).toEqual({
      language: 'en',
      provider: 'jquants',
      universe: '7203,6758',
      'jquants.plan': 'premium',
      'jquants.api_key_file': path,
    });
    expect(modeOf(settingsFile)).toBe('644');
    expect(readFileSync(path, 'utf8')).toBe(`${apiKey}\n`);
    expect(existsSync(join(folder, 'config'))).toBe(false);
  });

  it('takes a key of the environment, which stays there', async () => {
    const settings = { DAYTRADE_JQUANTS_API_KEY: apiKey };
    await setup(['--provider', 'jquants', '--language', 'en', '--yes'], { settings });
    expect(asked).toEqual([apiKey]);
    expect(Object.keys(await written())).not.toContain('jquants.api_key_file');
    await expect(setup([...jquants(keyFile(apiKey)), '--yes'], { settings })).rejects.toThrow(
      '--key-file: expected DAYTRADE_JQUANTS_API_KEY not to be set in the environment, which comes first',
    );
  });

  it('takes the key file in force, where none is named', async () => {
    const settings = { DAYTRADE_JQUANTS_API_KEY_FILE: keyFile(apiKey) };
    await setup(['--provider', 'jquants', '--language', 'en', '--yes'], { settings });
    expect(asked).toEqual([apiKey]);
    expect(await written()).toMatchObject({ 'jquants.api_key_file': settings.DAYTRADE_JQUANTS_API_KEY_FILE });
  });

  it('with --no-check does not ask J-Quants', async () => {
    expect((await setup([...jquants(keyFile('another-key')), '--no-check', '--yes'])).err).toBe('');
    expect(asked).toEqual([]);
    expect(await written()).toMatchObject({ 'jquants.plan': 'premium' });
  });

  it('writes the minutes of J-Quants only where they differ from the default', async () => {
    await setup([...jquants(keyFile(apiKey)), '--minutes', '0', '--yes']);
    expect(Object.keys(await written())).not.toContain('jquants.minute_sessions');
    await setup([...jquants(keyFile(apiKey)), '--minutes', '60', '--yes']);
    expect(await written()).toMatchObject({ 'jquants.minute_sessions': '60' });
  });

  it('takes a folder by its whole path', async () => {
    const { out } = await setup(['--provider', 'csv', '--folder', folder, '--language', 'en', '--yes', '--json']);
    const command = (name: string) => expect.stringMatching(new RegExp(`^daytrade ${name} +\\w`)) as string;
    expect(JSON.parse(out)).toEqual({
      written: true,
      settingsFile,
      keyFile: null,
      next: ['fetch', 'train', 'predict', 'up'].map(command),
    });
    expect(await written()).toEqual({ language: 'en', provider: 'csv', 'csv.folder': folder });
  });

  it('writes what a source needs besides, and says what it is', async () => {
    const { err } = await setup(['--provider', 'yahoo', '--universe', '7203', '--language', 'en', '--yes']);
    expect(err).toMatch(/^Yahoo Finance is an unofficial source/);
    expect(await written()).toMatchObject({ 'yahoo.use': 'on', universe: '7203' });
  });

  it('has the demo alone as the next step of synthetic bars', async () => {
    const { out } = await setup(['--provider', 'synthetic', '--language', 'en', '--yes']);
    expect(out.split('\n').slice(2)).toEqual([
      'Next:',
      '  daytrade up       makes bars, trains on them, and shows the page',
      '',
    ]);
  });

  it('says that a platform which runs has the settings of its start', async () => {
    const state = join(folder, 'state');
    mkdirSync(state, { mode: 0o700 });
    const url = 'http://127.0.0.1:8080';
    const running = { pid: process.pid, startedAt: '2026-11-24T06:30:00.000Z', dashboard: url, data: url, ml: url };
    writeFileSync(join(state, 'running.json'), JSON.stringify({ ...running, scheduler: url }), { mode: 0o600 });
    const { out } = await setup(['--provider', 'synthetic', '--language', 'en', '--yes']);
    expect(out.split('\n').slice(2, 5)).toEqual([
      'Next:',
      '  stop the platform that is running and start it again, since it has the settings of its start',
      expect.stringMatching(/^ {2}daytrade up/),
    ]);
  });

  it('notes what the environment has, which comes before the file', async () => {
    const settings = { DAYTRADE_JQUANTS_PLAN: 'light', DAYTRADE_PROVIDER: 'jquants' } as const;
    const fromEnvironment = Object.keys(settings);
    const { err } = await setup([...jquants(keyFile(apiKey)), '--yes'], { settings, fromEnvironment });
    const note = /^(\w+) is set in the environment, which comes before (\S+) in the file$/gm;
    expect([...err.matchAll(note)].map(([, ...names]) => names)).toEqual([['DAYTRADE_JQUANTS_PLAN', 'jquants.plan']]);
  });

  it.each([
    ['no provider', ['--language', 'en'], '--provider: expected it, since nothing is asked with --yes'],
    ['an unknown provider', ['--provider', 'stooq'], /^--provider: expected one of .*, got "stooq"/],
    ['an unknown plan', ['--provider', 'jquants', '--plan', 'gold'], /^--plan: expected .*, got "gold"/],
    ['no folder', ['--provider', 'csv'], '--folder: expected it, since nothing is asked with --yes'],
    ['a folder that is not there', ['--provider', 'csv', '--folder', '/no'], '--folder: expected a folder that exists'],
    ['a file as a folder', ['--provider', 'csv', '--folder', '/dev/null'], '--folder: expected a folder that exists'],
    [
      'no key',
      ['--provider', 'jquants'],
      '--key-file: expected the file that has the key of J-Quants; https://jpx-jquants.com gives one',
    ],
  ])('refuses %s, and leaves nothing behind', async (_, words, message) => {
    const failed = setup([...words, '--yes']);
    await expect(failed).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(failed).rejects.toThrow(message);
    expect(existsSync(settingsFile)).toBe(false);
  });

  it.each([
    ['that others can read', apiKey, 0o604, 'others can read it (mode 604): chmod 600 '],
    ['that the group can write', apiKey, 0o620, 'others can read it (mode 620): chmod 600 '],
    ['with something else in it', 'two words', 0o600, 'it has something else in it; expected the key alone'],
  ])('refuses a key file %s, without what is in it', async (_, key, mode, message) => {
    const failed = await setup([...jquants(keyFile(key, mode)), '--yes']).catch((error: unknown) => error as Error);
    expect(failed).toMatchObject({ code: 'input.invalid', message: expect.stringContaining(message) as string });
    expect(JSON.stringify([(failed as Error).message, failed])).not.toContain(key);
    expect(asked).toEqual([]);
  });

  it('says of a key file that is not there why it cannot be read', async () => {
    await expect(setup([...jquants(join(folder, 'none')), '--yes'])).rejects.toThrow(
      'expected a file with the key of J-Quants that only you can read; it cannot be read (ENOENT)',
    );
  });

  it.each([
    ['a wrong key', 'a-wrong-key', 'data.provider-forbidden'],
    ['the key of another plan', freeKey, 'data.provider-refused'],
  ])('ends with the refusal of %s, and leaves nothing behind', async (_, key, code) => {
    await expect(setup([...jquants(keyFile(key)), '--yes'])).rejects.toMatchObject({ code });
    expect(asked).toEqual([key]);
    expect(existsSync(settingsFile)).toBe(false);
  });
});

describe('setup that asks', () => {
  it('proposes what is in force, takes a new key, and keeps it for its owner alone', async () => {
    const { out, err } = await setup([], { typed: ['en', '', 'premium', '', '', apiKey, ''] });
    const key = join(folder, 'config', 'day-trade', 'jquants-key');
    expect([modeOf(join(key, '..')), modeOf(key), readFileSync(key, 'utf8')]).toEqual(['700', '600', `${apiKey}\n`]);
    expect(out.split('\n')[0]).toBe(`Wrote ${key} and ${settingsFile}.`);
    expect(err).toContain('yahoo (unofficial) or synthetic (a demo) [jquants]: ');
    expect(err).toContain('free, light, standard, premium [free]: ');
    expect(err).toContain('0 without it [0]: ');
    expect(err).toContain('Write this? [yes]: ');
    expect(err).toContain(`${settingsFile}\n  language = "en"\n  provider = "jquants"\n  jquants.plan = "premium"\n`);
    expect(err).toContain(`\n${key}, for you alone\n  the key of J-Quants\n`);
    expect(out + err).not.toContain(apiKey);
    expect(await written()).toMatchObject({ universe: 'topix500', 'jquants.api_key_file': key });
  });

  it('does not ask what an option says', async () => {
    const { err } = await setup([...jquants(keyFile(apiKey)), '--universe', '7203', '--minutes', '0'], {
      typed: ['n'],
    });
    expect(err.match(/\?/g)).toHaveLength(1);
  });

  it('writes nothing without a yes, and shows what it would be', async () => {
    const { out } = await setup([...jquants(keyFile(apiKey)), '--universe', '7203', '--minutes', '0'], {
      typed: ['no'],
    });
    expect(out).toMatch(/^Nothing was written\. It would be\n\n.*jquants\.plan = "premium"/s);
    expect(out).toMatch(/and the settings file as a whole\n\n# Settings of day-trade;.*plan = "premium"/s);
    expect(existsSync(settingsFile)).toBe(false);
    const words = ['--provider', 'synthetic', '--language', 'en', '--json'];
    expect(JSON.parse((await setup(words, { typed: ['n'] })).out)).toEqual({
      written: false,
      settingsFile,
      keyFile: null,
      text: expect.stringMatching(/provider = "synthetic"/) as string,
    });
  });

  it('asks again until an answer is valid, and says why', async () => {
    const typed = ['xx', 'en', 'stooq', 'csv', '/nowhere', folder, 'perhaps', 'y'];
    const { err } = await setup([], { typed });
    expect(err).toContain('expected one of "ja", "en", got "xx"\n');
    expect(err).toContain('got "stooq"\n');
    expect(err).toContain('expected a folder that exists, got "/nowhere"\n');
    expect(err).not.toContain('--folder');
    expect(err.match(/Write this\?/g)).toHaveLength(2);
    expect(await written()).toEqual({ language: 'en', provider: 'csv', 'csv.folder': folder });
  });

  it('asks for the key again while it is refused, three times', async () => {
    const first = ['en', 'jquants', '', '', ''];
    await setup([], { typed: [...first, 'short', 'a-wrong-key', 'a-wrong-key-2', apiKey, 'y'] });
    expect(asked).toEqual(['a-wrong-key', 'a-wrong-key-2', apiKey]);
    expect(existsSync(settingsFile)).toBe(true);
    rmSync(settingsFile);
    const wrong = ['wrong-key-1', 'wrong-key-2', 'wrong-key-3', apiKey];
    await expect(setup([], { typed: [...first, ...wrong, 'y'] })).rejects.toMatchObject({
      code: 'data.provider-forbidden',
    });
    expect(asked.slice(3)).toEqual(wrong.slice(0, 3));
    expect(existsSync(settingsFile)).toBe(false);
  });

  it('asks for the plan again where the key is of another one', async () => {
    const typed = ['en', 'jquants', 'premium', '', '', freeKey];
    const refused = setup([], { typed: [...typed, 'light', 'standard', 'y'] });
    await expect(refused).rejects.toMatchObject({ code: 'data.provider-refused' });
    expect(asked).toEqual([freeKey, freeKey, freeKey]);
    const { err } = await setup([], { typed: [...typed, 'free', 'y'] });
    expect(asked).toHaveLength(5);
    expect(err).toContain('free, light, standard, premium [free]: ');
    expect(await written()).toMatchObject({ 'jquants.plan': 'free' });
  });

  it('says the refusal where the input ends at the question after it', async () => {
    const typed = ['en', 'jquants', 'premium', '', '', freeKey];
    await expect(setup([], { typed })).rejects.toMatchObject({ code: 'data.provider-refused' });
    await expect(setup([], { typed: ['en'] })).rejects.toThrow(/^standard input ended at the question "Where do bars/);
  });

  it.each([
    ['yes', true],
    ['no', false],
    ['', false],
  ])('asks whether to write without having tried the key where nobody answers: %j', async (answer, isWritten) => {
    const settings = { DAYTRADE_JQUANTS_URL: 'http://127.0.0.1:1' };
    const done = setup([...jquants(keyFile(apiKey)), '--universe', '7203', '--minutes', '0'], {
      typed: [answer, 'yes'],
      settings,
    });
    if (isWritten) await done;
    else
      await expect(done).rejects.toMatchObject({
        code: expect.stringMatching(/^data\.provider|unreachable/) as string,
      });
    expect(existsSync(settingsFile)).toBe(isWritten);
  });
});

describe('the settings file', () => {
  const synthetic = ['--provider', 'synthetic', '--language', 'en', '--yes'];

  it('keeps its mode, and a link to it', async () => {
    const target = join(folder, 'target.toml');
    writeFileSync(target, 'workers = 2\n');
    chmodSync(target, 0o640);
    symlinkSync(target, settingsFile);
    await setup(synthetic);
    expect(readFileSync(target, 'utf8')).toMatch(/^workers = 2\n/);
    expect(await written()).toEqual({ workers: '2', language: 'en', provider: 'synthetic' });
    expect(modeOf(target)).toBe('640');
  });

  it('is left as it is where it says so already', async () => {
    await setup(synthetic);
    const before = readFileSync(settingsFile, 'utf8');
    const { err } = await setup(synthetic.slice(0, -1), { typed: [''] });
    expect(err).toContain(`${settingsFile}\n  nothing that is not there already\n`);
    expect(readFileSync(settingsFile, 'utf8')).toBe(before);
  });

  it('is refused where it is no file', async () => {
    mkdirSync(settingsFile);
    await expect(setup(synthetic)).rejects.toMatchObject({
      code: 'output.unwritable',
      message: `${settingsFile}: expected a file, or nothing yet`,
    });
  });
});
