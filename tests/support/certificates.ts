import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * An authority of the test's own, and a certificate for 127.0.0.1 and localhost signed by it.
 * @param address another one that it is for
 * @param names further names that it is for
 */
export function makeCertificates(
  folder: string,
  name: string,
  address?: string,
  names: readonly string[] = [],
): Certificates {
  const at = (file: string) => join(folder, `${name}-${file}`);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2', '-subj', `/CN=${name}`);
  openssl('req', ...key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=localhost');
  const addresses = ['127.0.0.1', ...(address === undefined ? [] : [address])].map((ip) => `IP:${ip}`);
  const alternatives = ['localhost', ...names].map((host) => `DNS:${host}`);
  writeFileSync(at('names'), `subjectAltName=${[...alternatives, ...addresses].join(',')}\n`);
  const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  openssl('x509', '-req', '-in', at('server.csr'), ...signing, '-out', at('server.pem'), '-days', '2');
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    certFile: at('server.pem'),
    keyFile: at('server.key'),
  };
}
