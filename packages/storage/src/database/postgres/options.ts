import { DayTradeError, loadChosen } from '@daytrade/errors';
import pg from 'pg';
import { type DatabaseTls, trustedAuthorities } from '../trusted-authorities.ts';
import { valueParsers } from './schema.ts';

/** How much longer than the server the client waits for a statement: then the server is gone, not slow. */
const graceSeconds = 5;
/** A transaction that its process does not continue for this long is rolled back, and its locks released. */
const idleTransactionSeconds = 60;

/** How a connection proves who it is. */
export type PostgresAuthentication =
  | { readonly kind: 'password'; readonly password: string }
  /** A token of AWS IAM, made anew for every connection; region and credentials come from the AWS SDK's own chain. */
  | { readonly kind: 'aws-iam' };

/** A database on a PostgreSQL server. */
export interface PostgresOptions {
  readonly engine?: 'postgres';
  readonly host: string;
  /** Default 5432. */
  readonly port?: number | undefined;
  readonly database: string;
  readonly user: string;
  readonly authentication: PostgresAuthentication;
  readonly tls: DatabaseTls;
  /** Most connections of this process at a time; default 10. */
  readonly pool?: number | undefined;
  /** How long to wait for a connection, in seconds; default 5. */
  readonly connectSeconds?: number | undefined;
  /** How long a statement may take, in seconds; default 30. */
  readonly statementSeconds?: number | undefined;
}

/** The options with every default filled in. */
export interface CompiledPostgresOptions extends PostgresOptions {
  readonly port: number;
  readonly pool: number;
  readonly connectSeconds: number;
  readonly statementSeconds: number;
}

/** @throws DayTradeError `settings.invalid` for a token of IAM without TLS */
export function compilePostgresOptions(options: PostgresOptions): CompiledPostgresOptions {
  const { port = 5432, pool = 10, connectSeconds = 5, statementSeconds = 30 } = options;
  if (options.authentication.kind === 'aws-iam' && options.tls.kind === 'off') {
    throw new DayTradeError(
      'settings.invalid',
      'the database: a token of AWS IAM is sent over TLS only, and TLS is off',
    );
  }
  return { ...options, port, pool, connectSeconds, statementSeconds };
}

/**
 * What the pool of the driver needs to know.
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read
 */
export async function poolConfig(options: CompiledPostgresOptions): Promise<pg.PoolConfig> {
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
  // The driver asks for each connection: a token lives for 15 minutes, a pool for weeks.
  return async () => await new Signer({ hostname: host, port, username: user }).getAuthToken();
}

async function tlsOf({ tls }: CompiledPostgresOptions): Promise<pg.PoolConfig['ssl']> {
  if (tls.kind === 'off') return false;
  return { ca: await trustedAuthorities(tls.caFile), rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}
