import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCertificates } from '../../tests/support/certificates.ts';
import { installDebianPackages, isProgram } from '../../tests/support/debian-packages.ts';
import { freePort } from '../../tests/support/redis-server.ts';
import { RunningProcess } from '../../tests/support/running-process.ts';
import { signInOf } from './registry-sign-in.ts';

const domains = { azure: 'azurecr.io', aws: 'dkr.ecr.ap-northeast-1.amazonaws.com' } as const;

/** Whether a host is a registry of a cloud. */
export function isRegistry(host: string): boolean {
  return Object.values(domains).some((domain) => host.endsWith(`.${domain}`));
}

/** What this machine lacks for a registry; Debian's packages are installed where that is allowed. */
export function missingForRegistry(): string | undefined {
  const programs = ['docker-registry', 'skopeo'];
  return programs.every(isProgram) ? undefined : installDebianPackages(programs);
}

/**
 * Debian's registry on the loopback address, and before it a door that is the clouds' registries: by their names, with
 * HTTPS, for whoever signs in with what his cloud gave him. All of them have the same images.
 */
export class Registries implements AsyncDisposable {
  /** The registry itself, which asks nobody: where a node of the cluster pulls from, and the base image is. */
  readonly address: string;
  /** File of the authority that signed the door's certificate. */
  readonly authority: string;
  readonly #process: RunningProcess;
  readonly #door: Server;

  private constructor(address: string, authority: string, process: RunningProcess, door: Server) {
    this.address = address;
    this.authority = authority;
    this.#process = process;
    this.#door = door;
  }

  /** @param onName hears the name of each registry when somebody first asks it */
  static async start(folder: string, onName: (name: string) => void): Promise<Registries> {
    const address = `127.0.0.1:${await freePort()}`;
    const configuration = join(folder, 'registry.json');
    mkdirSync(join(folder, 'images'), { recursive: true });
    const settings = {
      version: '0.1',
      log: { level: 'warn', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'images') } },
      http: { addr: address, relativeurls: true },
    };
    // JSON is YAML as well.
    writeFileSync(configuration, JSON.stringify(settings));
    const started = new RunningProcess('docker-registry', ['serve', configuration], { timeoutSeconds: 14_400 });
    const names = Object.values(domains).map((domain) => `*.${domain}`);
    const { caFile, certFile, keyFile } = makeCertificates(folder, 'registries', undefined, names);
    const seen = new Set<string>();
    const signIn = signInOf(domains.azure);
    const door = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (asked, answer) => {
      const name = (asked.headers.host ?? '').replace(/:\d+$/, '');
      if (!seen.has(name)) onName(name);
      seen.add(name);
      const signedIn = signIn(name, asked, answer, () => passOn(address, asked, answer));
      signedIn.catch((error: Error) => answer.destroy(error));
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    return new Registries(address, caFile, started, door);
  }

  /** Where the names of the clouds' registries lead. */
  get port(): number {
    return (this.#door.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#door.close();
    this.#process.kill();
    await this.#process.finished;
  }
}

function passOn(address: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { authorization: _, ...headers } = asked.headers;
  const inner = request(`http://${address}${asked.url}`, { method: asked.method, headers }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.pipe(answer);
  });
  inner.on('error', (error) => answer.destroy(error));
  asked.pipe(inner);
}
