import type { Holder, Processes, Programs } from '@daytrade/deployment';
import type { Daytrade } from './daytrade.ts';
import { type Kubectl, kubectlOf, objectsOf } from './kubectl.ts';

/** The images that are rolled out: the first, the one of the upgrade, and one that never gets ready. */
export interface RehearsedImages {
  readonly first: string;
  readonly next: string;
  readonly broken: string;
}

export interface ReleaseOptions {
  /** The folder of the clone. */
  readonly root: string;
  readonly programs: Programs;
  /** Of kubeconfig. */
  readonly context: string;
  readonly namespace: string;
  /** Who rehearses in the namespace. */
  readonly holder: Pick<Holder, 'host' | 'pid' | 'since'>;
  readonly processes: Pick<Processes, 'host' | 'isAlive'>;
  readonly daytrade: Daytrade;
  readonly images: RehearsedImages;
  /** Files of values over those of the environment. */
  readonly values: readonly string[];
  readonly requestsPerSecond: number;
  /** How long a load goes on before a change and after it. */
  readonly quietSeconds: number;
  /** How long pods of the version that never gets ready are waited for. */
  readonly brokenSeconds: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Says of a namespace that a rehearsal made it: no other one is ever touched. */
const label = { key: 'day-trade/made-by', value: 'rehearsal' } as const;
/** Says of it who rehearses there. */
const annotation = 'day-trade/rehearsed-by';

interface Namespace {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The release of a rehearsal, in a namespace of its own. */
export class RehearsedRelease {
  readonly options: ReleaseOptions;
  readonly namespace: string;
  readonly kubectl: Kubectl;

  constructor(options: ReleaseOptions) {
    this.options = options;
    this.namespace = options.namespace;
    this.kubectl = kubectlOf(options.programs, options.context);
  }

  /** The time and the way to stop of waits. */
  get waiting(): Pick<ReleaseOptions, 'now' | 'signal'> {
    return this.options;
  }

  /** Rolls an image out as `daytrade deploy kubernetes` does. */
  rollOut(image: string, seconds: number) {
    const values = this.options.values.length === 0 ? [] : ['--values', ...this.options.values];
    const done = ['--in-session', '--yes', '--why', 'rehearsal', '--wait-seconds', String(seconds)];
    return this.options.daytrade.attempt('deploy', 'kubernetes', '--image', image, ...values, ...done);
  }

  /** Makes the namespace anew. @throws Error where there is one that no rehearsal made, or another one uses */
  async makeNamespace(): Promise<void> {
    await this.removeNamespace(this.kubectl);
    const { host, pid, since } = this.options.holder;
    const annotations = { [annotation]: JSON.stringify({ host, pid, since }) };
    const metadata = { name: this.namespace, labels: { [label.key]: label.value }, annotations };
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata });
    await this.kubectl(['create', '--filename', '-'], { input });
  }

  /**
   * Removes the namespace with all that is in it, where there is one.
   * @throws Error where no rehearsal made it, and where another one is under way in it
   */
  async removeNamespace(kubectl: Kubectl): Promise<void> {
    const question = ['get', 'namespace', this.namespace, '--ignore-not-found', '--output=json'];
    const text = await kubectl(question);
    if (text.trim() === '') return;
    const { metadata } = JSON.parse(text) as Namespace;
    if (metadata.labels?.[label.key] !== label.value) {
      throw new Error(`the namespace ${this.namespace} was not made by a rehearsal, so it is left alone`);
    }
    this.#demandFree(metadata.annotations?.[annotation]);
    await kubectl(['delete', 'namespace', this.namespace, '--wait', '--timeout=300s']);
  }

  /** @param by who rehearses in the namespace, where somebody wrote it down */
  #demandFree(by: string | undefined): void {
    if (by === undefined) return;
    const { holder, processes } = this.options;
    const { host, pid, since } = JSON.parse(by) as ReleaseOptions['holder'];
    const isOwn = host === holder.host && pid === holder.pid && since === holder.since;
    if (isOwn || (host === processes.host && !processes.isAlive(pid, since))) return;
    const who = `process ${pid} on ${host} rehearses in the namespace ${this.namespace} since ${since}`;
    throw new Error(`${who}: wait for it, or take another one by --namespace; where it is gone, delete that`);
  }

  /** A value of the release's Secret. */
  async secret(key: string): Promise<string> {
    const path = `--output=jsonpath={.data.${key}}`;
    const text = await this.kubectl(['get', 'secret', 'day-trade-secrets', '--namespace', this.namespace, path]);
    return Buffer.from(text, 'base64').toString('utf8');
  }

  /** Waits until every workload is rolled out with all its replicas. */
  async untilRolledOut(seconds: number): Promise<void> {
    const { items } = await objectsOf<{
      items: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[];
    }>(this.kubectl, this.namespace, 'deployments,statefulsets');
    for (const { kind, metadata } of items) {
      const what = `${kind.toLowerCase()}/${metadata.name}`;
      await this.kubectl(['rollout', 'status', what, '--namespace', this.namespace, `--timeout=${seconds}s`]);
    }
  }
}
