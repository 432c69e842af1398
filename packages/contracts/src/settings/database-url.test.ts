import { describe, expect, it } from 'vitest';
import { databaseUrl } from './database-url.ts';

describe('the URL of a database', () => {
  it('names host, port, database, user and password', () => {
    expect(databaseUrl('sqlserver://day:p%40ss%3Aword@example.database.windows.net:1444/prices')).toEqual({
      host: 'example.database.windows.net',
      port: 1444,
      database: 'prices',
      user: 'day',
      password: 'p@ss:word',
    });
  });

  it('may leave out all but the host', () => {
    const left = { port: undefined, database: undefined, user: undefined, password: undefined };
    expect(databaseUrl('sqlserver://db')).toEqual({ host: 'db', ...left });
    expect(databaseUrl('sqlserver://db/')).toEqual({ host: 'db', ...left });
    expect(databaseUrl('sqlserver://[::1]')).toEqual({ host: '::1', ...left });
  });

  it.each([
    'db',
    'sqlserver://',
    'postgres://db/prices',
    'sqlserver://db;database=prices',
    'sqlserver://db/prices?encrypt=false',
    'sqlserver://db/prices/more',
    'sqlserver://db:99999/prices',
    'sqlserver://day:100%@db/prices',
  ])('is none: %s', (text) => {
    expect(databaseUrl(text)).toBeUndefined();
  });
});
