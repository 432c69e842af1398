import { describe, expect, it } from 'vitest';
import { isSecret, parseSettings } from './parse-settings.ts';
import {
  type FileSetting,
  faultsOfKeys,
  givenSettings,
  settingKey,
  settingNameOf,
  settingSources,
} from './setting-sources.ts';
import { settingsSchema } from './settings.ts';

it('no key of a setting that a file may have is the section of another: TOML could not have both', () => {
  const keys = Object.keys(settingsSchema.shape)
    .filter((name) => !isSecret(name))
    .map(settingKey);
  expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
});

const setting = (key: string, value: string, line = 1): FileSetting => ({
  key,
  value,
  file: '/etc/day-trade.toml',
  line,
});

describe('the settings that are given', () => {
  const environment = { DAYTRADE_PORT: '9000', DAYTRADE_HOST: '', DAYTRADE_LANGUAGE: undefined, HOME: '/root' };
  const fromFile = [setting('port', '8000', 3), setting('jquants.plan', 'light', 7), setting('language', '', 8)];

  it('are those of the environment before those of the file, without the empty ones', () => {
    const place = { from: 'file', file: '/etc/day-trade.toml', line: 7 };
    expect([...givenSettings(environment, fromFile)]).toEqual([
      ['DAYTRADE_PORT', { text: '9000', source: { from: 'environment' }, label: 'DAYTRADE_PORT' }],
      ['DAYTRADE_JQUANTS_PLAN', { text: 'light', source: place, label: '/etc/day-trade.toml line 7: jquants.plan' }],
    ]);
    expect([...settingSources(environment, fromFile)]).toEqual([
      ['DAYTRADE_PORT', { from: 'environment' }],
      ['DAYTRADE_JQUANTS_PLAN', place],
    ]);
  });

  it('are parsed together', () => {
    const { DAYTRADE_PORT, DAYTRADE_JQUANTS_PLAN, DAYTRADE_HOST } = parseSettings(environment, fromFile);
    expect([DAYTRADE_PORT, DAYTRADE_JQUANTS_PLAN, DAYTRADE_HOST]).toEqual([9000, 'light', '127.0.0.1']);
    expect(() => parseSettings({}, [setting('port', 'x', 4)])).toThrow(
      '/etc/day-trade.toml line 4: port="x": expected a whole number from 0 to 65455',
    );
    expect(() => parseSettings({}, [setting('tls.key_file', '/run/tls.key', 5)])).toThrow(
      'DAYTRADE_TLS_CERTIFICATE_FILE, tls.key_file (/etc/day-trade.toml line 5): expected both, or neither',
    );
  });

  it.each([
    ['DAYTRADE_HOST', 'host'],
    ['DAYTRADE_JQUANTS_API_KEY_FILE', 'jquants.api_key_file'],
  ])('%s is the key %s of a file', (name, key) => {
    expect(settingKey(name)).toBe(key);
    expect([settingNameOf(key), settingNameOf(key.replace('.', '_'))]).toEqual([name, name]);
  });
});

describe('a key of a settings file', () => {
  const known = { names: Object.keys(settingsSchema.shape), isSecret };
  const password = 'postgres://day:secret@db';

  it.each([
    [setting('home', '/srv'), 'expected it in the environment, since it says which file is read'],
    [setting('colour', 'red'), 'there is no such setting; docs/settings.md lists them all'],
    [setting('database.url', password), 'expected no password in the address; it belongs in the environment'],
    [
      setting('database.password', 'secret'),
      'a secret does not belong in this file, which is shown and copied: put it into a file that only you can read ' +
        '(chmod 600) and name that file as database.password_file, or set it in the environment as ' +
        'DAYTRADE_DATABASE_PASSWORD',
    ],
  ])('%# is refused with the reason, and without its value', (faulty, reason) => {
    expect(faultsOfKeys([faulty], known)).toEqual([`/etc/day-trade.toml line 1: ${faulty.key}: ${reason}`]);
    expect(() => parseSettings({}, [faulty])).toThrow(reason);
  });

  it('of a secret without a file of its own is set in the environment alone', () => {
    const names = ['DAYTRADE_NEW_SECRET'];
    expect(faultsOfKeys([setting('new.secret', 'x')], { names, isSecret: () => true })).toEqual([
      expect.stringMatching(/shown and copied: set it in the environment as DAYTRADE_NEW_SECRET$/),
    ]);
  });

  it('that stands twice is refused, and one that stands once is not', () => {
    const twice = [setting('jquants.plan', 'light', 2), setting('jquants_plan', 'free', 9)];
    expect(faultsOfKeys(twice, known)).toEqual([
      '/etc/day-trade.toml line 9: jquants_plan: it stands at line 2 already',
    ]);
    expect(faultsOfKeys([setting('database.url', 'postgres://day@db'), setting('port', '1')], known)).toEqual([]);
  });
});
