import type { Cluster } from '../cluster.ts';
import { DeploymentError } from '../deployment-error.ts';
import { PodForwards } from './pod-forwards.ts';

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: { readonly containers: readonly { readonly env?: readonly EnvironmentVariable[] }[] };
  readonly status: { readonly phase: string };
}

interface EnvironmentVariable {
  readonly name: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

const selector = 'app.kubernetes.io/name=day-trade,app.kubernetes.io/component in (ml-service,ml-service-canary)';
const port = 8000;

/**
 * The pods of ml-service of both versions, reached through the Kubernetes API: from wherever somebody deploys, whatever
 * the network policies say.
 */
export class MlPods {
  readonly #cluster: Cluster;
  readonly #forwards: PodForwards;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#forwards = new PodForwards(cluster, port);
  }

  /** Addresses of the processes of a version now; what cannot be reached is left out. */
  async addresses(version: 'stable' | 'canary'): Promise<readonly string[]> {
    const pods = (await this.#pods()).filter(({ metadata }) => isCanary(metadata.labels) === (version === 'canary'));
    const reached = await Promise.allSettled(pods.map(({ metadata }) => this.#forwards.addressOf(metadata.name)));
    return reached.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  /** The token that the pods ask their callers for. */
  async token(): Promise<string> {
    const [pod] = await this.#pods();
    const variables = pod?.spec.containers.flatMap(({ env = [] }) => env) ?? [];
    const from = variables.find(({ name }) => name === 'DAYTRADE_TOKEN')?.valueFrom?.secretKeyRef;
    if (from === undefined)
      throw new DeploymentError('not-ready', 'no pod of ml-service names the Secret of its token');
    const { data } = await this.#cluster.objects<{ readonly data: Readonly<Record<string, string>> }>(
      'secret',
      from.name,
    );
    return Buffer.from(data[from.key] ?? '', 'base64').toString('utf8');
  }

  close(): void {
    this.#forwards.close();
  }

  async #pods(): Promise<readonly Pod[]> {
    const { items } = await this.#cluster.objects<{ readonly items: readonly Pod[] }>('pods', '--selector', selector);
    return items.filter(
      ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase === 'Running',
    );
  }
}

const isCanary = (labels: Readonly<Record<string, string>>) => labels['day-trade/track'] === 'canary';
