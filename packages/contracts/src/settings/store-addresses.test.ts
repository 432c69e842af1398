import { describe, expect, it } from 'vitest';
import { AddressFault, databaseAddress, objectsAddress, redisServer, withoutPassword } from './store-addresses.ts';

const database = {
  engine: 'postgres',
  host: 'db',
  port: undefined,
  database: 'daytrade',
  user: 'daytrade',
  password: undefined,
  authentication: 'password',
  isEncrypted: true,
  caFile: undefined,
  pool: 10,
};

describe('the address of a database', () => {
  it.each([
    ['postgres://db', {}],
    ['postgresql://[::1]:5433/', { host: '::1', port: 5433 }],
    [
      'postgres://day@db:5432/prices?sslmode=verify-full&sslrootcert=/etc/ca.pem&authentication=aws-iam&pool=3',
      { user: 'day', port: 5432, database: 'prices', caFile: '/etc/ca.pem', authentication: 'aws-iam', pool: 3 },
    ],
    ['postgres://day:p%40ss%3Aword@db?sslmode=disable', { user: 'day', password: 'p@ss:word', isEncrypted: false }],
    ['postgres://db?pool=1', { pool: 1 }],
    ['postgres://db?pool=200', { pool: 200 }],
    ['sqlserver://db?authentication=azure-entra', { engine: 'mssql', authentication: 'azure-entra' }],
  ])('%s', (text, parts) => {
    expect(databaseAddress(text)).toEqual({ ...database, ...parts });
  });

  it.each([
    ['db', 'expected postgres://USER@HOST'],
    ['mysql://db', 'expected postgres://USER@HOST'],
    ['postgres://db/prices/more', 'expected postgres://USER@HOST'],
    ['postgres://db:99999', 'expected postgres://USER@HOST'],
    ['postgres://day:100%@db', 'expected postgres://USER@HOST'],
    ['sqlserver://db;database=prices', 'expected postgres://USER@HOST'],
    ['postgres://db?encrypt=false', 'there is no parameter "encrypt": expected sslmode, sslrootcert'],
    ['postgres://db?sslmode=require', 'expected sslmode as one of verify-full, disable'],
    ['postgres://db?authentication=azure-entra', 'expected authentication as one of password, aws-iam'],
    ['sqlserver://db?authentication=aws-iam', 'expected authentication as one of password, azure-entra'],
    ['postgres://db?authentication=aws-iam&sslmode=disable', 'whose token must not travel in clear'],
    ['postgres://day:secret@db?authentication=aws-iam', 'expected no password with authentication=aws-iam'],
    ['postgres://db?sslmode=disable&sslrootcert=/ca', 'expected no sslrootcert with sslmode=disable'],
    ['postgres://db?sslrootcert=ca.pem', 'expected sslrootcert as an absolute path'],
    ['postgres://db?pool=0', 'expected pool as a number from 1 to 200'],
    ['postgres://db?pool=201', 'expected pool as a number from 1 to 200'],
    ['postgres://db?pool=1.5', 'expected pool as a number from 1 to 200'],
    [
      'sqlserver://db?authentication=azure-entra&sslmode=disable',
      'expected sslmode=verify-full with authentication=azure-entra',
    ],
    ['sqlserver://u:x@db?authentication=azure-entra', 'expected no password with authentication=azure-entra'],
    ['postgres://', 'expected postgres://USER@HOST'],
    ['postgres:///prices', 'expected postgres://USER@HOST'],
  ])('%s is refused', (text, message) => {
    expect(() => databaseAddress(text)).toThrow(AddressFault);
    expect(() => databaseAddress(text)).toThrow(message);
  });
});

describe('the address of Redis', () => {
  const redis = { host: 'cache', port: 6379, authentication: 'password', isEncrypted: true, prefix: 'daytrade' };

  it.each([
    ['rediss://cache', {}],
    ['redis://:secret@cache:6380?prefix=mine', { port: 6380, password: 'secret', isEncrypted: false, prefix: 'mine' }],
    ['rediss://id@cache?authentication=azure-entra', { user: 'id', authentication: 'azure-entra' }],
    ['rediss://cache?ca=/etc/ca.pem', { caFile: '/etc/ca.pem' }],
  ])('%s', (text, parts) => {
    expect(redisServer(text)).toEqual({ ...redis, ...parts });
  });

  it.each([
    ['https://cache', 'expected rediss://USER@HOST:PORT'],
    ['rediss://id:x@cache?authentication=azure-entra', 'expected rediss://OBJECT-ID-OF-THE-IDENTITY@HOST'],
    ['rediss://cache?prefix=', 'expected prefix as 1 to 40 letters'],
    ['rediss://cache?database=1', 'there is no parameter "database": expected prefix, authentication, ca'],
    ['cache:6379', 'expected rediss://USER@HOST:PORT'],
    ['redis://cache/1', 'expected rediss://USER@HOST:PORT'],
    ['redis://cache?ca=/ca', 'expected rediss:// with ca'],
    ['rediss://cache?authentication=azure-entra', 'expected rediss://OBJECT-ID-OF-THE-IDENTITY@HOST'],
    ['redis://id@cache?authentication=azure-entra', 'expected rediss://OBJECT-ID-OF-THE-IDENTITY@HOST'],
    ['rediss://cache?prefix=a.b', 'expected prefix as 1 to 40 letters'],
  ])('%s is refused', (text, message) => {
    expect(() => redisServer(text)).toThrow(message);
  });
});

describe('the place of objects', () => {
  it.each([
    ['folder', { kind: 'folder' }],
    ['database', { kind: 'database' }],
    ['s3://prices', { kind: 's3', bucket: 'prices', prefix: '' }],
    ['s3://prices/', { kind: 's3', bucket: 'prices', prefix: '' }],
    ['s3://prices/a/b/', { kind: 's3', bucket: 'prices', prefix: 'a/b/' }],
    ['s3://abc', { kind: 's3', bucket: 'abc', prefix: '' }],
    [
      's3://prices/production?region=ap-northeast-1&endpoint=http://127.0.0.1:9000',
      {
        kind: 's3',
        bucket: 'prices',
        prefix: 'production/',
        region: 'ap-northeast-1',
        endpoint: 'http://127.0.0.1:9000',
      },
    ],
    [
      'https://example.blob.core.windows.net/objects',
      { kind: 'azure-blob', url: 'https://example.blob.core.windows.net/objects' },
    ],
  ])('%s', (text, parts) => {
    expect(objectsAddress(text)).toEqual(parts);
  });

  it.each([
    ['disk', 'expected folder, database, s3://BUCKET/PREFIX'],
    ['http://example.blob.core.windows.net/objects', 'expected folder, database, s3://BUCKET/PREFIX'],
    ['s3://a', 'expected a bucket name'],
    ['s3://me@prices', 'expected folder, database, s3://BUCKET/PREFIX'],
    ['s3://prices:9000', 'expected folder, database, s3://BUCKET/PREFIX'],
    ['gs://prices', 'expected folder, database, s3://BUCKET/PREFIX'],
    ['s3://prices/a$b', 'expected a prefix of letters, digits and / . - _'],
    ['s3://prices?endpoint=localhost', 'expected endpoint as an http or https URL'],
    ['s3://prices?profile=me', 'there is no parameter "profile"'],
  ])('%s is refused', (text, message) => {
    expect(() => objectsAddress(text)).toThrow(message);
  });
});

it.each([
  ['postgres://day:secret@db/prices', 'postgres://day:(hidden)@db/prices'],
  ['postgres://day:se/c@ret@db', 'postgres://day:(hidden)@db'],
  ['postgres://day@db', 'postgres://day@db'],
  ['folder', 'folder'],
])('a password in %s is hidden', (text, shown) => {
  expect(withoutPassword(text)).toBe(shown);
});
