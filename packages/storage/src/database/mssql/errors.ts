import type { ServerFault } from '../server-errors.ts';

/**
 * Transient errors: a deadlock, a lock timeout, a snapshot conflict, then those of Azure SQL for a database that is
 * moved, paused or over its limits (Microsoft, "Troubleshoot transient connection errors", and the driver's list).
 */
const passing: ReadonlySet<number | undefined> = new Set([
  1205, 1222, 3960, 64, 233, 615, 921, 926, 4221, 10053, 10054, 10060, 10928, 10929, 10936, 40143, 40197, 40501, 40540,
  40613, 42108, 42109, 49918, 49919, 49920,
]);
/** Sessions that Azure SQL ended over their use of locks, log, memory or space; their class does not show it. */
const ended: ReadonlySet<number | undefined> = new Set([40549, 40550, 40551, 40552, 40553]);
/** Refused logins and missing permissions; a retry cannot succeed. */
const refusing: ReadonlySet<number | undefined> = new Set([
  229, 230, 262, 916, 4060, 4064, 18452, 18456, 18470, 18486, 18487, 18488, 40532, 40615, 47073,
]);
/** A table or a column is missing. */
const outdated: ReadonlySet<number | undefined> = new Set([207, 208]);
/** Certificate errors, see the codes of OpenSSL in Node's manual for tls, and encryption that one side requires. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|ENCRYPT/;
/** The driver's codes of a lost connection. */
const disconnected = /^(?:ESOCKET|ECLOSE|ECONNRESET|EINVALIDSTATE|ECONNCLOSED)$/;
/** The server closes the connection after an error of this class and above. */
const fatalClass = 20;

/** Number of SQL Server's error, see its catalogue sys.messages; undefined for an error of the driver itself. */
export function errorNumber(error: unknown): number | undefined {
  const { number } = (error ?? {}) as { readonly number?: unknown };
  return typeof number === 'number' ? number : undefined;
}

/** A row whose key a unique index or the primary key has already. */
export const duplicateKey: ReadonlySet<number | undefined> = new Set([2601, 2627]);
/** No space: on the disk of the data, on that of the log, and in a database of Azure at its largest size. */
export const diskFull: ReadonlySet<number | undefined> = new Set([1105, 9002, 40544]);
/** Error numbers of a database that became a read-only replica. Its connections must be closed. */
export const readOnly: ReadonlySet<number | undefined> = new Set([3906, 3908]);
/** Nothing to roll back: the server did it already, after a deadlock for instance. */
export const rolledBack = 3903;

export function mssqlFault(error: unknown): ServerFault {
  const first = firstOf(error);
  if (!(first instanceof Error)) return { kind: undefined, error: first, reason: String(first), isLost: false };
  // The driver's own message says less than the network error it wraps.
  const cause = first.cause instanceof Error ? (firstOf(first.cause) as Error) : undefined;
  const number = errorNumber(first) ?? errorNumber(cause);
  const own = first as { readonly code?: string; readonly class?: number };
  const code = (cause as { readonly code?: string } | undefined)?.code ?? own.code ?? '';
  const reason = cause?.message ?? first.message;
  const isLost = disconnected.test(code) || readOnly.has(number) || ended.has(number) || (own.class ?? 0) >= fatalClass;
  return { kind: kindOf(number, code, reason), error: first, reason, isLost };
}

function kindOf(number: number | undefined, code: string, reason: string): ServerFault['kind'] {
  if (passing.has(number) || readOnly.has(number) || code === 'ETIMEOUT') return 'passing';
  if (outdated.has(number)) return 'outdated';
  if (refusing.has(number)) return 'refused';
  if (number === undefined && (untrusted.test(code) || reason.includes('certificate'))) return 'untrusted';
  return code === 'ELOGIN' ? 'refused' : undefined;
}

function firstOf(error: unknown): unknown {
  const errors: unknown = error instanceof AggregateError ? error.errors : error;
  return Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
}
