import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { openPostgresDatabase, type PostgresOptions } from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { PostgresServer, plaintextDatabase, unnamedAddress } from '../support/postgres-server.ts';
import { freePort } from '../support/redis-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

let server: PostgresServer;
let options: PostgresOptions;
beforeAll(async () => {
  server = await PostgresServer.start();
  options = await server.createDatabase();
});
afterAll(() => server.close());

async function open(change: Partial<PostgresOptions> = {}) {
  const database = await openPostgresDatabase({ ...options, ...change });
  onTestFinished(() => database.close());
  const ask = async (query: string) => (await sql.raw<Record<string, unknown>>(query).execute(database.db)).rows[0];
  return { database, ask };
}

/** The error of a connection that must fail, with what of it a log could show. */
async function failure(change: Partial<PostgresOptions>) {
  const { ask } = await open(change);
  const started = performance.now();
  const error = await ask('select 1').then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { code: string; retryable: boolean; details: unknown },
  );
  if (error === undefined) throw new Error('the connection was expected to fail');
  const { code, retryable, message } = error;
  return {
    code,
    retryable,
    message,
    shown: inspect(error, { depth: 10 }),
    seconds: (performance.now() - started) / 1000,
  };
}

describe('a connection to PostgreSQL', () => {
  it('is encrypted, speaks of instants in UTC whatever the zone of the server, and limits statements', async () => {
    const { ask } = await open();
    expect(await ask('select version from pg_stat_ssl where pid = pg_backend_pid()')).toMatchObject({
      version: expect.stringMatching(/^TLSv1\.[23]$/),
    });
    expect(await ask(`select current_setting('TimeZone') as zone`)).toEqual({ zone: 'UTC' });
    expect(await ask(`select current_setting('statement_timeout') as timeout`)).toEqual({ timeout: '10s' });
  });

  it('gives days, instants and counts as the embedded database does', async () => {
    const { ask } = await open();
    const row = await ask(
      `select date '2026-11-24' as day, timestamptz '2026-11-24 09:15:00.25+09' as at, count(*) as rows,
        'a'::bytea as bytes, '{"aB": 1}'::json as json, 0.1::float8 as ratio from generate_series(1, 3)`,
    );
    expect(row).toEqual({
      day: '2026-11-24',
      at: '2026-11-24T00:15:00.250Z',
      rows: 3,
      bytes: Buffer.from('a'),
      json: { aB: 1 },
      ratio: 0.1,
    });
  });

  it('trusts no certificate of another authority, and none for another name', async () => {
    const other = makeCertificates(temporaryFolder(), 'other');
    const wrongAuthority = await failure({ tls: { kind: 'verify', caFile: other.caFile } });
    expect(wrongAuthority).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(wrongAuthority.message).toMatch(/on 127\.0\.0\.1:\d+ cannot be trusted: .*certificate/);
    expect(await failure({ tls: { kind: 'verify' } })).toMatchObject({ code: 'dependency.refused' });
    const otherName = await failure({ host: unnamedAddress });
    expect(otherName).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(otherName.message).toContain('127.0.0.2 is not in the cert');
  });

  it('is never without TLS unless that is asked for, whatever the server allows', async () => {
    const refused = await failure({ tls: { kind: 'off' } });
    expect(refused).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(refused.message).toContain('no encryption');
    await server.createDatabase(plaintextDatabase);
    const plain = await open({ database: plaintextDatabase, tls: { kind: 'off' } });
    expect(await plain.ask('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual({ ssl: false });
    const encrypted = await open({ database: plaintextDatabase });
    expect(await encrypted.ask('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual({ ssl: true });
  });

  it('says that password or database are wrong, and shows no password', async () => {
    const password = 'not-the-password';
    const refused = await failure({ authentication: { kind: 'password', password } });
    expect(refused).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(refused.message).toContain('password authentication failed for user "daytrade"');
    expect(refused.shown).not.toContain(password);
    const elsewhere = await failure({ database: 'nowhere' });
    expect(elsewhere).toMatchObject({ code: 'dependency.refused' });
    expect(elsewhere.shown).not.toContain(server.password);
  });

  it('says that the tables are missing, and how to make them', async () => {
    const { database } = await open({ database: (await server.createDatabase()).database });
    await expect(database.db.selectFrom('runs').selectAll().execute()).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('daytrade database migrate'),
    });
  });
});

describe('a server that does not answer', () => {
  it('is given up in seconds when nothing listens, and when nothing is said', async () => {
    const refusing = await failure({ port: await freePort() });
    expect(refusing).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(refusing.seconds).toBeLessThan(1);

    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const ignored = await failure({ port, connectSeconds: 1 });
    expect(ignored).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(ignored.seconds).toBeLessThan(3);
  });

  it('is given up when all connections of the pool are taken', async () => {
    const { ask } = await open({ pool: 1, connectSeconds: 1 });
    const slow = ask('select pg_sleep(2)');
    await expect(ask('select 1')).rejects.toMatchObject({ code: 'service.unavailable' });
    await slow;
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });

  it('stops a statement that takes too long, and goes on', async () => {
    const { ask } = await open({ pool: 1, statementSeconds: 1 });
    await expect(ask('select pg_sleep(30)')).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('statement timeout'),
    });
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });

  it('drops a connection whose server process hangs, and takes another', async () => {
    const { ask, database } = await open({ pool: 1, statementSeconds: 1 });
    const row = await ask('select pg_backend_pid() as pid');
    process.kill(Number(row?.pid), 'SIGSTOP');
    onTestFinished(() => void process.kill(Number(row?.pid), 'SIGCONT'));
    const started = performance.now();
    const work = database.db.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
    expect((performance.now() - started) / 1000).toBeLessThan(8);
    expect(await ask('select 1 as one')).toEqual({ one: 1 });
  });
});

describe('a server that is restarted', () => {
  it.each(['stop', 'crash'] as const)('loses what runs at the time, and serves again by itself: %s', async (way) => {
    const { ask, database } = await open();
    await Promise.all([1, 2, 3].map(() => ask('select pg_sleep(0.1)')));
    const running = ask('select pg_sleep(8)').catch((error: unknown) => error);
    let held = () => {};
    const holding = database.db.connection().execute(async () => {
      await new Promise<void>((resolve) => (held = resolve));
    });
    await ask('select 1');
    await server[way]();
    expect(await running).toMatchObject({ code: 'service.unavailable', retryable: true });
    await expect(ask('select 1')).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
    held();
    await holding;
    await server.start();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask('select 1 as one')));
    expect(answers).toEqual(Array.from({ length: 6 }, () => ({ one: 1 })));
  });
});
