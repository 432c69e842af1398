import { readFileSync, statSync } from 'node:fs';
import type { Server as SecureServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import { DayTradeError } from '@daytrade/errors';

/** The PEM files of a server's certificate. */
export interface TlsFiles {
  /** The certificate, followed by the intermediate ones. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface TlsServerOptions {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
}

/**
 * Reads a certificate and its key.
 *
 * @throws DayTradeError `settings.invalid` naming the files, when one cannot be read or they do not match
 */
export function readTlsFiles({ certificateFile, keyFile }: TlsFiles): TlsServerOptions {
  try {
    const options = { cert: readFileSync(certificateFile), key: readFileSync(keyFile), minVersion: 'TLSv1.2' } as const;
    createSecureContext(options);
    return options;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const files =
      `DAYTRADE_TLS_CERTIFICATE_FILE=${JSON.stringify(certificateFile)}, ` +
      `DAYTRADE_TLS_KEY_FILE=${JSON.stringify(keyFile)}`;
    throw new DayTradeError('settings.invalid', `${files}: expected a certificate and its key as PEM (${reason})`, {
      cause: error,
    });
  }
}

/**
 * Loads the certificate again when its files change, also through a symbolic link. Open connections keep the old one.
 * Unusable files are reported once and leave the old certificate in use.
 */
export function followTlsFiles(
  server: SecureServer,
  files: TlsFiles,
  options: { readonly everyMs: number; readonly failed: (error: unknown) => void },
): void {
  let inUse = identityOf(files);
  const look = () => {
    const found = identityOf(files);
    if (found === inUse) return;
    inUse = found;
    try {
      server.setSecureContext(readTlsFiles(files));
    } catch (error) {
      options.failed(error);
    }
  };
  const timer = setInterval(look, options.everyMs).unref();
  server.once('close', () => clearInterval(timer));
}

/** Returns a text that changes with either file. */
function identityOf({ certificateFile, keyFile }: TlsFiles): string {
  return [certificateFile, keyFile]
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return `${found?.dev} ${found?.ino} ${found?.mtimeMs} ${found?.size}`;
    })
    .join(', ');
}
