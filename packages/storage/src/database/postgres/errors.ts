import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import pg from 'pg';
import type { CompiledPostgresOptions } from './options.ts';

/** What errors of the driver mean to the platform. */
export interface PostgresErrors {
  /** The error of a connection that could not be had. */
  whileConnecting(error: unknown): DayTradeError;
  /** The error of a statement; one that is the statement's own fault comes back as it is. */
  ofQuery(error: unknown): unknown;
  /** True when the connection cannot be used any more. */
  isBroken(error: unknown): boolean;
}

/** SQLSTATE classes and codes (PostgreSQL manual, appendix A) after which the same statement may succeed. */
const passing = /^(?:08...|53...|57P0.|57014|55P03|40001|40P01|25P03|25006)$/;
/** Those of a server that does not let us in, or lets us do nothing: until somebody changes something. */
const refusing = /^(?:28...|3D000|42501)$/;
/** A table or a column is missing. */
const outdated = /^(?:42P01|42703)$/;
/** Certificates, see the codes of OpenSSL in Node's manual for tls. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|SSL connection/;

/** Errors that name the server and never a password. */
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

/**
 * The server judged the statement and goes on serving, or else the connection is lost; after a failover it is of no
 * use.
 */
function isDisconnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(?:08...|57P0.|25P03|25006)$/.test(error.code ?? '');
  return !(error instanceof TypeError || isDayTradeError(error));
}

function faultOf(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error)) return { code: '', reason: String(error) };
  // A name with several addresses fails as one error with one for each of them.
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return { code: 'code' in first ? String(first.code) : '', reason: first.message };
}
