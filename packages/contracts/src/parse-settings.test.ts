import { describe, expect, it } from 'vitest';
import { parseSettings } from './parse-settings.ts';
import { universeIn } from './settings/provider-settings.ts';

describe('a setting that is wrong', () => {
  it.each([
    ['DAYTRADE_ML_PORT', 'abc', 'expected a whole number from 0 to 65535'],
    ['DAYTRADE_ML_PORT', '70000', 'expected a whole number from 0 to 65535'],
    ['DAYTRADE_PORT', '65500', 'expected a whole number from 0 to 65455'],
    ['DAYTRADE_WORKERS', '1.5', 'expected a whole number from 1 to 64'],
    ['DAYTRADE_DRAIN_SECONDS', '-1', 'expected a number from 0 to 600'],
    ['DAYTRADE_SCHEDULER_ENABLED', 'perhaps', 'expected true or false'],
    ['DAYTRADE_PROVIDER', 'stooq', 'expected one of "csv", "jquants", "synthetic", "yahoo"'],
    ['DAYTRADE_PROVIDER', 'yahoo', 'expected DAYTRADE_YAHOO_USE="on" as well, since Yahoo Finance is an unofficial'],
    ['DAYTRADE_UNIVERSE', 'nikkei225', 'expected topix500, topix100, or codes with commas between them'],
    ['DAYTRADE_UNIVERSE', ' , ', 'expected topix500, topix100, or codes with commas between them'],
    ['DAYTRADE_CSV_FOLDER', 'bars', 'expected an absolute path'],
    ['DAYTRADE_PROVIDER', 'csv', 'expected DAYTRADE_CSV_FOLDER as well, the folder that is read'],
    ['DAYTRADE_OBJECTS', 'disk', 'expected one of "folder", "database", "s3", "azure-blob"'],
    ['DAYTRADE_DATA_URL', 'data:8001', 'expected an http or https URL, for example http://ml-service:8000'],
  ])('%s=%s is named with what is allowed', (name, value, allowed) => {
    expect(() => parseSettings({ [name]: value })).toThrow(`${name}="${value}": ${allowed}`);
  });

  it('that there is not is named with the nearest one, and not with all', () => {
    expect(() => parseSettings({ DAYTRADE_ML_PROT: '8000', DAYTRADE_COLOUR: 'red' })).toThrow(
      /^unknown setting DAYTRADE_ML_PROT \(did you mean DAYTRADE_ML_PORT\?\), DAYTRADE_COLOUR; docs\/settings.md lists/,
    );
  });

  it('is none that the tests read', () => {
    expect(() => parseSettings({ DAYTRADE_TEST_KILLS: '9', DAYTRADE_TOOLS: '/tools' })).not.toThrow();
  });

  it('never shows a secret', () => {
    expect(() => parseSettings({ DAYTRADE_TOKEN: 'short' })).toThrow(
      'DAYTRADE_TOKEN=(hidden): expected at least 24 characters',
    );
  });

  it.each([
    'http://api.jquants.com/v2',
    'https://user:secret@api.jquants.com/v2',
    'https://api.jquants.com/v2?key=secret',
    'http://127.0.0.1.example.com/v2',
    'http://localhost@example.com/v2',
    'file:///etc/passwd',
  ])('refuses %s, to which a key would travel in clear or beside another secret', (url) => {
    expect(() => parseSettings({ DAYTRADE_JQUANTS_URL: url })).toThrow('expected an https URL without user');
  });

  it.each(['https://api.jquants.com/v2', 'http://127.0.0.1:9000', 'http://localhost:9000/v2', 'http://[::1]:9000/v2'])(
    'takes %s as the address of J-Quants',
    (url) => {
      expect(parseSettings({ DAYTRADE_JQUANTS_URL: url }).DAYTRADE_JQUANTS_URL).toBe(url);
    },
  );

  it.each([
    ['topix100', { universe: 'topix100' }],
    ['7203,67580, 186a', { symbols: ['7203', '67580', '186a'] }],
  ])('takes %s as a universe', (text, requested) => {
    expect(universeIn(parseSettings({ DAYTRADE_UNIVERSE: text }).DAYTRADE_UNIVERSE)).toEqual(requested);
  });

  it('hides a key of J-Quants that is none, and takes one of key and file', () => {
    expect(() => parseSettings({ DAYTRADE_JQUANTS_API_KEY: 'two words' })).toThrow('(hidden): expected the key alone');
    const both = { DAYTRADE_JQUANTS_API_KEY: 'a-key-of-j-quants', DAYTRADE_JQUANTS_API_KEY_FILE: '/run/key' };
    expect(() => parseSettings(both)).toThrow('expected one of them, not both');
  });

  it.each([
    ['has a space', 'a token of more than 24 characters', 'expected letters, digits and signs of ASCII alone'],
    ['is blank', ' '.repeat(25), 'expected letters, digits and signs of ASCII alone'],
    ['is not ASCII', 'jeton-très-secret-de-24-lettres', 'expected letters, digits and signs of ASCII alone'],
    ['is one letter', 'a'.repeat(24), 'expected at least 6 different characters'],
  ])('refuses a token that %s, which no request could match or anybody could guess', (_what, token, allowed) => {
    expect(() => parseSettings({ DAYTRADE_TOKEN: token })).toThrow(`DAYTRADE_TOKEN=(hidden): ${allowed}`);
  });
});

it.each([
  [{}, [8000, 8001, 8002, 8003, 8080]],
  [{ DAYTRADE_PORT: '9000' }, [9000, 9001, 9002, 9003, 9080]],
  [{ DAYTRADE_PORT: '9000', DAYTRADE_DASHBOARD_PORT: '80' }, [9000, 9001, 9002, 9003, 80]],
  [{ DAYTRADE_PORT: '0' }, [0, 0, 0, 0, 0]],
])('one setting moves every port that is not set itself: %o', (environment, ports) => {
  const settings = parseSettings(environment);
  const names = ['ML', 'DATA', 'SCHEDULER', 'WORKER', 'DASHBOARD'] as const;
  expect(names.map((name) => settings[`DAYTRADE_${name}_PORT`])).toEqual(ports);
});

it.each([
  [{}, 'en'],
  [{ DAYTRADE_LANGUAGE: 'ja' }, 'ja'],
  [{ DAYTRADE_LANGUAGE: 'ja', DAYTRADE_REPORT_LANGUAGE: 'en' }, 'en'],
])('reports have the language of the page unless they have their own: %o', (environment, language) => {
  expect(parseSettings(environment).DAYTRADE_REPORT_LANGUAGE).toBe(language);
});
