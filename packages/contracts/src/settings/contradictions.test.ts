import { describe, expect, it } from 'vitest';
import { contradictionsIn, parseSettings } from './parse-settings.ts';

/** What is needed so that one rule alone is broken, and what its message says. */
const samples = [
  [{ REDIS_URL: 'redis://cache' }, 'DAYTRADE_REDIS_URL: expected DAYTRADE_DATABASE_URL as well'],
  [{ OBJECTS: 'database' }, 'DAYTRADE_OBJECTS="database": expected DAYTRADE_DATABASE_URL as well, or "folder"'],
  [
    { DATABASE_URL: 'postgres://db' },
    'expected DAYTRADE_DATABASE_PASSWORD as well, or the parameter authentication=aws-iam',
  ],
  [{ DATABASE_URL: 'sqlserver://db' }, 'or the parameter authentication=azure-entra'],
  [{ DATABASE_URL: 'sqlserver://u:x@db', DATABASE_PASSWORD: 'x' }, 'expected the password in one of them, not in both'],
  [{ KEY_VAULT_URL: 'https://vault.example' }, 'DAYTRADE_KEY_VAULT_SECRETS: expected both, or neither'],
  [{ TLS_KEY_FILE: '/run/tls.key' }, 'DAYTRADE_TLS_CERTIFICATE_FILE, DAYTRADE_TLS_KEY_FILE: expected both, or neither'],
  [{ JQUANTS_API_KEY: 'x', JQUANTS_API_KEY_FILE: '/run/key' }, 'DAYTRADE_JQUANTS_API_KEY_FILE: expected one of them'],
  [{ NOTICE_SLACK_URL: 'x', NOTICE_SLACK_URL_FILE: '/run/x' }, 'DAYTRADE_NOTICE_SLACK_URL_FILE: expected one of them'],
  [{ NOTICE_WEBHOOK_URL: 'x' }, 'DAYTRADE_NOTICE_WEBHOOK_URL, DAYTRADE_NOTICE_WEBHOOK_KEY: expected both'],
  [{ NOTICE_MAIL_TO: 'a@example' }, 'DAYTRADE_NOTICE_SMTP_URL, DAYTRADE_NOTICE_MAIL_FROM, DAYTRADE_NOTICE_MAIL_TO'],
  [{ READ_TOKEN: 'x' }, 'DAYTRADE_READ_TOKEN: expected DAYTRADE_TOKEN as well'],
  [{ READ_TOKEN: 'x', TOKEN: 'x' }, 'DAYTRADE_READ_TOKEN, DAYTRADE_TOKEN: expected two tokens that differ'],
  [
    { REDIS_URL: 'redis://:y@cache', REDIS_PASSWORD: 'x', DATABASE_URL: 'postgres://u:x@db' },
    'DAYTRADE_REDIS_URL, DAYTRADE_REDIS_PASSWORD: expected the password in one of them',
  ],
  [{ KEY_VAULT_SECRETS: 'DAYTRADE_TOKEN=token' }, 'DAYTRADE_KEY_VAULT_URL, DAYTRADE_KEY_VAULT_SECRETS: expected both'],
  [{ NOTICE_SMTP_URL: 'x', NOTICE_MAIL_FROM: 'a@example' }, 'DAYTRADE_NOTICE_MAIL_TO: expected all of them, or none'],
  [{ TOKEN: 'x', TOKEN_FILE: '/run/token' }, 'DAYTRADE_TOKEN, DAYTRADE_TOKEN_FILE: expected one of them, not both'],
] as const;

describe('settings that are each valid', () => {
  it('contradict each other nowhere by default', () => {
    expect(contradictionsIn(parseSettings({}))).toEqual([]);
  });

  it.each(samples)('%j contradict each other in one way, which is named', (given, message) => {
    const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [`DAYTRADE_${name}`, value]));
    const found = contradictionsIn({ ...parseSettings({}), ...named });
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    { REDIS_URL: 'redis://:y@cache', DATABASE_URL: 'postgres://u:x@db', OBJECTS: 'database' },
    { DATABASE_URL: 'postgres://db', DATABASE_PASSWORD: 'x' },
    { DATABASE_URL: 'postgres://db', DATABASE_PASSWORD_FILE: '/run/password' },
    { DATABASE_URL: 'postgres://db?authentication=aws-iam' },
    { DATABASE_URL: 'sqlserver://db?authentication=azure-entra' },
    { TOKEN: 'x', READ_TOKEN: 'y' },
    { TOKEN_FILE: '/run/token', READ_TOKEN_FILE: '/run/read-token' },
    { TLS_CERTIFICATE_FILE: '/run/tls.crt', TLS_KEY_FILE: '/run/tls.key' },
    { NOTICE_WEBHOOK_URL_FILE: '/run/url', NOTICE_WEBHOOK_KEY: 'x' },
    { NOTICE_SMTP_URL: 'x', NOTICE_MAIL_FROM: 'a@example', NOTICE_MAIL_TO: 'b@example' },
  ])('%j go together', (given) => {
    const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [`DAYTRADE_${name}`, value]));
    expect(contradictionsIn({ ...parseSettings({}), ...named })).toEqual([]);
  });

  it('are refused together, with every contradiction', () => {
    const faultsOf = () => ['a fault of another package'];
    expect(() => parseSettings({ DAYTRADE_TLS_KEY_FILE: '/run/tls.key' }, [], faultsOf)).toThrow(
      /DAYTRADE_TLS_KEY_FILE: expected both.*; a fault of another package/,
    );
  });
});
