import type { PostgresOptions } from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PostgresServer, plaintextDatabase } from '../support/postgres-server.ts';
import { connectionSuite, openConnection } from './connection-suite.ts';

let server: PostgresServer;
let options: PostgresOptions;
beforeAll(async () => {
  server = await PostgresServer.start();
  options = await server.createDatabase();
});
afterAll(() => server.close());

const open = (change: Partial<PostgresOptions> = {}) => openConnection({ ...options, ...change });
const sleep = (seconds: number) => `select pg_sleep(${seconds})`;

connectionSuite('PostgreSQL', () => ({ options, sleep, stop: () => server.crash(), start: () => server.start() }));

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

  it('is without TLS only where that is asked for, whatever the server allows', async () => {
    await server.createDatabase(plaintextDatabase);
    const plain = await open({ database: plaintextDatabase, tls: { kind: 'off' } });
    expect(await plain.ask('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual({ ssl: false });
    const encrypted = await open({ database: plaintextDatabase });
    expect(await encrypted.ask('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual({ ssl: true });
  });

  it('is dropped when its server process hangs, and another one is taken', async () => {
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
