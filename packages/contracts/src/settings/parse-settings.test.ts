import { describe, expect, it } from 'vitest';
import { faultOfValue, isSecret, parseSettings } from './parse-settings.ts';
import { universeIn } from './provider-settings.ts';
import { portOf, serviceUrls } from './service-settings.ts';
import { keptDays, workerScaling } from './work-settings.ts';

describe('a setting that is wrong', () => {
  it.each([
    ['DAYTRADE_PORT', 'abc', 'expected a whole number from 0 to 65455'],
    ['DAYTRADE_PORT', '65500', 'expected a whole number from 0 to 65455'],
    ['DAYTRADE_WORKERS', '1.5', 'expected a whole number from 1 to 64'],
    ['DAYTRADE_DRAIN_SECONDS', '-1', 'expected a number from 0 to 600'],
    ['DAYTRADE_SCHEDULER_ENABLED', 'perhaps', 'expected true or false'],
    ['DAYTRADE_KEEP_DAYS', 'runs=20', 'expected a number from 30 to 36500, or numbers as runs=365'],
    ['DAYTRADE_KEEP_DAYS', 'charts=365', 'expected a number from 30 to 36500, or numbers as runs=365'],
    ['DAYTRADE_WORKER_SCALING', 'min=5,max=4', 'expected some of deployment=worker,min=1,max=4,runs=2'],
    ['DAYTRADE_WORKER_SCALING', 'true', 'expected some of deployment=worker,min=1,max=4,runs=2'],
    ['DAYTRADE_UNIVERSE', 'nikkei225', 'expected topix500, topix100, or codes with commas between them'],
    ['DAYTRADE_UNIVERSE', ' , ', 'expected topix500, topix100, or codes with commas between them'],
    ['DAYTRADE_CSV_FOLDER', 'bars', 'expected an absolute path'],
    ['DAYTRADE_SERVICES', 'data:8001', 'expected one http or https URL, or one each, as ml=http://ml-service:8000'],
    ['DAYTRADE_SERVICES', 'ml=http://ml,data=http://data', 'expected one http or https URL, or one each, as ml='],
  ])('%s=%s is named with what is allowed', (name, value, allowed) => {
    expect(() => parseSettings({ [name]: value })).toThrow(`${name}="${value}": ${allowed}`);
  });

  it('that there is not is named, with the place where all are listed', () => {
    expect(() => parseSettings({ DAYTRADE_PROT: '8000', DAYTRADE_COLOUR: 'red' })).toThrow(
      'unknown setting DAYTRADE_PROT, DAYTRADE_COLOUR; docs/settings.md lists them all',
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

  it('hides a key of J-Quants that is none', () => {
    expect(() => parseSettings({ DAYTRADE_JQUANTS_API_KEY: 'two words' })).toThrow('(hidden): expected the key alone');
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
  [{ DAYTRADE_PORT: '0' }, [0, 0, 0, 0, 0]],
])('one setting moves every port: %o', (environment, ports) => {
  const settings = parseSettings(environment);
  expect((['ml', 'data', 'scheduler', 'worker', 'dashboard'] as const).map((part) => portOf(settings, part))).toEqual(
    ports,
  );
});

it('some records are kept for another time than the others', () => {
  const all = { runs: 365, reports: 365, notices: 365, evaluations: 365, models: 365 };
  expect(keptDays(parseSettings({}).DAYTRADE_KEEP_DAYS)).toEqual(all);
  expect(keptDays('models=90,runs=30')).toEqual({ ...all, models: 90, runs: 30 });
  expect(keptDays('40')).toEqual({ runs: 40, reports: 40, notices: 40, evaluations: 40, models: 40 });
  expect([keptDays('30'), keptDays('36500')]).toEqual([expect.anything(), expect.anything()]);
});

it.each(['29', '36501', '-40', '40.5', 'runs=29', 'runs=40,runs=50', 'runs', 'runs=40=50', ''])(
  'records are not kept for %j days',
  (text) => {
    expect(keptDays(text)).toBeUndefined();
  },
);

it('the workers are scaled between limits', () => {
  expect(workerScaling('min=2,max=8')).toEqual({ deployment: 'worker', min: 2, max: 8, runs: 2 });
  expect(workerScaling('runs=1')).toEqual({ deployment: 'worker', min: 1, max: 4, runs: 1 });
  expect(workerScaling('min=1,max=1,deployment=a')).toEqual({ deployment: 'a', min: 1, max: 1, runs: 2 });
  const most = { deployment: 'a-b', min: 1_000, max: 1_000, runs: 1_000 };
  expect(workerScaling('min=1000,max=1000,runs=1000,deployment=a-b')).toEqual(most);
});

it.each([
  'min=0',
  'max=0',
  'max=1001',
  'runs=0',
  'runs=1001',
  'min=2,max=1',
  'min=5',
  'deployment=-a',
  'size=3',
  'max',
])('the workers are not scaled by %s', (text) => {
  expect(workerScaling(text)).toBeUndefined();
});

it('the services are at one address, or at one each', () => {
  const one = 'https://day-trade.example';
  expect(serviceUrls(one)).toEqual({ ml: one, data: one, scheduler: one });
  const each = { ml: 'http://ml:8000', data: 'http://data:8001', scheduler: 'http://scheduler:8002' };
  const list = Object.entries(each).map((entry) => entry.join('='));
  expect(serviceUrls(list.toReversed().join(','))).toEqual(each);
});

it.each([
  ['ml=http://a,data=http://b,scheduler=ftp://c'],
  ['ml=http://a,data=http://b,worker=http://c'],
  ['ml=http://a,data=http://b'],
  ['ml=http://a,data=http://b,scheduler=http://c,worker=http://d'],
  ['ftp://day-trade.example'],
])('the services are not at %s', (text) => {
  expect(serviceUrls(text)).toBeUndefined();
});

it('says why a text cannot be the value of a setting, and nothing of one that can', () => {
  expect(faultOfValue('DAYTRADE_PORT', '70000')).toBe('expected a whole number from 0 to 65455');
  expect(faultOfValue('DAYTRADE_PORT', '65455')).toBeUndefined();
  for (const name of ['DAYTRADE_STATE_DIR', 'DAYTRADE_USER_FOLDER', 'DAYTRADE_HOST', 'DAYTRADE_HOME'] as const) {
    expect([faultOfValue(name, 'x'), faultOfValue(name, '')]).toEqual([undefined, 'expected at least 1 character']);
  }
  expect(faultOfValue('DAYTRADE_HOST', '')).toBe('expected at least 1 character');
  expect(faultOfValue('DAYTRADE_DATABASE_PASSWORD', 'x')).toBeUndefined();
  expect(faultOfValue('DAYTRADE_NOTICE_SYMBOLS', '7203,285A')).toBeUndefined();
});

it('knows the secrets, which are never shown', () => {
  const secrets = ['DAYTRADE_TOKEN', 'DAYTRADE_REDIS_PASSWORD', 'DAYTRADE_NOTICE_SMTP_URL', 'DAYTRADE_JQUANTS_API_KEY'];
  expect(secrets.map(isSecret)).toEqual([true, true, true, true]);
  expect(['DAYTRADE_PORT', 'DAYTRADE_TOKEN_FILE', 'DAYTRADE_WORKERS', 'HOME'].map(isSecret)).toEqual(
    Array(4).fill(false),
  );
  expect(isSecret('DAYTRADE_NOTICE_WEBHOOK_KEY')).toBe(true);
});

it('a job of the table is named with its field', () => {
  const jobs = (table: unknown) => () => parseSettings({ DAYTRADE_JOBS: JSON.stringify(table) });
  expect(jobs({ mine: { enabled: 'no' } })).toThrow('DAYTRADE_JOBS.mine.enabled: expected a boolean');
  expect(jobs({ Mine: {} })).toThrow('expected small letters, digits and dashes, beginning with a letter');
  expect(() => parseSettings({ DAYTRADE_JOBS: '{' })).toThrow('expected a JSON object of jobs by their names');
  expect(parseSettings({}).DAYTRADE_JOBS).toEqual({});
});

it.each([
  [{}, 'en'],
  [{ DAYTRADE_LANGUAGE: 'ja' }, 'ja'],
  [{ DAYTRADE_LANGUAGE: 'ja', DAYTRADE_REPORT_LANGUAGE: 'en' }, 'en'],
])('reports have the language of the page unless they have their own: %o', (environment, language) => {
  expect(parseSettings(environment).DAYTRADE_REPORT_LANGUAGE).toBe(language);
});
