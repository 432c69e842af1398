import { DayTradeError } from '@daytrade/errors';

/** How a connection proves who it is. */
export type PostgresAuthentication =
  | { readonly kind: 'password'; readonly password: string }
  /** A token of AWS IAM, made anew for every connection; region and credentials come from the AWS SDK's own chain. */
  | { readonly kind: 'aws-iam' };

/** Whether connections are encrypted. `verify` refuses a server whose certificate does not fit its name. */
export type PostgresTls =
  /** `caFile`: PEM file of the authorities to trust; those of Node and of the system when left out. */
  { readonly kind: 'verify'; readonly caFile?: string | undefined } | { readonly kind: 'off' };

/** A database on a PostgreSQL server. */
export interface PostgresOptions {
  readonly host: string;
  /** Default 5432. */
  readonly port?: number | undefined;
  readonly database: string;
  readonly user: string;
  readonly authentication: PostgresAuthentication;
  readonly tls: PostgresTls;
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
