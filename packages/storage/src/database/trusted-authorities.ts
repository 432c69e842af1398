import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';
import { DayTradeError } from '@daytrade/errors';

/** Encryption of connections. `verify` refuses a server whose certificate does not match its name. */
export type DatabaseTls =
  /** `caFile`: PEM file of the trusted authorities; default: those of Node.js and of the system. */
  { readonly kind: 'verify'; readonly caFile?: string | undefined } | { readonly kind: 'off' };

/**
 * Returns the trusted authorities of a database's server, in PEM.
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read
 */
export async function trustedAuthorities(caFile: string | undefined): Promise<string | string[]> {
  if (caFile === undefined) return [...getCACertificates('default'), ...getCACertificates('system')];
  try {
    return await readFile(caFile, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('settings.invalid', `the CA file of the database cannot be read: ${reason}`, {
      cause: error,
    });
  }
}
