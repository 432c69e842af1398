import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-settings-'));
  file = join(folder, 'day-trade.toml');
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, environment: Readonly<Record<string, string>> = {}) {
  writeFileSync(file, text);
  return readSettings({ DAYTRADE_SETTINGS_FILE: file, ...environment }, {});
}

const whole = `# of the desk at the window
state_dir = "state"   # beside this file

[jquants]
plan = "light"
api_key_file = "../key"

[max]
in_flight = 2
connections = 2_000

[scheduler]
enabled = false
`;

describe('a settings file', () => {
  it('has the settings of the environment, by sections, with paths from its own folder', async () => {
    expect((await read(whole)).settings).toMatchObject({
      DAYTRADE_STATE_DIR: join(folder, 'state'),
      DAYTRADE_JQUANTS_PLAN: 'light',
      DAYTRADE_JQUANTS_API_KEY_FILE: join(folder, '..', 'key'),
      DAYTRADE_MAX_IN_FLIGHT: 2,
      DAYTRADE_MAX_CONNECTIONS: 2000,
      DAYTRADE_SCHEDULER_ENABLED: false,
    });
  });

  it.each([
    'jquants_plan = "light"',
    'jquants.plan = "light"',
    'jquants = { plan = "light" }',
    '\ufeff[jquants]\r\nplan = "light"\r\n',
  ])('may write a section in any way of TOML: %j', async (text) => {
    expect((await read(text)).settings.DAYTRADE_JQUANTS_PLAN).toBe('light');
  });

  it('comes after the environment, and each value says where it is from', async () => {
    const { settings, settingSources } = await read(whole, {
      DAYTRADE_MAX_IN_FLIGHT: '3',
      DAYTRADE_MAX_CONNECTIONS: '',
    });
    expect(settings).toMatchObject({ DAYTRADE_MAX_IN_FLIGHT: 3, DAYTRADE_MAX_CONNECTIONS: 2000 });
    expect(settingSources.get('DAYTRADE_MAX_IN_FLIGHT')).toEqual({ from: 'environment' });
    expect(settingSources.get('DAYTRADE_MAX_CONNECTIONS')).toEqual({ from: 'file', file, line: 10 });
    expect(settingSources.get('DAYTRADE_STATE_DIR')).toEqual({ from: 'file', file, line: 2 });
    expect(settingSources.has('DAYTRADE_HOST')).toBe(false);
  });

  it.each([
    ['[jquants]\nplam = "light"', 'line 2: jquants.plam: there is no such setting; docs/settings.md'],
    ['DAYTRADE_JQUANTS_PLAN = "light"', 'line 1: DAYTRADE_JQUANTS_PLAN: there is no such setting; docs/settings.md'],
    [
      '\n[jquants]\nplan = "gold"',
      'line 3: jquants.plan="gold": expected one of "free", "light", "standard", "premium"',
    ],
    ['port = 70000', 'line 1: port="70000": expected a whole number from 0 to 65455'],
    ['database.url = "postgres://u:p@db"', 'line 1: database.url: expected no password in the address'],
    ['[scheduler]\nenabled = "perhaps"', 'line 2: scheduler.enabled="perhaps": expected true or false'],
    ['provider = "csv"', 'provider (FILE line 1)="csv": expected DAYTRADE_CSV_FOLDER as well'],
    ['max_in_flight = 1\n[max]\nin_flight = 2', 'line 3: max.in_flight: it stands at line 1 already'],
    ['settings_file = "other.toml"', 'line 1: settings_file: expected it in the environment'],
    ['[jquants]\nplan = 2026-01-05', 'line 2: jquants.plan: expected a text, a number, true, false, or a list'],
    ['[jquants\nplan = "light"', 'line 2: expected TOML, with texts in quotes, as plan = "light": Table'],
    ['plan = light', 'line 1: expected TOML'],
    ['worker = 1\n[worker]\nmin = 2', 'expected TOML'],
    ['[[worker]]\nmin = 2', 'line 1: worker: expected a text, a number'],
    [
      '\n[jobs.retraining]\nschedule = { type = "daily", at = "24:00" }',
      'line 2: jobs.retraining.schedule.at: expected a time of day as HH:MM',
    ],
    ['[jobs.report]\nenable = false', 'line 1: jobs.report: Unrecognized key: "enable"'],
    ['[jobs.Noon]\nenabled = false', 'line 1: jobs.Noon: expected small letters'],
    ['jobs = "none"', 'line 1: jobs="none": expected a JSON object of jobs by their names'],
  ])('that says %j is refused with its place', async (text, message) => {
    const said = message.replace('FILE', () => file);
    await expect(read(text)).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining(said),
    });
    await expect(read(text)).rejects.toThrow(file);
  });

  it('has a section for each job that it changes or adds; the environment has them as JSON', async () => {
    const noon = { queueJob: 'data-update', schedule: { type: 'daily', at: '12:00' } };
    const text = `[jobs.retraining]
enabled = false

[jobs.noon-update]
queueJob = "data-update"
schedule = { type = "daily", at = "12:00" }
`;
    const { settings } = await read(text);
    expect(settings.DAYTRADE_JOBS).toEqual({ retraining: { enabled: false }, 'noon-update': noon });
    const inJson = await read(text, { DAYTRADE_JOBS: JSON.stringify({ noon }) });
    expect(inJson.settings.DAYTRADE_JOBS).toEqual({ noon });
  });

  it('reports all of its faults at once', async () => {
    await expect(read('ml.port = -1\ndata.port = -1')).rejects.toThrow(/line 1: ml\.port.*line 2: data\.port/);
  });

  it.each([
    ['[jquants]\napi_key = "a-key-of-j-quants"', 'chmod 600) and name that file as jquants.api_key_file, or set it'],
    ['[jquants]\napi_key = a-key-of-j-quants', 'expected TOML, with texts in quotes, as plan = "light": Invalid'],
    ['[database]\npassword = "a-key-of-j-quants"', 'set it in the environment as DAYTRADE_DATABASE_PASSWORD'],
  ])('may hold no secret: %j', async (text, words) => {
    const error = await read(text).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('line 2');
    expect(String(error)).toContain(words);
    expect(JSON.stringify([String(error), error])).not.toContain('a-key-of-j-quants');
  });

  it('that the environment names must be there, unless it is about to be written', async () => {
    const missing = { DAYTRADE_SETTINGS_FILE: join(folder, 'none.toml') };
    await expect(readSettings(missing, {})).rejects.toThrow(/none\.toml": expected a file that exists/);
    expect(await readSettings(missing, { writesSettings: true })).toMatchObject({
      settingsFile: join(folder, 'none.toml'),
    });
    await expect(readSettings({ DAYTRADE_SETTINGS_FILE: folder }, {})).rejects.toThrow(
      `${folder} cannot be read (EISDIR)`,
    );
  });

  it('may be none at all: an empty one', async () => {
    expect((await readSettings({ DAYTRADE_SETTINGS_FILE: '/dev/null' }, {})).settings.DAYTRADE_JQUANTS_PLAN).toBe(
      'free',
    );
  });
});

it.each([
  ['a-token-of-24-characters-x', { DAYTRADE_TOKEN: 'a-token-of-24-characters-x' }],
  ['two words', undefined],
])('a secret may stand in a file of its own: %s', async (text, found) => {
  const path = join(folder, 'token');
  writeFileSync(path, `${text}\n`);
  const reading = readSettings({ DAYTRADE_SETTINGS_FILE: '/dev/null', DAYTRADE_TOKEN_FILE: path }, {});
  if (found !== undefined) expect((await reading).settings).toMatchObject(found);
  else await expect(reading).rejects.toThrow(/DAYTRADE_TOKEN_FILE=.*token.*: it has something else in it/);
});

describe('a line of the settings file', () => {
  const lineOf = async (text: string, name: string) => {
    const source = (await read(text)).settingSources.get(name);
    return source?.from === 'file' ? source.line : undefined;
  };

  it.each([
    ['jquants = { plan = "light" }', 'DAYTRADE_JQUANTS_PLAN', 1],
    ['# a\n\njquants = { plan = "light" }', 'DAYTRADE_JQUANTS_PLAN', 3],
    ['# a\njquants.plan = "light"', 'DAYTRADE_JQUANTS_PLAN', 2],
    ['[jquants]\n\nplan = "light"\n', 'DAYTRADE_JQUANTS_PLAN', 3],
    ['[jobs.report]\nenabled = false', 'DAYTRADE_JOBS', 1],
    ['# a\n[jobs.report]\nenabled = false', 'DAYTRADE_JOBS', 2],
  ])('in %j is that of its key or its section', async (text, name, line) => {
    expect(await lineOf(text, name)).toBe(line);
  });

  it('may hold a list, which is read as its parts with commas between them', async () => {
    expect((await read('universe = ["7203", 6758]')).settings.DAYTRADE_UNIVERSE).toBe('7203,6758');
    await expect(read('universe = [["7203"]]')).rejects.toThrow('line 1: universe: expected a text, a number, true');
  });

  it('has a path from the folder of the file, and an empty one stays empty', async () => {
    expect((await read('user_folder = "mine"')).settings.DAYTRADE_USER_FOLDER).toBe(join(folder, 'mine'));
    expect((await read('user_folder = "/mine"')).settings.DAYTRADE_USER_FOLDER).toBe('/mine');
  });
});
