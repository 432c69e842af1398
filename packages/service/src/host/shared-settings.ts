import { readFile } from 'node:fs/promises';
import { databaseAddress, objectsAddress, redisServer, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { RedisAddress, RedisToken } from '@daytrade/jobs/redis';
import type { MssqlOptions, ObjectsOptions, PostgresOptions } from '@daytrade/storage';
import type { EntraIdentity, EntraToken } from '../entra.ts';

const azureSqlResource = 'https://database.windows.net';

/**
 * Returns the options of the settings' database, PostgreSQL or SQL Server.
 *
 * @throws DayTradeError `settings.invalid` without a database or its password
 */
export function databaseOptions(settings: Settings, identity: EntraIdentity): PostgresOptions | MssqlOptions {
  const url = settings.DAYTRADE_DATABASE_URL;
  if (url === undefined) throw missing('DAYTRADE_DATABASE_URL', 'the address of the database');
  const { engine, host, port, database, user, authentication, isEncrypted, caFile, pool, ...address } =
    databaseAddress(url);
  const tls = isEncrypted ? ({ kind: 'verify', caFile } as const) : ({ kind: 'off' } as const);
  const byPassword = () => {
    const password = address.password ?? settings.DAYTRADE_DATABASE_PASSWORD;
    if (password === undefined) throw missing('DAYTRADE_DATABASE_PASSWORD', 'the password of the database user');
    return { kind: 'password', user, password } as const;
  };
  if (engine === 'postgres') {
    const proof = authentication === 'aws-iam' ? ({ kind: 'aws-iam' } as const) : byPassword();
    return { host, port: port ?? 5432, database, user, authentication: proof, tls, pool };
  }
  const token = async (withinMs: number) => (await identity.token(azureSqlResource, withinMs)).token;
  const proof = authentication === 'azure-entra' ? ({ kind: 'azure-entra', token } as const) : byPassword();
  return { engine, host, port, database, authentication: proof, tls, pool };
}

/**
 * Returns the address of Redis.
 *
 * @throws DayTradeError `settings.invalid` without Redis, or when the CA file cannot be read
 */
export async function redisAddress(settings: Settings, token: () => Promise<RedisToken>): Promise<RedisAddress> {
  const url = settings.DAYTRADE_REDIS_URL;
  if (url === undefined) throw missing('DAYTRADE_REDIS_URL', 'the address of Redis');
  const { host, port, user, password, authentication, isEncrypted, caFile } = redisServer(url);
  return {
    host,
    port,
    username: user,
    ...(authentication === 'azure-entra' ? { token } : { password: password ?? settings.DAYTRADE_REDIS_PASSWORD }),
    tls: isEncrypted ? { ca: await authorities(caFile) } : undefined,
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
      `DAYTRADE_REDIS_URL: expected ca=${path} to be a PEM file that can be read (${reason})`,
      { cause: error },
    );
  }
}

/**
 * Returns the options of the object store.
 *
 * @throws DayTradeError `settings.invalid` without a store that all processes reach
 */
export function objectsOptions(settings: Settings, blobToken: () => Promise<EntraToken>): ObjectsOptions {
  const address = objectsAddress(settings.DAYTRADE_OBJECTS);
  switch (address.kind) {
    case 'folder':
      throw missing('DAYTRADE_OBJECTS', 'database, s3://BUCKET/PREFIX, or the URL of a container of blobs');
    case 'database':
      return { kind: 'database' };
    case 's3':
      return address;
    case 'azure-blob':
      return { ...address, token: blobToken };
  }
}

function missing(name: string, what: string): DayTradeError {
  return new DayTradeError(
    'settings.invalid',
    `${name} is not set: expected ${what}; on one machine without servers use \`daytrade up\``,
  );
}
