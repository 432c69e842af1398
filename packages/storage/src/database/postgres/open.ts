import { DayTradeError, loadChosen } from '@daytrade/errors';
import { type Dialect, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { type Database, databaseOn } from '../database.ts';
import { type ServerErrors, type ServerFault, serverErrors } from '../server-errors.ts';
import { type ServerOptions, type WithDefaults, withDefaults } from '../server-options.ts';
import { trustedAuthorities } from '../trusted-authorities.ts';
import { postgresAdapter } from './adapter.ts';
import { valueParsers } from './schema.ts';

export type PostgresAuthentication =
  | { readonly kind: 'password'; readonly password: string }
  /** A new token of AWS IAM for every connection; region and credentials come from the AWS SDK's own chain. */
  | { readonly kind: 'aws-iam' };

export interface PostgresOptions extends ServerOptions {
  readonly engine?: 'postgres';
  readonly user: string;
  readonly authentication: PostgresAuthentication;
}

/**
 * Opens a database on a PostgreSQL server. It connects with the first query, replaces broken connections after a
 * restart of the server, and never migrates (see `migrateDatabase`).
 *
 * Every query throws DayTradeError `service.unavailable`, which is retryable, when the server does not answer in time,
 * and `dependency.refused` for a refused login.
 *
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read, or for a token of AWS IAM without TLS
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  if (options.authentication.kind === 'aws-iam' && options.tls.kind === 'off') {
    throw new DayTradeError(
      'settings.invalid',
      'the database: a token of AWS IAM is sent over TLS only, and TLS is off',
    );
  }
  return databaseOn(await postgresDialect(withDefaults(options, 5432)), postgresAdapter);
}

/** Client timeout beyond that of the server: then the server is gone, not slow. */
const graceSeconds = 5;
/** Time after which the server rolls back an idle transaction and releases its locks. */
const idleTransactionSeconds = 60;

/**
 * Returns a PostgreSQL server for kysely, with the platform's errors and without broken connections. It connects with
 * the first query.
 */
async function postgresDialect(options: WithDefaults<PostgresOptions>): Promise<Dialect> {
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

/** @throws DayTradeError `settings.invalid` when the CA file cannot be read */
async function poolConfig(options: WithDefaults<PostgresOptions>): Promise<pg.PoolConfig> {
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
}: WithDefaults<PostgresOptions>): Promise<string | (() => Promise<string>)> {
  if (authentication.kind === 'password') return authentication.password;
  const { Signer } = await loadChosen('Signing in to RDS', '@aws-sdk/rds-signer', () => import('@aws-sdk/rds-signer'));
  // The driver calls it for each connection: a token lives for 15 minutes, a pool for weeks.
  return async () => await new Signer({ hostname: host, port, username: user }).getAuthToken();
}

async function tlsOf({ tls }: WithDefaults<PostgresOptions>): Promise<pg.PoolConfig['ssl']> {
  if (tls.kind === 'off') return false;
  return { ca: await trustedAuthorities(tls.caFile), rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}

/** Transient SQLSTATE classes and codes (PostgreSQL manual, appendix A). */
const passing = /^(?:08...|53...|57P0.|57014|55P03|40001|40P01|25P03|25006)$/;
/** Refused logins and missing permissions; a retry cannot succeed. */
const refusing = /^(?:28...|3D000|42501)$/;
/** A table or a column is missing. */
const outdated = /^(?:42P01|42703)$/;
/** Certificate errors, see the codes of OpenSSL in Node's manual for tls. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|SSL connection/;

function postgresFault(error: unknown): ServerFault {
  // A host with several addresses fails with one error for each of them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message: reason } = (first instanceof Error ? first : new Error(String(first))) as {
    readonly code?: string;
    readonly message: string;
  };
  return { kind: kindOf(code, reason), error, reason, isLost: isLost(error) };
}

function kindOf(code: string, reason: string): ServerFault['kind'] {
  if (refusing.test(code)) return 'refused';
  if (outdated.test(code)) return 'outdated';
  if (passing.test(code)) return 'passing';
  return untrusted.test(code) || untrusted.test(reason) ? 'untrusted' : undefined;
}

function isLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(?:08...|57P0.|25P03|25006)$/.test(error.code ?? '');
  return !(error instanceof TypeError);
}
