import { z } from 'zod';
import { databaseUrl } from './database-url.ts';
import { filePath, hostName, secret, serverPort, tlsMode, wholeSetting } from './setting-types.ts';

/** The shared database; without a host or a URL the embedded one in the state folder is used. */
export const databaseSettings = {
  DAYTRADE_DATABASE_URL: secret(
    'SQL Server or Azure SQL in place of PostgreSQL, for example sqlserver://example.database.windows.net/daytrade; ' +
      'it may name a port, and a user with a password',
  ).refine(
    (text) => text === undefined || databaseUrl(text) !== undefined,
    'expected sqlserver://HOST/DATABASE, with USER:PASSWORD@ before the host or without, and no parameters',
  ),
  DAYTRADE_DATABASE_HOST: hostName('Host of PostgreSQL; not set: the embedded database'),
  DAYTRADE_DATABASE_PORT: serverPort(5432, 'Port of PostgreSQL'),
  DAYTRADE_DATABASE_NAME: z.string().min(1).max(63).default('daytrade').meta({
    description: 'Database on the server',
    unit: 'name',
  }),
  DAYTRADE_DATABASE_USER: z
    .string()
    .min(1)
    .max(63)
    .default('daytrade')
    .meta({ description: 'User of the database', unit: 'name' }),
  DAYTRADE_DATABASE_PASSWORD: secret('Password of the database user'),
  DAYTRADE_DATABASE_AUTHENTICATION: z.enum(['password', 'aws-iam', 'azure-entra']).default('password').meta({
    description:
      'How the user proves itself: by its password, by a token of AWS IAM for RDS, or by one of Entra for Azure SQL',
  }),
  DAYTRADE_DATABASE_TLS: tlsMode('the database'),
  DAYTRADE_DATABASE_CA_FILE: filePath("File of the CA of the database's certificate; not set: the well-known CAs"),
  DAYTRADE_DATABASE_POOL: wholeSetting(10, { min: 1, max: 200 }).meta({
    description: 'Connections to the database at most, per process',
    unit: 'connections',
  }),
} as const;
