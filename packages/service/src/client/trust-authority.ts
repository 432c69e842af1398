import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

/**
 * Lets every TLS connection of this process that names no authority of its own trust the one of `DAYTRADE_TLS_CA_FILE`
 * as well.
 *
 * @throws DayTradeError `settings.invalid` when the file cannot be read, or the runtime is too old
 */
export function trustAuthority({ DAYTRADE_TLS_CA_FILE: path }: Pick<Settings, 'DAYTRADE_TLS_CA_FILE'>): void {
  if (path === undefined) return;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(path, 'utf8')]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError(
      'settings.invalid',
      `DAYTRADE_TLS_CA_FILE=${JSON.stringify(path)}: expected a PEM file that can be read (${reason})`,
      { details: { path }, cause: error },
    );
  }
}
