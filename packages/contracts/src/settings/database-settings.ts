import { z } from 'zod';
import { filePath, hostName, secret, serverPort, tlsMode, wholeSetting } from './setting-types.ts';

/** The shared database; without a host the embedded one in the state folder is used. */
export const databaseSettings = {
  DAYTRADE_DATABASE_HOST: hostName('Host of PostgreSQL; not set: the embedded database'),
  DAYTRADE_DATABASE_PORT: serverPort(5432, 'Port of PostgreSQL'),
  DAYTRADE_DATABASE_NAME: z.string().min(1).max(63).default('daytrade').meta({
    description: 'Database on the PostgreSQL server',
    unit: 'name',
  }),
  DAYTRADE_DATABASE_USER: z
    .string()
    .min(1)
    .max(63)
    .default('daytrade')
    .meta({ description: 'User of the database', unit: 'name' }),
  DAYTRADE_DATABASE_PASSWORD: secret('Password of the database user'),
  DAYTRADE_DATABASE_AUTHENTICATION: z
    .enum(['password', 'aws-iam'])
    .default('password')
    .meta({ description: 'How the user proves itself: by its password, or by a token of AWS IAM for RDS' }),
  DAYTRADE_DATABASE_TLS: tlsMode('PostgreSQL'),
  DAYTRADE_DATABASE_CA_FILE: filePath("File of the CA of PostgreSQL's certificate; not set: the well-known CAs"),
  DAYTRADE_DATABASE_POOL: wholeSetting(10, { min: 1, max: 200 }).meta({
    description: 'Connections to PostgreSQL at most, per process',
    unit: 'connections',
  }),
} as const;
