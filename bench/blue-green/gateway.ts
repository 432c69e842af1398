import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { waitFor } from '../../tests/support/command.ts';
import { freePort } from '../../tests/support/redis-server.ts';
import { ensurePackages } from '../harness/python-environment.ts';
import { gatewayPaths } from './gateway-paths.ts';
import type { Slot } from './slot.ts';

const page = 'dashboard';

/** A proxy in the place of the Application Gateway: it has the same paths, and a pool of the active slot for each. */
export class Gateway {
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = process;
  }

  /** @param folder for its configuration, which it watches */
  static async open(folder: string, active: Slot, progress: (message: string) => void): Promise<Gateway> {
    const requirements = 'bench/canary-cluster/requirements.txt';
    const python = ensurePackages({ name: 'canary-cluster', requirements, size: 'about 60 MB' }, progress);
    const watched = join(folder, 'watched');
    mkdirSync(watched);
    const port = await freePort();
    const options = [`--entryPoints.http.address=127.0.0.1:${port}`, `--providers.file.directory=${watched}`];
    const quiet = ['--providers.file.watch=true', '--log.level=ERROR'];
    const traefik = spawn(join(dirname(python), 'traefik'), [...options, ...quiet], { stdio: ['ignore', 2, 2] });
    const gateway = new Gateway(`http://127.0.0.1:${port}`, folder, traefik);
    gateway.lead(active);
    await waitFor(
      `${gateway.url} to lead to ${active.name}`,
      60,
      async () => (await fetch(`${gateway.url}/healthz`)).ok,
    );
    return gateway;
  }

  /** Puts the addresses of a slot into every pool; requests under way end where they are. */
  lead({ urls }: Slot): void {
    const rule = (service: string, beginnings: readonly string[]) => ({
      rule: beginnings.map((beginning) => `PathPrefix(\`${beginning}\`)`).join(' || '),
      service,
    });
    const routers = Object.entries(gatewayPaths()).map(([service, paths]) => [service, rule(service, paths)]);
    const services = [...Object.keys(gatewayPaths()), page].map((service) => [
      service,
      { loadBalancer: { servers: (urls[service] ?? []).map((url) => ({ url })) } },
    ]);
    const http = {
      routers: { ...Object.fromEntries(routers), [page]: { rule: 'PathPrefix(`/`)', priority: 1, service: page } },
      services: Object.fromEntries(services),
    };
    // Whole at once, since it is read as soon as it is there.
    const written = join(this.#folder, 'pools.json');
    writeFileSync(written, JSON.stringify({ http }));
    renameSync(written, join(this.#folder, 'watched', 'pools.yaml'));
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}
