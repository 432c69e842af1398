import { type MssqlOptions, openMssqlDatabase } from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectionSuite, failureOf, openConnection } from '../connection-suite.ts';
import { SqlServer } from './server/sql-server.ts';

let server: SqlServer;
let options: MssqlOptions;
beforeAll(async () => {
  server = await SqlServer.start();
  options = await server.createDatabase();
});
afterAll(() => server.close());

const open = (change: Partial<MssqlOptions> = {}) => openConnection({ ...options, ...change });
const sleep = (seconds: number) => `waitfor delay '00:00:${String(seconds).padStart(2, '0')}'`;

connectionSuite('a SQL Server', () => ({ options, sleep, stop: () => server.stop(), start: () => server.start() }));

describe('a connection to a SQL Server', () => {
  it('gives days, instants, counts, bytes and switches as every database does', async () => {
    const { database } = await open();
    const row = await sql`select cast(${'2026-11-24'} as date) as day, count(*) as rows, cast(${0.1} as float) as ratio,
      cast(${'2026-11-24T09:15:00.250+09:00'} as datetimeoffset(3)) as at, cast(${true} as bit) as open,
      cast(${Buffer.from('a')} as varbinary(max)) as bytes, cast(${9_007_199_254_740_991} as bigint) as large`
      .execute(database.db)
      .then(({ rows }) => rows[0]);
    expect(row).toEqual({
      day: '2026-11-24',
      rows: 1,
      ratio: 0.1,
      at: '2026-11-24T00:15:00.250Z',
      open: true,
      bytes: Buffer.from('a'),
      large: 9_007_199_254_740_991,
    });
  });

  it('is without TLS only where that is asked for', async () => {
    const plain = await SqlServer.start('none');
    onTestFinished(() => plain.close());
    const plaintext = await plain.createDatabase();
    expect(await (await open(plaintext)).ask('select 1 as one')).toEqual({ one: 1 });
    const wanted = await failureOf({ ...plaintext, tls: { kind: 'verify', caFile: plain.caFile } });
    expect(wanted).toMatchObject({ code: 'dependency.refused', retryable: false });
  });

  it('shows a token of Entra, a new one at each connect, and nothing of it when it is refused', async () => {
    const tokens = ['the-first-token', 'the-second-token'];
    for (const token of tokens) server.tokens.add(token);
    const token = async () => tokens.shift() ?? 'a-token-that-ended';
    const authentication = { kind: 'azure-entra', token } as const;
    const { database } = await open({ authentication });
    await database.db.connection().execute(async (connection) => {
      await sql`select 1`.execute(connection);
      await sql`select 1`.execute(database.db);
    });
    expect(tokens).toEqual([]);
    const refused = await failureOf({ ...options, authentication });
    expect(refused).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(refused.shown).not.toContain('a-token-that-ended');
  });

  it('says which CA file it cannot read, and that a token needs TLS', async () => {
    const tls = { kind: 'verify', caFile: '/nowhere/ca.pem' } as const;
    await expect(openMssqlDatabase({ ...options, tls })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('/nowhere/ca.pem'),
    });
    const authentication = { kind: 'azure-entra', token: async () => '' } as const;
    await expect(openMssqlDatabase({ ...options, authentication, tls: { kind: 'off' } })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('TLS is off'),
    });
  });

  it('leaves the error of a wrong statement as it is, and goes on', async () => {
    const { ask } = await open({ pool: 1 });
    await expect(ask('select nonsense(')).rejects.toMatchObject({ code: 'EREQUEST' });
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });
});

describe('a SQL Server that refuses', () => {
  const errorOf = (number: number, message: string) => ({ number, severity: 16, message });
  const refuse = (answer: typeof server.refuse) => {
    server.refuse = answer;
    onTestFinished(() => void (server.refuse = () => undefined));
  };
  const update = (db: Awaited<ReturnType<typeof open>>['database']['db']) => sql`select 2 as two`.execute(db);

  it('a login while Azure moves the database may be asked again', async () => {
    refuse((question) =>
      question === 'login' ? errorOf(40_613, 'the database is not currently available') : undefined,
    );
    expect(await failureOf(options)).toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('is not currently available'),
      retryable: true,
    });
  });

  it('a statement, and rolls back by itself: the transaction fails for what made the server do it', async () => {
    const { database } = await open({ pool: 1 });
    refuse((question) => {
      if (question.includes('two')) return errorOf(1205, 'was deadlocked with another process');
      return question === 'end' ? errorOf(3903, 'has no corresponding BEGIN TRANSACTION') : undefined;
    });
    await expect(database.db.transaction().execute(update)).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('was deadlocked'),
      retryable: true,
    });
  });

  it('to write, as a copy to read from: its connection is used no more', async () => {
    const { database } = await open({ pool: 1 });
    const connections = server.sessions;
    let refusals = 0;
    refuse((question) => (question.includes('two') && refusals++ === 0 ? errorOf(3906, 'is read-only') : undefined));
    await expect(update(database.db)).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
    await update(database.db);
    expect(refusals).toBe(2);
    expect(server.sessions).toBe(connections + 2);
  });
});
