import pg from 'pg';
import type { ServerFault } from '../server-errors.ts';

/** Transient SQLSTATE classes and codes (PostgreSQL manual, appendix A). */
const passing = /^(?:08...|53...|57P0.|57014|55P03|40001|40P01|25P03|25006)$/;
/** Refused logins and missing permissions; a retry cannot succeed. */
const refusing = /^(?:28...|3D000|42501)$/;
/** A table or a column is missing. */
const outdated = /^(?:42P01|42703)$/;
/** Certificate errors, see the codes of OpenSSL in Node's manual for tls. */
const untrusted = /CERT|SIGNED|ISSUER|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|SSL connection/;

/** Returns the meaning of an error of the driver. */
export function postgresFault(error: unknown): ServerFault {
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
