import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { type MssqlOptions, openMssqlDatabase } from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { unnamedAddress } from '../../support/postgres-server.ts';
import { freePort } from '../../support/redis-server.ts';
import { SqlServer } from './server/sql-server.ts';

let server: SqlServer;
let options: MssqlOptions;
beforeAll(async () => {
  server = await SqlServer.start();
  options = await server.createDatabase();
});
afterAll(() => server.close());

async function open(change: Partial<MssqlOptions> = {}) {
  const database = await openMssqlDatabase({ ...options, ...change });
  onTestFinished(() => database.close());
  const ask = async (query: string) => (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows[0];
  return { database, ask };
}

/** The error of a connection that must fail, with what of it a log could show. */
async function failure(change: Partial<MssqlOptions>) {
  const { ask } = await open(change);
  const error = await ask('select 1 as one').then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { code: string; retryable: boolean },
  );
  if (error === undefined) throw new Error('the connection was expected to fail');
  const { code, retryable, message } = error;
  return { code, retryable, message, shown: inspect(error, { depth: 10 }) };
}

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

  it('trusts no certificate of an authority that it does not know, and none for another name', async () => {
    const unknown = await failure({ tls: { kind: 'verify' } });
    expect(unknown).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(unknown.message).toMatch(/on localhost:\d+ cannot be trusted: .*certificate/);
    const otherName = await failure({ host: unnamedAddress });
    expect(otherName).toMatchObject({ code: 'dependency.refused', retryable: false });
  });

  it('is never without TLS unless that is asked for, whatever the server allows', async () => {
    expect(await failure({ tls: { kind: 'off' } })).toMatchObject({ code: 'dependency.refused', retryable: false });
    const plain = await SqlServer.start('none');
    onTestFinished(() => plain.close());
    const plaintext = await plain.createDatabase();
    expect(await (await open(plaintext)).ask('select 1 as one')).toEqual({ one: 1 });
    const wanted = await failure({ ...plaintext, tls: { kind: 'verify', caFile: plain.caFile } });
    expect(wanted).toMatchObject({ code: 'dependency.refused', retryable: false });
  });

  it('says that user or database are wrong, and shows no password', async () => {
    const password = 'not-the-password';
    const refused = await failure({ authentication: { kind: 'password', user: 'daytrade', password } });
    expect(refused).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(refused.message).toContain("Login failed for user 'daytrade'");
    expect(refused.shown).not.toContain(password);
    expect(await failure({ database: 'nowhere' })).toMatchObject({
      code: 'dependency.refused',
      message: expect.stringContaining('Cannot open database "nowhere"'),
    });
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
    const refused = await failure({ authentication });
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

  it('says that the tables are missing, and how to make them', async () => {
    const { database } = await open();
    await expect(database.db.selectFrom('runs').selectAll().execute()).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('daytrade database migrate'),
    });
  });

  it('leaves the error of a wrong statement as it is, and goes on', async () => {
    const { ask } = await open({ pool: 1 });
    await expect(ask('select nonsense(')).rejects.toMatchObject({ code: 'EREQUEST' });
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });
});

describe('a SQL Server that does not answer', () => {
  it('is given up when nothing listens, and when nothing is said', async () => {
    expect(await failure({ port: await freePort() })).toMatchObject({ code: 'service.unavailable', retryable: true });
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    expect(await failure({ host: '127.0.0.1', port, connectSeconds: 1 })).toMatchObject({
      code: 'service.unavailable',
      retryable: true,
    });
  });

  it('is given up when all connections of the pool are taken', async () => {
    const { ask, database } = await open({ pool: 1, connectSeconds: 3 });
    await database.db.connection().execute(async () => {
      await expect(ask('select 1 as one')).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
    });
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });

  it('stops a statement that takes too long, and goes on', async () => {
    const { ask } = await open({ pool: 1, statementSeconds: 1 });
    await expect(ask(`waitfor delay '00:00:30'`)).rejects.toMatchObject({
      code: 'service.unavailable',
      retryable: true,
    });
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });

  it('loses what runs when it is stopped, and serves again by itself', async () => {
    const { ask } = await open();
    await ask('select 1 as one');
    const running = ask(`waitfor delay '00:00:08'`).catch((error: unknown) => error);
    await ask('select 1 as one');
    await server.stop();
    expect(await running).toMatchObject({ code: 'service.unavailable', retryable: true });
    await expect(ask('select 1 as one')).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
    await server.start();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask('select 1 as one')));
    expect(answers).toEqual(Array.from({ length: 6 }, () => ({ one: 1 })));
  });
});
