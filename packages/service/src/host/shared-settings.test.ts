import { parseSettings } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import type { EntraIdentity } from '../entra.ts';
import { databaseOptions, objectsOptions, redisAddress } from './shared-settings.ts';

const asked: unknown[] = [];
const identity = {
  token: async (...of: readonly unknown[]) => {
    asked.push(of);
    return { token: 'a-token', expiresAt: 0 };
  },
} as unknown as EntraIdentity;

describe('the database of the settings', () => {
  const optionsOf = (url: string, password?: string) => {
    const addressed = { ...parseSettings({}), DAYTRADE_DATABASE_URL: url, DAYTRADE_DATABASE_PASSWORD: password };
    return databaseOptions(addressed, identity);
  };

  it.each([
    [
      'postgres://trader:secret@db/prices',
      undefined,
      { host: 'db', port: 5432, database: 'prices', user: 'trader', authentication: byPassword('trader', 'secret') },
    ],
    [
      'postgres://db:5433',
      'other',
      { port: 5433, database: 'daytrade', user: 'daytrade', authentication: byPassword('daytrade', 'other') },
    ],
    ['postgres://trader:secret@db', 'other', { authentication: byPassword('trader', 'secret') }],
    ['postgres://db?authentication=aws-iam', 'other', { authentication: { kind: 'aws-iam' } }],
    ['postgres://db?sslmode=disable', 'a', { tls: { kind: 'off' } }],
    ['postgres://db?sslrootcert=/ca.pem', 'a', { tls: { kind: 'verify', caFile: '/ca.pem' } }],
    [
      'sqlserver://trader:secret@db/prices',
      undefined,
      { engine: 'mssql', host: 'db', database: 'prices', authentication: byPassword('trader', 'secret') },
    ],
  ])('is at %s', (url, password, expected) => {
    expect(optionsOf(url, password)).toMatchObject(expected);
  });

  it('is signed in to with a token of Azure SQL', async () => {
    const { authentication } = optionsOf('sqlserver://db?authentication=azure-entra');
    if (authentication.kind !== 'azure-entra') throw new Error(authentication.kind);
    asked.length = 0;
    expect(await authentication.token(500)).toBe('a-token');
    expect(asked).toEqual([['https://database.windows.net', 500]]);
  });

  it('is named where it, or its password, is missing', () => {
    expect(() => databaseOptions(parseSettings({}), identity)).toThrow(
      'DAYTRADE_DATABASE_URL is not set: expected the address of the database; on one machine',
    );
    for (const url of ['postgres://db', 'sqlserver://db']) {
      expect(() => optionsOf(url)).toThrow('DAYTRADE_DATABASE_PASSWORD is not set');
    }
  });
});

function byPassword(user: string, password: string) {
  return { kind: 'password', user, password };
}

describe('the Redis of the settings', () => {
  const token = async () => ({ password: 'a-token', livesMs: 1 });
  const addressOf = (url: string | undefined, password?: string) =>
    redisAddress({ ...parseSettings({}), DAYTRADE_REDIS_URL: url, DAYTRADE_REDIS_PASSWORD: password }, token);

  it.each([
    ['redis://cache', 'p', { host: 'cache', port: 6379, username: undefined, password: 'p', tls: undefined }],
    ['redis://a:b@cache:7000', 'p', { host: 'cache', port: 7000, username: 'a', password: 'b', tls: undefined }],
    ['rediss://cache', undefined, { host: 'cache', port: 6379, password: undefined, tls: { ca: undefined } }],
    ['rediss://a@cache?authentication=azure-entra', 'p', { host: 'cache', port: 6379, username: 'a', token, tls: {} }],
  ])('is at %s', async (url, password, expected) => {
    expect(await addressOf(url, password)).toEqual(expected);
  });

  it('is trusted by the authority in a file, and says which file cannot be read', async () => {
    const { tls } = await addressOf(`rediss://cache?ca=${import.meta.filename}`);
    expect(tls?.ca).toContain('is trusted by the authority in a file');
    await expect(addressOf('rediss://cache?ca=/no/such/file')).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringMatching(/expected ca=\/no\/such\/file to be a PEM file that can be read \(ENOENT/),
    });
  });

  it('is named where it is missing', async () => {
    await expect(addressOf(undefined)).rejects.toThrow('DAYTRADE_REDIS_URL is not set: expected the address of Redis');
  });
});

describe('the objects of the settings', () => {
  const token = async () => ({ token: 'a-token', expiresAt: 0 });
  const optionsOf = (objects: string) => objectsOptions({ ...parseSettings({}), DAYTRADE_OBJECTS: objects }, token);

  it.each([
    ['database', { kind: 'database' }],
    ['s3://prices/live', { kind: 's3', bucket: 'prices', prefix: 'live/', region: undefined, endpoint: undefined }],
    [
      'https://example.blob.core.windows.net/objects',
      { kind: 'azure-blob', url: 'https://example.blob.core.windows.net/objects', token },
    ],
  ])('are in %s', (objects, expected) => {
    expect(optionsOf(objects)).toEqual(expected);
  });

  it('are in no folder, which other processes do not reach', () => {
    expect(() => optionsOf('folder')).toThrow('DAYTRADE_OBJECTS is not set: expected database, s3://BUCKET/PREFIX');
  });
});
