import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { namespaces, type Target } from '../../packages/deployment/src/targets.ts';
import { temporaryFolder } from '../../tests/support/running-process.ts';
import { commitAll, copyClone } from '../../tests/workflows/act/clone.ts';
import { standInsForActions } from '../../tests/workflows/act/stand-ins-for-actions.ts';
import { repository } from '../harness/paths.ts';
import type { SimulatedCloud } from './cloud.ts';
import type { ClusterTurn } from './cluster-turn.ts';
import { type ActRun, runAct } from './run-act.ts';

/** What all deployments share. */
export interface Surroundings {
  readonly cloud: SimulatedCloud;
  /** The HTTPS proxy of its programs. */
  readonly wayOut: string;
  /** File of the authorities that its programs trust. */
  readonly authorities: string;
  readonly github: string;
  /** Configuration of Terraform's providers. */
  readonly providers: string;
  /** Settings of buildah and skopeo, as variables. */
  readonly containers: Readonly<Record<string, string>>;
  /** Path of the cluster's configuration. */
  readonly kubeconfig: string;
  /** Path of the real helm. */
  readonly helm: string;
  readonly turn: ClusterTurn;
  /** Folder of kubelogin, which Azure needs. */
  readonly kubelogin: string;
  /** Folder for what each run logs. */
  readonly logs: string;
}

const rehearsal = join(repository, 'infrastructure', 'rehearsal');
const actions = join(import.meta.dirname, 'actions');

/** A clone whose workflow deploys one environment into one cloud, several times. */
export class DeployedEnvironment {
  readonly target: Target;
  readonly clone: string;
  readonly #folder = temporaryFolder('workflows');
  readonly #surroundings: Surroundings;
  #head: string;

  constructor(target: Target, surroundings: Surroundings) {
    this.target = target;
    this.#surroundings = surroundings;
    this.clone = join(this.#folder, 'clone');
    for (const folder of ['clone', 'home/.kube', 'run', 'artifacts'])
      mkdirSync(join(this.#folder, folder), { recursive: true });
    this.#head = copyClone(this.clone);
    const { cloud } = surroundings;
    const own = cloud.ownValues(target.environment);
    if (own === '') return;
    const file = join(this.clone, 'infrastructure', 'terraform', cloud.name, `${target.environment}.tfvars`);
    appendFileSync(file, own);
    this.#head = commitAll(this.clone, 'values of its own');
  }

  /** The newest commit of the clone. */
  get head(): string {
    return this.#head;
  }

  /** Whose the cluster is. */
  get turn(): ClusterTurn {
    return this.#surroundings.turn;
  }

  get namespace(): string {
    return namespaces[this.target.environment];
  }

  /** Its environment and cloud, in words. */
  get name(): string {
    return `${this.target.environment} on ${this.target.cloud}`;
  }

  /**
   * Runs the workflow on the newest commit of the clone.
   * @param log name of a file that its log is written to
   * @param upgrading further options of `helm upgrade`
   */
  run(log: string, upgrading: readonly string[]): Promise<ActRun> {
    const { cloud, github } = this.#surroundings;
    const { environment, cloud: name } = this.target;
    const variables = this.#variables(upgrading);
    const options = (option: string, values: Readonly<Record<string, string>>) =>
      Object.entries(values).flatMap(([key, value]) => [option, `${key}=${value}`]);
    const own = { ...cloud.signIn, 'anchore/scan-action': 'turn' };
    const standIns = Object.fromEntries(Object.entries(own).map(([action, folder]) => [action, join(actions, folder)]));
    const args = [
      'workflow_dispatch',
      '--workflows=.github/workflows/deploy-cloud.yml',
      '--platform=ubuntu-24.04=-self-hosted',
      '--secret=GITHUB_TOKEN=token',
      '--no-cache-server',
      '--action-offline-mode',
      ...options('--input', { environment, cloud: name }),
      ...options('--var', cloud.variables(environment)),
      ...options('--env', { ...variables, GITHUB_API_URL: github }),
      ...standInsForActions(standIns),
    ];
    const file = join(this.#surroundings.logs, `${log}.log`);
    return runAct(args, this.clone, file, { HOME: join(this.#folder, 'home'), PATH: variables.PATH ?? '' });
  }

  #variables(upgrading: readonly string[]): Readonly<Record<string, string>> {
    const { cloud, wayOut, authorities, providers, containers, kubeconfig, helm, turn, kubelogin } = this.#surroundings;
    const home = join(this.#folder, 'home');
    const names = ['managed-services', 'small-node', 'stand-in-images'];
    const files = [
      ...names.map((name) => join(rehearsal, `values.${name}.yaml`)),
      ...['values.yaml', `values.${cloud.name}.yaml`].map((file) => join(import.meta.dirname, file)),
    ];
    const behind = [...files.flatMap((file) => ['--values', file]), ...cloud.behind, ...upgrading];
    const trust = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'CURL_CA_BUNDLE'];
    const programs = join(import.meta.dirname, 'programs');
    return {
      ...cloud.environment,
      ...containers,
      ...Object.fromEntries(trust.map((name) => [name, authorities])),
      HTTPS_PROXY: wayOut,
      https_proxy: wayOut,
      NO_PROXY: 'localhost,127.0.0.1,10.0.0.0/8',
      no_proxy: 'localhost,127.0.0.1,10.0.0.0/8',
      HOME: home,
      XDG_RUNTIME_DIR: join(this.#folder, 'run'),
      KUBECONFIG: join(home, '.kube', 'config'),
      CLUSTER: kubeconfig,
      HELM: helm,
      HELM_BEHIND: behind.map((word) => `'${word}'`).join(' '),
      ARTIFACTS: join(this.#folder, 'artifacts'),
      ...turn.environment(this.name),
      TF_CLI_CONFIG_FILE: providers,
      TF_CLI_ARGS_apply: '-parallelism=32',
      CHECKPOINT_DISABLE: '1',
      PATH: [programs, ...cloud.path, kubelogin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    };
  }

  /** Changes a file of the clone, as a commit. */
  commit(path: string, change: (text: string) => string): void {
    const file = join(this.clone, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    this.#head = commitAll(this.clone, `change ${path}`);
  }
}
