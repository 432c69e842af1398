import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Finished, RunningProcess, repositoryRoot, temporaryFolder } from '../support/running-process.ts';

/** A run of some commands of scripts/deployment.sh, on this machine. */
export interface Deployed {
  readonly finished: Finished;
  /** Each call of a stand-in: its name and arguments. */
  readonly calls: readonly string[];
}

const programs = ['terraform', 'aws', 'az', 'kubectl', 'kubelogin', 'helm', 'skopeo', 'sleep'];

/** A copy of what a deployment needs, and stand-ins for clouds and cluster. */
export class Deployments {
  readonly #folder = temporaryFolder('deployments');

  /** @param outputs what the stand-in for Terraform says that an environment has */
  constructor(outputs: Readonly<Record<string, unknown>>) {
    for (const name of ['scripts', 'infrastructure']) {
      const isWanted = (file: string) => !/\/(?:node_modules|\.terraform)$/.test(file);
      cpSync(join(repositoryRoot, name), join(this.#folder, name), { recursive: true, filter: isWanted });
    }
    for (const name of ['state', 'programs']) mkdirSync(join(this.#folder, name));
    for (const name of programs) {
      cpSync(join(import.meta.dirname, 'stand-in.mjs'), join(this.#folder, 'programs', name));
      chmodSync(join(this.#folder, 'programs', name), 0o755);
    }
    writeFileSync(join(this.#folder, 'programs', 'package.json'), '{ "type": "module" }');
    const values = Object.entries(outputs).map(([name, value]) => [name, { value }]);
    writeFileSync(join(this.#folder, 'state', 'outputs.json'), JSON.stringify(Object.fromEntries(values)));
  }

  /**
   * Runs a function of scripts/deployment.sh for staging on a cloud.
   * @param broken part of a command of a stand-in that fails
   */
  async step(command: string, { cloud = 'aws', environment = 'staging', broken = '' } = {}): Promise<Deployed> {
    const before = this.#calls().length;
    const started = new RunningProcess('bash', ['-c', `. scripts/deployment.sh\n${command}`], {
      folder: this.#folder,
      environment: {
        AWS_STATE_BUCKET: 'state',
        AZURE_STATE_ACCOUNT: 'state',
        ENVIRONMENT: environment,
        CLOUD: cloud,
        GITHUB_SHA: 'commit',
        ATTEMPTS: '2',
        STAND_IN: join(this.#folder, 'state'),
        STAND_IN_BREAKS: broken,
        PATH: [join(this.#folder, 'programs'), dirname(process.execPath), process.env.PATH].join(delimiter),
      },
      timeoutSeconds: 240,
    });
    return { finished: await started.finished, calls: this.#calls().slice(before) };
  }

  /** What kubectl was given on its standard input to make. */
  get created(): string {
    return readFileSync(join(this.#folder, 'state', 'created'), 'utf8');
  }

  #calls(): readonly string[] {
    const file = join(this.#folder, 'state', 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }
}
