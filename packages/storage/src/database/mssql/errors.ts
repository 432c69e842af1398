import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import { errorNumber, readOnly } from './connection/error-numbers.ts';
import type { CompiledMssqlOptions } from './options.ts';

/** What errors of the driver mean to the platform. */
export interface MssqlErrors {
  /** The error of a connection that could not be had. */
  whileConnecting(error: unknown): DayTradeError;
  /** The error of a statement; one that is the statement's own fault comes back as it is. */
  ofQuery(error: unknown): unknown;
  /** True when the connection cannot be used any more. */
  isBroken(error: unknown): boolean;
}

/**
 * Numbers after which the same statement may succeed: a deadlock, a lock that was not had in time, a snapshot that met
 * another one; then those of Azure SQL for a database that is moved, paused, or asked for more than its size has
 * (Microsoft, "Troubleshoot transient connection errors", and the list of the driver itself).
 */
const passing: ReadonlySet<number | undefined> = new Set([
  1205, 1222, 3960, 64, 233, 615, 921, 926, 4221, 10053, 10054, 10060, 10928, 10929, 10936, 40143, 40197, 40501, 40540,
  40613, 42108, 42109, 49918, 49919, 49920,
]);
/** Azure SQL ended the session, since it held locks, log, memory or room for too long: their class does not say so. */
const ended: ReadonlySet<number | undefined> = new Set([40549, 40550, 40551, 40552, 40553]);
/** Those of a server that does not let us in, or lets us do nothing: until somebody changes something. */
const refusing: ReadonlySet<number | undefined> = new Set([
  229, 230, 262, 916, 4060, 4064, 18452, 18456, 18470, 18486, 18487, 18488, 40532, 40615, 47073,
]);
/** A table or a column is missing. */
const outdated: ReadonlySet<number | undefined> = new Set([207, 208]);
/** Certificates, see the codes of OpenSSL in Node's manual for tls; and encryption that one side wants alone. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|ENCRYPT/;
/** What the driver says of a connection that is no more. */
const disconnected = /^(?:ESOCKET|ECLOSE|ECONNRESET|EINVALIDSTATE|ECONNCLOSED)$/;
/** The server closes the connection after an error of this class and above. */
const fatalClass = 20;

/** Errors that name the server and never a password. */
export function mssqlErrors({ host, port, database }: CompiledMssqlOptions): MssqlErrors {
  const server = `the database ${database} on ${host}:${port}`;
  const errorOf = (code: ErrorCode, message: string, cause: unknown) =>
    new DayTradeError(code, `${server} ${message}`, { details: { host, port, database }, cause });

  const known = (error: unknown): DayTradeError | undefined => {
    if (isDayTradeError(error)) return error;
    const { number, code, reason } = faultOf(error);
    if (refusing.has(number)) return errorOf('dependency.refused', `refuses the connection: ${reason}`, error);
    if (outdated.has(number)) {
      const advice = 'is not migrated for this version; run `daytrade database migrate`';
      return errorOf('service.unavailable', `${advice}: ${reason}`, error);
    }
    if (passing.has(number) || readOnly.has(number) || code === 'ETIMEOUT') {
      return errorOf('service.unavailable', `cannot serve now: ${reason}`, error);
    }
    return undefined;
  };
  return {
    whileConnecting: (error) => {
      // What a token cannot be had with is said already.
      if (isDayTradeError(error)) return error;
      const { number, code, reason } = faultOf(error);
      if (number === undefined && (untrusted.test(code) || reason.includes('certificate'))) {
        return errorOf('dependency.refused', `cannot be trusted: ${reason}`, error);
      }
      if (code === 'ELOGIN' && !passing.has(number)) {
        return errorOf('dependency.refused', `refuses the connection: ${reason}`, error);
      }
      return known(error) ?? errorOf('service.unavailable', `does not answer: ${reason}`, error);
    },
    ofQuery: (error) => {
      if (isDisconnection(error)) return errorOf('service.unavailable', `was lost: ${faultOf(error).reason}`, error);
      return known(error) ?? firstOf(error);
    },
    isBroken: isDisconnection,
  };
}

/**
 * The server judged the statement and goes on serving, or else the connection is lost; after a failover it is of no
 * use.
 */
function isDisconnection(error: unknown): boolean {
  const { code, number, severity } = faultOf(error);
  return disconnected.test(code) || readOnly.has(number) || ended.has(number) || severity >= fatalClass;
}

interface Fault {
  readonly number: number | undefined;
  readonly code: string;
  readonly severity: number;
  readonly reason: string;
}

function faultOf(error: unknown): Fault {
  const first = firstOf(error);
  if (!(first instanceof Error)) return { number: undefined, code: '', severity: 0, reason: String(first) };
  // What the driver adds to an error of the network says less than the error.
  const cause = first.cause instanceof Error ? (firstOf(first.cause) as Error) : undefined;
  const { code = '', class: severity = 0 } = first as { readonly code?: string; readonly class?: number };
  const number = errorNumber(first) ?? errorNumber(cause);
  const causeCode = (cause as { readonly code?: string } | undefined)?.code;
  return { number, code: causeCode ?? code, severity, reason: cause?.message ?? first.message };
}

/** A statement that failed for several reasons gives a list of them, and so does a name with several addresses. */
function firstOf(error: unknown): unknown {
  const errors: unknown = error instanceof AggregateError ? error.errors : error;
  return Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
}
