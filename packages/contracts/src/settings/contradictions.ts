import type { Settings } from '../settings.ts';
import { databaseAddress, objectsAddress, redisServer } from './store-addresses.ts';

/** Settings that do not go together, and the message about them. */
interface Rule {
  readonly broken: (settings: Settings) => boolean;
  readonly message: (settings: Settings) => string;
}

const needsDatabase = 'expected DAYTRADE_DATABASE_URL as well';

/** Settings that are each valid and do not go together. */
const rules: readonly Rule[] = [
  {
    broken: (is) => is.DAYTRADE_REDIS_URL !== undefined && is.DAYTRADE_DATABASE_URL === undefined,
    message: () =>
      `DAYTRADE_REDIS_URL: ${needsDatabase}, since processes that share a queue share the record of the runs`,
  },
  {
    broken: (is) => objectsAddress(is.DAYTRADE_OBJECTS).kind !== 'folder' && is.DAYTRADE_DATABASE_URL === undefined,
    message: (is) => `DAYTRADE_OBJECTS=${JSON.stringify(is.DAYTRADE_OBJECTS)}: ${needsDatabase}, or "folder"`,
  },
  {
    broken: ({ DAYTRADE_DATABASE_URL: url, DAYTRADE_DATABASE_PASSWORD: password }) => {
      const database = url === undefined ? undefined : databaseAddress(url);
      return database?.authentication === 'password' && (database.password ?? password) === undefined;
    },
    message: ({ DAYTRADE_DATABASE_URL: url }) =>
      'DAYTRADE_DATABASE_URL: expected DAYTRADE_DATABASE_PASSWORD as well, or the parameter ' +
      `authentication=${url?.startsWith('sqlserver') === true ? 'azure-entra' : 'aws-iam'}`,
  },
  ...(['DATABASE', 'REDIS'] as const).map(
    (store): Rule => ({
      broken: (is) => {
        const url = is[`DAYTRADE_${store}_URL`];
        const inUrl = url && (store === 'DATABASE' ? databaseAddress(url) : redisServer(url)).password;
        return inUrl !== undefined && is[`DAYTRADE_${store}_PASSWORD`] !== undefined;
      },
      message: () =>
        `DAYTRADE_${store}_URL, DAYTRADE_${store}_PASSWORD: expected the password in one of them, not in both`,
    }),
  ),
  {
    broken: (is) => (is.DAYTRADE_KEY_VAULT_URL === undefined) !== (is.DAYTRADE_KEY_VAULT_SECRETS === undefined),
    message: () => 'DAYTRADE_KEY_VAULT_URL, DAYTRADE_KEY_VAULT_SECRETS: expected both, or neither',
  },
  {
    broken: (is) => (is.DAYTRADE_TLS_CERTIFICATE_FILE === undefined) !== (is.DAYTRADE_TLS_KEY_FILE === undefined),
    message: () => 'DAYTRADE_TLS_CERTIFICATE_FILE, DAYTRADE_TLS_KEY_FILE: expected both, or neither',
  },
  {
    broken: (is) => is.DAYTRADE_READ_TOKEN !== undefined && is.DAYTRADE_TOKEN === undefined,
    message: () => 'DAYTRADE_READ_TOKEN: expected DAYTRADE_TOKEN as well, with which requests change something',
  },
  {
    broken: (is) => is.DAYTRADE_READ_TOKEN !== undefined && is.DAYTRADE_READ_TOKEN === is.DAYTRADE_TOKEN,
    message: () => 'DAYTRADE_READ_TOKEN, DAYTRADE_TOKEN: expected two tokens that differ',
  },
  {
    broken: (is) => is.DAYTRADE_JQUANTS_API_KEY !== undefined && is.DAYTRADE_JQUANTS_API_KEY_FILE !== undefined,
    message: () => 'DAYTRADE_JQUANTS_API_KEY, DAYTRADE_JQUANTS_API_KEY_FILE: expected one of them, not both',
  },
  ...(['WEBHOOK_URL', 'WEBHOOK_KEY', 'SLACK_URL', 'SMTP_URL'] as const).map((name): Rule => {
    const setting = `DAYTRADE_NOTICE_${name}` as const;
    return {
      broken: (is) => is[setting] !== undefined && is[`${setting}_FILE`] !== undefined,
      message: () => `${setting}, ${setting}_FILE: expected one of them, not both`,
    };
  }),
  {
    broken: (is) => isSet(is, 'WEBHOOK_URL') !== isSet(is, 'WEBHOOK_KEY'),
    message: () =>
      'DAYTRADE_NOTICE_WEBHOOK_URL, DAYTRADE_NOTICE_WEBHOOK_KEY: expected both, ' +
      'each by itself or by its file, or neither',
  },
  {
    broken: (is) =>
      new Set([
        isSet(is, 'SMTP_URL'),
        is.DAYTRADE_NOTICE_MAIL_FROM !== undefined,
        is.DAYTRADE_NOTICE_MAIL_TO !== undefined,
      ]).size > 1,
    message: () =>
      'DAYTRADE_NOTICE_SMTP_URL, DAYTRADE_NOTICE_MAIL_FROM, DAYTRADE_NOTICE_MAIL_TO: expected all of them, or none',
  },
  {
    broken: (is) => is.DAYTRADE_PROVIDER === 'csv' && is.DAYTRADE_CSV_FOLDER === undefined,
    message: () => 'DAYTRADE_PROVIDER="csv": expected DAYTRADE_CSV_FOLDER as well, the folder that is read',
  },
  {
    broken: (is) => is.DAYTRADE_PROVIDER === 'yahoo' && is.DAYTRADE_YAHOO_USE === 'off',
    message: () =>
      'DAYTRADE_PROVIDER="yahoo": expected DAYTRADE_YAHOO_USE="on" as well, since Yahoo Finance is an unofficial ' +
      'source, whose use is your responsibility',
  },
  {
    broken: (is) => is.DAYTRADE_WORKER_MIN > is.DAYTRADE_WORKER_MAX,
    message: (is) =>
      `DAYTRADE_WORKER_MIN="${is.DAYTRADE_WORKER_MIN}": expected at most DAYTRADE_WORKER_MAX, which is ` +
      `${is.DAYTRADE_WORKER_MAX}`,
  },
];

/** Whether a secret of notices is set, by itself or by its file. */
function isSet(is: Settings, name: 'WEBHOOK_URL' | 'WEBHOOK_KEY' | 'SMTP_URL'): boolean {
  return is[`DAYTRADE_NOTICE_${name}`] !== undefined || is[`DAYTRADE_NOTICE_${name}_FILE`] !== undefined;
}

/** What contradicts itself in the settings, one message each; no message shows a secret. */
export function contradictionsIn(settings: Settings): readonly string[] {
  return rules.filter(({ broken }) => broken(settings)).map(({ message }) => message(settings));
}
