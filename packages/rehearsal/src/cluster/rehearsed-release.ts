import type { Programs } from '@daytrade/deployment';
import type { Daytrade } from './daytrade.ts';
import { type Kubectl, objectsOf } from './kubectl.ts';

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
  readonly namespace: string;
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

/** The release of a rehearsal, in a namespace of its own. */
export class RehearsedRelease {
  readonly options: ReleaseOptions;
  readonly namespace: string;
  readonly kubectl: Kubectl;

  constructor(options: ReleaseOptions) {
    this.options = options;
    this.namespace = options.namespace;
    this.kubectl = (args, { input } = {}) =>
      options.programs.read('kubectl', args, input === undefined ? {} : { input });
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

  /** Makes the namespace anew. @throws Error where there is one that no rehearsal made */
  async makeNamespace(): Promise<void> {
    await this.removeNamespace(this.kubectl);
    const metadata = { name: this.namespace, labels: { [label.key]: label.value } };
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata });
    await this.kubectl(['create', '--filename', '-'], { input });
  }

  /**
   * Removes the namespace with all that is in it, where there is one.
   * @throws Error where no rehearsal made it
   */
  async removeNamespace(kubectl: Kubectl): Promise<void> {
    const question = ['get', 'namespace', this.namespace, '--ignore-not-found', '--output=json'];
    const text = await kubectl(question);
    if (text.trim() === '') return;
    const { metadata } = JSON.parse(text) as { metadata: { labels?: Readonly<Record<string, string>> } };
    if (metadata.labels?.[label.key] !== label.value) {
      throw new Error(`the namespace ${this.namespace} was not made by a rehearsal, so it is left alone`);
    }
    await kubectl(['delete', 'namespace', this.namespace, '--wait', '--timeout=300s']);
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
