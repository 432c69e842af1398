import type { Settings } from '../settings.ts';
import { databaseUrl } from './database-url.ts';

/** Settings that do not go together, and what is said of them. */
export interface Rule {
  readonly broken: (settings: Settings) => boolean;
  readonly message: (settings: Settings) => string;
}

/** Whether the settings name a database that several processes share. */
export function hasSharedDatabase(settings: Settings): boolean {
  return settings.DAYTRADE_DATABASE_HOST !== undefined || settings.DAYTRADE_DATABASE_URL !== undefined;
}

const tokens = ['aws-iam', 'azure-entra'] as const;

/** Of the settings of the database. */
export const databaseRules: readonly Rule[] = [
  {
    broken: (is) => is.DAYTRADE_DATABASE_HOST !== undefined && is.DAYTRADE_DATABASE_URL !== undefined,
    message: () =>
      'DAYTRADE_DATABASE_HOST, DAYTRADE_DATABASE_URL: expected one of them, not both: a host is of PostgreSQL, a URL ' +
      'of SQL Server',
  },
  {
    broken: (is) =>
      hasSharedDatabase(is) &&
      is.DAYTRADE_DATABASE_AUTHENTICATION === 'password' &&
      is.DAYTRADE_DATABASE_PASSWORD === undefined &&
      passwordInUrl(is) === undefined,
    message: (is) =>
      'DAYTRADE_DATABASE_AUTHENTICATION="password": expected DAYTRADE_DATABASE_PASSWORD as well, or the ' +
      `authentication "${is.DAYTRADE_DATABASE_URL === undefined ? 'aws-iam' : 'azure-entra'}"`,
  },
  {
    broken: (is) => is.DAYTRADE_DATABASE_PASSWORD !== undefined && passwordInUrl(is) !== undefined,
    message: () =>
      'DAYTRADE_DATABASE_URL, DAYTRADE_DATABASE_PASSWORD: expected the password in one of them, not in both',
  },
  {
    broken: (is) => is.DAYTRADE_DATABASE_AUTHENTICATION === 'azure-entra' && is.DAYTRADE_DATABASE_URL === undefined,
    message: () =>
      'DAYTRADE_DATABASE_AUTHENTICATION="azure-entra": expected DAYTRADE_DATABASE_URL as well, that of Azure SQL',
  },
  {
    broken: (is) => is.DAYTRADE_DATABASE_AUTHENTICATION === 'aws-iam' && is.DAYTRADE_DATABASE_URL !== undefined,
    message: () =>
      'DAYTRADE_DATABASE_AUTHENTICATION="aws-iam": expected "password" or "azure-entra", since DAYTRADE_DATABASE_URL ' +
      'names a SQL Server',
  },
  {
    broken: (is) => is.DAYTRADE_DATABASE_AUTHENTICATION === 'azure-entra' && passwordInUrl(is) !== undefined,
    message: () =>
      'DAYTRADE_DATABASE_URL: expected no password in it, since DAYTRADE_DATABASE_AUTHENTICATION is "azure-entra"',
  },
  ...tokens.map(
    (token): Rule => ({
      broken: (is) => is.DAYTRADE_DATABASE_AUTHENTICATION === token && is.DAYTRADE_DATABASE_TLS === 'off',
      message: () =>
        'DAYTRADE_DATABASE_TLS="off": expected "verify", since a token of ' +
        `DAYTRADE_DATABASE_AUTHENTICATION="${token}" must not travel in clear`,
    }),
  ),
];

function passwordInUrl({ DAYTRADE_DATABASE_URL: url }: Settings): string | undefined {
  return url === undefined ? undefined : databaseUrl(url)?.password;
}
