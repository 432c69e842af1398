import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { freePort } from '../support/redis-server.ts';
import { RunningProcess } from '../support/running-process.ts';
import { cacheFolder, run, step } from '../support/steps.ts';

/** Installs Azurite at exactly the versions and content of the lock file in `azurite/`; its program. */
async function installAzurite(): Promise<string> {
  const folder = cacheFolder('azurite-3.37.0');
  const program = join(folder, 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js');
  // Written last by npm.
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(import.meta.dirname, 'azurite', file), join(folder, file));
    }
    const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await step('install Azurite', () => run('npm', ['ci', ...options], { folder }));
  }
  return program;
}

/** Microsoft's own stand-in for Azure Blob Storage, on a free port; it wants TLS and tokens of Entra. */
export class BlobServer {
  readonly account: string;
  readonly certificates: Certificates;
  readonly #process: RunningProcess;

  private constructor(account: string, certificates: Certificates, process: RunningProcess) {
    this.account = account;
    this.certificates = certificates;
    this.#process = process;
  }

  /** @param folder for its certificate */
  static async start(folder: string): Promise<BlobServer> {
    const program = await installAzurite();
    const certificates = makeCertificates(folder, 'azurite');
    const { ca, certFile, keyFile } = certificates;
    setDefaultCACertificates([...getCACertificates('default'), ca]);
    const port = await freePort();
    const started = new RunningProcess(
      process.execPath,
      [program, '--blobHost=127.0.0.1', `--blobPort=${port}`, '--inMemoryPersistence', '--disableTelemetry'].concat([
        '--oauth=basic',
        `--cert=${certFile}`,
        `--key=${keyFile}`,
        '--disableProductStyleUrl',
      ]),
      { folder, timeoutSeconds: 900 },
    );
    await started.until('stdout', /successfully listen/i);
    return new BlobServer(`https://127.0.0.1:${port}/devstoreaccount1`, certificates, started);
  }

  /** Makes an empty container; its address. */
  async createContainer(name: string): Promise<string> {
    const url = `${this.account}/${name}`;
    const headers = { authorization: `Bearer ${token()}`, 'x-ms-version': '2023-11-03' };
    const { status } = await fetch(`${url}?restype=container`, { method: 'PUT', headers });
    if (status !== 201) throw new Error(`the container ${name} could not be made: ${status}`);
    return url;
  }

  async close(): Promise<void> {
    this.#process.kill();
    await this.#process.finished;
  }
}

/** A token as Entra gives one; of its signature nobody here can judge. */
export function token(claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const tenant = '00000000-0000-4000-8000-00000000000a';
  const body = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3600,
    ...claims,
  };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [encode({ alg: 'RS256', typ: 'JWT' }), encode(body), 'a-signature'].join('.');
}
