import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Finished, RunningProcess, repositoryRoot, temporaryFolder } from '../../support/running-process.ts';
import { copyClone } from './clone.ts';
import { writeImageLayout } from './image-layout.ts';
import { standInsForActions } from './stand-ins-for-actions.ts';

/** What the workflow is started with. */
export interface Inputs {
  readonly environment: string;
  readonly cloud: string;
}

/** A run of `deploy-cloud.yml` by act, on this machine. */
export interface Deployed {
  readonly finished: Finished;
  /** Each call of a stand-in: its name and arguments. */
  readonly calls: readonly string[];
}

/** What a clone needs for a deployment. */
const deployed = ['.github', 'scripts', 'infrastructure', 'package.json'];

/**
 * A clone with the workflow, and what stands in for clouds and cluster. Several deployments of it follow one another,
 * as those of an environment do.
 */
export class Deployments {
  readonly #clone: string;
  readonly #folder = temporaryFolder('act');
  readonly #environment: Readonly<Record<string, string>>;
  readonly #variables: Readonly<Record<string, string>>;

  /**
   * @param standIns programs in whose place stand-ins are run; others are found on the PATH
   * @param outputs what the stand-in for Terraform says that an environment has
   * @param environment further variables of each step
   * @param variables those of GitHub
   */
  constructor(
    standIns: readonly string[],
    outputs: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>>,
    variables: Readonly<Record<string, string>>,
  ) {
    this.#variables = variables;
    this.#clone = join(this.#folder, 'clone');
    const state = join(this.#folder, 'state');
    const programs = join(this.#folder, 'programs');
    for (const folder of [this.#clone, state, programs, join(this.#folder, 'artifacts')]) mkdirSync(folder);
    copyClone(this.#clone, deployed);
    for (const name of standIns) {
      cpSync(join(import.meta.dirname, 'stand-in.mjs'), join(programs, name));
      chmodSync(join(programs, name), 0o755);
    }
    writeFileSync(join(programs, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(repositoryRoot, 'node_modules'), join(this.#clone, 'node_modules'));
    // Go installs it there.
    mkdirSync(join(state, 'bin'));
    symlinkSync(join(programs, 'conftest'), join(state, 'bin', 'conftest'));
    const values = Object.entries(outputs).map(([name, value]) => [name, { value }]);
    writeFileSync(join(state, 'outputs.json'), JSON.stringify(Object.fromEntries(values)));
    writeImageLayout(join(state, 'layout'));
    this.#environment = {
      STAND_IN: state,
      ARTIFACTS: join(this.#folder, 'artifacts'),
      ...environment,
      PATH: [programs, dirname(process.execPath), environment.PATH ?? process.env.PATH].join(delimiter),
    };
  }

  /** Runs the workflow. @param broken part of a command of a stand-in that fails */
  async run({ environment, cloud }: Inputs, broken = ''): Promise<Deployed> {
    const before = this.#calls().length;
    const options = (option: string, values: Readonly<Record<string, string>>) =>
      Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
    const args = [
      'workflow_dispatch',
      '--workflows=.github/workflows/deploy-cloud.yml',
      '--platform=ubuntu-24.04=-self-hosted',
      '--secret=GITHUB_TOKEN=token',
      '--secret=PLAN_PASSPHRASE=passphrase',
      '--no-cache-server',
      '--action-offline-mode',
      ...options('--input', { environment, cloud }),
      ...options('--var', this.#variables),
      ...options('--env', { ...this.#environment, STAND_IN_BREAKS: broken }),
      ...standInsForActions(),
    ];
    const environmentOfAct = { PATH: this.#environment.PATH ?? '', HOME: this.#folder };
    const started = new RunningProcess('act', args, {
      folder: this.#clone,
      environment: environmentOfAct,
      timeoutSeconds: 1500,
    });
    const finished = await started.finished;
    return { finished, calls: this.#calls().slice(before) };
  }

  /**
   * Runs a function of scripts/deployment.sh for staging on a cloud.
   * @param broken part of a command of a stand-in that fails
   */
  async step(command: string, { cloud = 'aws', environment = 'staging', broken = '' } = {}): Promise<Deployed> {
    const before = this.#calls().length;
    const started = new RunningProcess('bash', ['-c', `. scripts/deployment.sh\n${command}`], {
      folder: this.#clone,
      environment: {
        ...this.#environment,
        ...this.#variables,
        ENVIRONMENT: environment,
        CLOUD: cloud,
        STAND_IN_BREAKS: broken,
      },
      timeoutSeconds: 240,
    });
    return { finished: await started.finished, calls: this.#calls().slice(before) };
  }

  /** What kubectl was given on its standard input to make. */
  get created(): string {
    return readFileSync(join(this.#folder, 'state', 'created'), 'utf8');
  }

  /** Revisions of the release, as the stand-in for helm has them. */
  get history(): readonly { readonly revision: number; readonly status: string }[] {
    const file = join(this.#folder, 'state', 'history.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  }

  #calls(): readonly string[] {
    const file = join(this.#folder, 'state', 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }
}
