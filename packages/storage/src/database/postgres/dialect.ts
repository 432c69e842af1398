import { loadChosen } from '@daytrade/errors';
import { type Dialect, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { type ServerErrors, serverErrors } from '../server-errors.ts';
import { trustedAuthorities } from '../trusted-authorities.ts';
import { postgresFault } from './errors.ts';
import type { CompiledPostgresOptions } from './open.ts';
import { valueParsers } from './schema.ts';

/** Client timeout beyond that of the server: then the server is gone, not slow. */
const graceSeconds = 5;
/** Time after which the server rolls back an idle transaction and releases its locks. */
const idleTransactionSeconds = 60;

/**
 * Returns a PostgreSQL server for kysely, with the platform's errors and without broken connections. It connects with
 * the first query.
 */
export async function postgresDialect(options: CompiledPostgresOptions): Promise<Dialect> {
  const errors = serverErrors(options, postgresFault);
  const pool = new pg.Pool(await poolConfig(options));
  // A restart of the server breaks idle connections, and the pool drops them by itself. Without listeners these events
  // would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const connect = async (): Promise<PostgresPoolClient> => {
    try {
      return checkedClient(await pool.connect(), errors);
    } catch (error) {
      throw errors.whileConnecting(error);
    }
  };
  return new PostgresDialect({ pool: { options: pool.options, connect, end: () => pool.end() } });
}

/** Returns a connection that is closed instead of returned to the pool once it is broken. */
function checkedClient(client: pg.PoolClient, errors: ServerErrors): PostgresPoolClient {
  let broken: unknown;
  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    // A rollback would wait behind the statement that timed out.
    if (broken !== undefined) throw broken;
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      const known = errors.ofQuery(error);
      if (errors.isBroken(error)) broken = known;
      throw known;
    }
  };
  return {
    // The other overload, with a cursor, needs a package that is not installed.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || broken !== undefined),
  };
}

/**
 * Returns the configuration of the driver's pool.
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read
 */
async function poolConfig(options: CompiledPostgresOptions): Promise<pg.PoolConfig> {
  const { host, port, database, user, pool, connectSeconds, statementSeconds } = options;
  return {
    host,
    port,
    database,
    user,
    password: await passwordOf(options),
    ssl: await tlsOf(options),
    max: pool,
    connectionTimeoutMillis: connectSeconds * 1000,
    statement_timeout: statementSeconds * 1000,
    query_timeout: (statementSeconds + graceSeconds) * 1000,
    idle_in_transaction_session_timeout: idleTransactionSeconds * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'day-trade',
    options: '-c TimeZone=UTC',
    types: { getTypeParser },
  };
}

const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  valueParsers[type] ?? pg.types.getTypeParser(type, format as 'text');

async function passwordOf({
  authentication,
  host,
  port,
  user,
}: CompiledPostgresOptions): Promise<string | (() => Promise<string>)> {
  if (authentication.kind === 'password') return authentication.password;
  const { Signer } = await loadChosen('Signing in to RDS', '@aws-sdk/rds-signer', () => import('@aws-sdk/rds-signer'));
  // The driver calls it for each connection: a token lives for 15 minutes, a pool for weeks.
  return async () => await new Signer({ hostname: host, port, username: user }).getAuthToken();
}

async function tlsOf({ tls }: CompiledPostgresOptions): Promise<pg.PoolConfig['ssl']> {
  if (tls.kind === 'off') return false;
  return { ca: await trustedAuthorities(tls.caFile), rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}
