import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import pg from 'pg';
import type { CompiledPostgresOptions } from './open.ts';

/** Maps errors of the driver to those of the platform. */
export interface PostgresErrors {
  /** Returns the error of a connection that could not be opened. */
  whileConnecting(error: unknown): DayTradeError;
  /** Returns the error of a statement; a fault of the statement itself comes back unchanged. */
  ofQuery(error: unknown): unknown;
  /** Returns true if the connection can no longer be used. */
  isBroken(error: unknown): boolean;
}

/** Transient SQLSTATE classes and codes (PostgreSQL manual, appendix A). */
const passing = /^(?:08...|53...|57P0.|57014|55P03|40001|40P01|25P03|25006)$/;
/** Refused logins and missing permissions; a retry cannot succeed. */
const refusing = /^(?:28...|3D000|42501)$/;
/** A table or a column is missing. */
const outdated = /^(?:42P01|42703)$/;
/** Certificate errors, see the codes of OpenSSL in Node's manual for tls. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|SSL connection/;

/** Returns errors that name the server and never show a password. */
export function postgresErrors({ host, port, database }: CompiledPostgresOptions): PostgresErrors {
  const server = `the database ${database} on ${host}:${port}`;
  const errorOf = (code: ErrorCode, message: string, cause: unknown) =>
    new DayTradeError(code, `${server} ${message}`, { details: { host, port, database }, cause });

  const known = (error: unknown): DayTradeError | undefined => {
    if (isDayTradeError(error)) return error;
    const { code, reason } = faultOf(error);
    if (refusing.test(code)) return errorOf('dependency.refused', `refuses the connection: ${reason}`, error);
    if (outdated.test(code)) {
      const advice = 'is not migrated for this version; run `daytrade database migrate`';
      return errorOf('service.unavailable', `${advice}: ${reason}`, error);
    }
    if (passing.test(code)) return errorOf('service.unavailable', `cannot serve now: ${reason}`, error);
    return undefined;
  };
  return {
    whileConnecting: (error) => {
      const { code, reason } = faultOf(error);
      if (untrusted.test(code) || untrusted.test(reason)) {
        return errorOf('dependency.refused', `cannot be trusted: ${reason}`, error);
      }
      return known(error) ?? errorOf('service.unavailable', `does not answer: ${reason}`, error);
    },
    ofQuery: (error) => {
      if (isDisconnection(error)) return errorOf('service.unavailable', `was lost: ${faultOf(error).reason}`, error);
      return known(error) ?? error;
    },
    isBroken: isDisconnection,
  };
}

/** Returns true if the connection is lost, or useless after a failover; false for a refused statement. */
function isDisconnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(?:08...|57P0.|25P03|25006)$/.test(error.code ?? '');
  return !(error instanceof TypeError || isDayTradeError(error));
}

function faultOf(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error)) return { code: '', reason: String(error) };
  // A host with several addresses fails with one error for each of them.
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return { code: 'code' in first ? String(first.code) : '', reason: first.message };
}
