import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseUrl, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { RedisAddress, RedisToken } from '@daytrade/jobs/redis';
import type { MssqlOptions, ObjectsOptions, PostgresOptions } from '@daytrade/storage';
import type { EntraIdentity } from '../../entra/index.ts';

/** Azure SQL, as Entra knows it. */
const azureSqlResource = 'https://database.windows.net';

// The settings of the distributed form, as the parts that use them want them.

/**
 * The server of the settings, PostgreSQL or SQL Server.
 *
 * @param identity which Azure gives the process, for a token of Azure SQL
 * @throws DayTradeError `settings.invalid` without a database, or without the password that `parseSettings` asks for
 */
export function databaseOptions(settings: Settings, identity: EntraIdentity): PostgresOptions | MssqlOptions {
  const shared = {
    tls:
      settings.DAYTRADE_DATABASE_TLS === 'off'
        ? ({ kind: 'off' } as const)
        : ({ kind: 'verify', caFile: settings.DAYTRADE_DATABASE_CA_FILE } as const),
    pool: settings.DAYTRADE_DATABASE_POOL,
  };
  const url = settings.DAYTRADE_DATABASE_URL === undefined ? undefined : databaseUrl(settings.DAYTRADE_DATABASE_URL);
  if (url !== undefined) {
    const { host, port, database = settings.DAYTRADE_DATABASE_NAME, user, password } = url;
    const name = user ?? settings.DAYTRADE_DATABASE_USER;
    const authentication =
      settings.DAYTRADE_DATABASE_AUTHENTICATION === 'azure-entra'
        ? ({
            kind: 'azure-entra',
            token: async (withinMs: number) => (await identity.token(azureSqlResource, withinMs)).token,
          } as const)
        : ({ kind: 'password', user: name, password: password ?? passwordOf(settings) } as const);
    return { engine: 'mssql', host, port, database, authentication, ...shared };
  }
  const host = settings.DAYTRADE_DATABASE_HOST;
  if (host === undefined) throw missing('DAYTRADE_DATABASE_HOST', 'the host of PostgreSQL');
  return {
    host,
    port: settings.DAYTRADE_DATABASE_PORT,
    database: settings.DAYTRADE_DATABASE_NAME,
    user: settings.DAYTRADE_DATABASE_USER,
    authentication:
      settings.DAYTRADE_DATABASE_AUTHENTICATION === 'aws-iam'
        ? { kind: 'aws-iam' }
        : { kind: 'password', password: passwordOf(settings) },
    ...shared,
  };
}

function passwordOf({ DAYTRADE_DATABASE_PASSWORD: password }: Settings): string {
  if (password === undefined) throw missing('DAYTRADE_DATABASE_PASSWORD', 'the password of the database user');
  return password;
}

/**
 * @param token the way to a token of the process's identity for Redis
 * @throws DayTradeError `settings.invalid` without Redis, or when the CA file cannot be read
 */
export async function redisAddress(settings: Settings, token: () => Promise<RedisToken>): Promise<RedisAddress> {
  const host = settings.DAYTRADE_REDIS_HOST;
  if (host === undefined) throw missing('DAYTRADE_REDIS_HOST', 'the host of Redis');
  return {
    host,
    port: settings.DAYTRADE_REDIS_PORT,
    username: settings.DAYTRADE_REDIS_USERNAME,
    ...(settings.DAYTRADE_REDIS_AUTHENTICATION === 'azure-entra'
      ? { token }
      : { password: settings.DAYTRADE_REDIS_PASSWORD }),
    tls: settings.DAYTRADE_REDIS_TLS === 'off' ? undefined : { ca: await authorities(settings.DAYTRADE_REDIS_CA_FILE) },
  };
}

async function authorities(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError(
      'settings.invalid',
      `DAYTRADE_REDIS_CA_FILE=${JSON.stringify(path)}: expected a PEM file that can be read (${reason})`,
      { details: { path }, cause: error },
    );
  }
}

/** Bars, models and evaluations. A folder stands in the state folder, which all processes then have to share. */
export function objectsOptions(settings: Settings, blobToken: () => Promise<string>): ObjectsOptions {
  switch (settings.DAYTRADE_OBJECTS) {
    case 'folder':
      return { kind: 'folder', folder: join(settings.DAYTRADE_STATE_DIR, 'objects') };
    case 'database':
      return { kind: 'database' };
    case 's3': {
      const bucket = settings.DAYTRADE_S3_BUCKET;
      if (bucket === undefined) throw missing('DAYTRADE_S3_BUCKET', 'the name of the bucket');
      return { kind: 's3', bucket, prefix: settings.DAYTRADE_S3_PREFIX, endpoint: settings.DAYTRADE_S3_ENDPOINT };
    }
    case 'azure-blob': {
      const url = settings.DAYTRADE_BLOB_CONTAINER;
      if (url === undefined) throw missing('DAYTRADE_BLOB_CONTAINER', 'the URL of the container');
      return { kind: 'azure-blob', url, token: blobToken };
    }
  }
}

function missing(name: string, what: string): DayTradeError {
  return new DayTradeError(
    'settings.invalid',
    `${name} is not set: expected ${what}; on one machine without servers use \`daytrade up\``,
    { details: { setting: name } },
  );
}
