import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { ServerOptions, WithDefaults } from './server-options.ts';

/** Maps errors of a driver to those of the platform. */
export interface ServerErrors {
  whileConnecting(error: unknown): DayTradeError;
  /** Returns the error of a statement; a fault of the statement itself comes back unchanged. */
  ofQuery(error: unknown): unknown;
  isBroken(error: unknown): boolean;
}

export interface ServerFault {
  /** `untrusted` by its certificate; `outdated` without a table or a column; `passing` if a retry may succeed. */
  readonly kind: 'untrusted' | 'refused' | 'outdated' | 'passing' | undefined;
  readonly error: unknown;
  readonly reason: string;
  /** True if the connection is lost, or useless after a failover; false for a refused statement. */
  readonly isLost: boolean;
}

const meanings: Readonly<Record<NonNullable<ServerFault['kind']>, readonly [code: ErrorCode, message: string]>> = {
  untrusted: ['dependency.refused', 'cannot be trusted'],
  refused: ['dependency.refused', 'refuses the connection'],
  outdated: ['service.unavailable', 'is not migrated for this version; run `daytrade database migrate`'],
  passing: ['service.unavailable', 'cannot serve now'],
};

/** Returns errors that name the server and never show a password. */
export function serverErrors(
  { host, port, database }: Pick<WithDefaults<ServerOptions>, 'host' | 'port' | 'database'>,
  faultOf: (error: unknown) => ServerFault,
): ServerErrors {
  const errorOf = ([code, message]: readonly [ErrorCode, string], reason: string, cause: unknown) =>
    new DayTradeError(code, `the database ${database} on ${host}:${port} ${message}: ${reason}`, { cause });
  return {
    whileConnecting: (error) => {
      // A failed request for a token has its own error.
      if (isDayTradeError(error)) return error;
      const { kind, reason } = faultOf(error);
      return errorOf(kind === undefined ? ['service.unavailable', 'does not answer'] : meanings[kind], reason, error);
    },
    ofQuery: (error) => {
      if (isDayTradeError(error)) return error;
      const { kind, error: first, reason, isLost } = faultOf(error);
      if (isLost) return errorOf(['service.unavailable', 'was lost'], reason, error);
      return kind === undefined || kind === 'untrusted' ? first : errorOf(meanings[kind], reason, error);
    },
    isBroken: (error) => !isDayTradeError(error) && faultOf(error).isLost,
  };
}
