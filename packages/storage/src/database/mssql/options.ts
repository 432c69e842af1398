import { DayTradeError } from '@daytrade/errors';
import type { ConnectionAuthentication, ConnectionConfiguration } from 'tedious';
import { type DatabaseTls, trustedAuthorities } from '../trusted-authorities.ts';

/** How long the driver waits for the server to stop a statement that took too long: then it closes the connection. */
const cancelMs = 5_000;

/** Of the time for a connection, what a token may take. */
const tokenShare = 0.8;

/** How a connection proves who it is. */
export type MssqlAuthentication =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /**
   * A token of Entra for `https://database.windows.net`, asked for at every connect; the pool, which waits for the
   * connection, would else give up first, and nobody learn why.
   */
  | { readonly kind: 'azure-entra'; readonly token: (withinMs: number) => Promise<string> };

/** A database on SQL Server 2022 or newer, or of Azure SQL. */
export interface MssqlOptions {
  readonly engine: 'mssql';
  readonly host: string;
  /** Default 1433. */
  readonly port?: number | undefined;
  readonly database: string;
  readonly authentication: MssqlAuthentication;
  readonly tls: DatabaseTls;
  /** Most connections of this process at a time; default 10. */
  readonly pool?: number | undefined;
  /** How long to wait for a connection, in seconds; default 5. */
  readonly connectSeconds?: number | undefined;
  /** How long a statement may take, in seconds; default 30. */
  readonly statementSeconds?: number | undefined;
}

/** The options with every default filled in. */
export interface CompiledMssqlOptions extends MssqlOptions {
  readonly port: number;
  readonly pool: number;
  readonly connectSeconds: number;
  readonly statementSeconds: number;
}

/** @throws DayTradeError `settings.invalid` for a token of Entra without TLS */
export function compileMssqlOptions(options: MssqlOptions): CompiledMssqlOptions {
  const { port = 1433, pool = 10, connectSeconds = 5, statementSeconds = 30 } = options;
  if (options.authentication.kind === 'azure-entra' && options.tls.kind === 'off') {
    throw new DayTradeError('settings.invalid', 'the database: a token of Entra is sent over TLS only, and TLS is off');
  }
  return { ...options, port, pool, connectSeconds, statementSeconds };
}

/**
 * What the driver needs to know for one connection.
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read; what a token cannot be had with
 */
export async function connectionConfig(options: CompiledMssqlOptions): Promise<ConnectionConfiguration> {
  const { host, port, database, tls, connectSeconds, statementSeconds } = options;
  return {
    server: host,
    authentication: await authenticationOf(options),
    options: {
      port,
      database,
      appName: 'day-trade',
      encrypt: tls.kind === 'verify',
      trustServerCertificate: false,
      ...(tls.kind === 'verify'
        ? { cryptoCredentialsDetails: { ca: await trustedAuthorities(tls.caFile), minVersion: 'TLSv1.2' } as const }
        : {}),
      connectTimeout: connectSeconds * 1000,
      requestTimeout: statementSeconds * 1000,
      cancelTimeout: cancelMs,
      // Whoever asks again is who waits for the connection, within its time.
      maxRetriesOnTransientErrors: 0,
      fallbackToDefaultDb: false,
      useUTC: true,
    },
  };
}

async function authenticationOf({
  authentication,
  connectSeconds,
}: CompiledMssqlOptions): Promise<ConnectionAuthentication> {
  if (authentication.kind === 'password') {
    const { user: userName, password } = authentication;
    return { type: 'default', options: { userName, password } };
  }
  const token = await authentication.token(tokenShare * connectSeconds * 1000);
  return { type: 'azure-active-directory-access-token', options: { token } };
}
