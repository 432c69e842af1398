import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/redis-server.ts';
import { RunningProcess, temporaryFolder } from '../../support/running-process.ts';
import { cacheFolder, isThere, run } from '../../support/steps.ts';
import { findTerraform, type TerraformThere } from '../../support/terraform/terraform.ts';

/** Terraform, with the simulator that the suite needs as well. */
export async function findTerraformAndSimulator(): Promise<TerraformThere> {
  const terraform = await findTerraform();
  if (terraform.missing !== '') return terraform;
  if (await isThere('sh', '-c', 'command -v azure-simulator')) return terraform;
  return { missing: 'azure-simulator is not on the PATH' };
}

export class Simulator {
  readonly #process: RunningProcess;
  /** What Terraform and other clients need to find it, and nothing of a person's own account. */
  readonly environment: Readonly<Record<string, string>>;

  /** Where it saves what it has, but for blobs. */
  readonly #saved: string;

  private constructor(process: RunningProcess, environment: Readonly<Record<string, string>>, saved: string) {
    this.#process = process;
    this.environment = environment;
    this.#saved = saved;
  }

  /** Starts one, which has what another one saved where one is given. */
  static async start(other?: Simulator): Promise<Simulator> {
    const port = String(await freePort());
    // In an empty home the first makes a certificate, which others at the same time would make as well.
    const lock = cacheFolder('azure-simulator.lock');
    const { stdout } = await run('flock', [lock, 'azure-simulator', 'env', '-p', port]);
    const lines = stdout.matchAll(/^export (\w+)='(.*)'$/gm);
    const script = join(import.meta.dirname, '..', 'simulator', 'serve.py');
    const saved = join(temporaryFolder('subscription'), 'saved.json');
    if (other !== undefined) copyFileSync(other.#saved, saved);
    const args = ['-u', script, '-p', port, '--state', saved];
    const started = new RunningProcess('python3', args, { timeoutSeconds: 3000 });
    await started.until('stderr', /azure-simulator: 127/);
    return new Simulator(
      started,
      Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value])),
      saved,
    );
  }

  /** Saves what it has, once, for others that begin with it. */
  async save(): Promise<void> {
    this.#process.signal('SIGUSR1');
    await this.#process.until('stderr', /azure-simulator: saved/);
  }

  /** Returns the answer of an address of Azure, as JSON. @throws Error when it refuses */
  async ask(method: 'GET' | 'POST', url: string): Promise<unknown> {
    const program =
      'import sys, urllib.request as u\n' +
      'r = u.Request(sys.argv[2], headers={"Authorization": "Bearer any"}, method=sys.argv[1])\n' +
      'sys.stdout.write(u.urlopen(r).read().decode())';
    const { stdout } = await run('python3', ['-c', program, method, url], { environment: this.environment });
    return stdout === '' ? undefined : JSON.parse(stdout);
  }

  /** Errors that it had in itself: what it was asked for and cannot do. */
  get lastError(): string {
    const at = this.#process.stderr.lastIndexOf('Traceback (most recent call last)');
    return at < 0 ? '' : this.#process.stderr.slice(at, at + 4000);
  }

  stop(): void {
    this.#process.kill();
  }
}
