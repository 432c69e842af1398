import { isSecretSet, secretsSetTwice } from './setting-types.ts';
import type { Settings } from './settings.ts';
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
    broken: (is) => {
      const { DAYTRADE_DATABASE_URL: url } = is;
      const database = url === undefined ? undefined : databaseAddress(url);
      const isSet = database?.password !== undefined || isSecretSet(is, 'DAYTRADE_DATABASE_PASSWORD');
      return database?.authentication === 'password' && !isSet;
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
        return inUrl !== undefined && isSecretSet(is, `DAYTRADE_${store}_PASSWORD`);
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
    broken: (is) => isSecretSet(is, 'DAYTRADE_READ_TOKEN') && !isSecretSet(is, 'DAYTRADE_TOKEN'),
    message: () => 'DAYTRADE_READ_TOKEN: expected DAYTRADE_TOKEN as well, with which requests change something',
  },
  {
    broken: (is) => is.DAYTRADE_READ_TOKEN !== undefined && is.DAYTRADE_READ_TOKEN === is.DAYTRADE_TOKEN,
    message: () => 'DAYTRADE_READ_TOKEN, DAYTRADE_TOKEN: expected two tokens that differ',
  },
  {
    broken: (is) => secretsSetTwice(is).length > 0,
    message: (is) =>
      secretsSetTwice(is)
        .map((name) => `${name}, ${name}_FILE: expected one of them, not both`)
        .join('; '),
  },
  {
    broken: (is) => isSecretSet(is, 'DAYTRADE_NOTICE_WEBHOOK_URL') !== isSecretSet(is, 'DAYTRADE_NOTICE_WEBHOOK_KEY'),
    message: () =>
      'DAYTRADE_NOTICE_WEBHOOK_URL, DAYTRADE_NOTICE_WEBHOOK_KEY: expected both, ' +
      'each by itself or by its file, or neither',
  },
  {
    broken: (is) =>
      new Set([
        isSecretSet(is, 'DAYTRADE_NOTICE_SMTP_URL'),
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
];

/** Returns a message for each contradiction; no message shows a secret. */
export function contradictionsIn(settings: Settings): readonly string[] {
  return rules.filter(({ broken }) => broken(settings)).map(({ message }) => message(settings));
}
