import { DayTradeError } from '@daytrade/errors';
import { KubernetesApi, type KubernetesApiOptions } from '../kubernetes-api.ts';

/** The number of replicas of one Deployment. */
export interface DeploymentScale {
  /** What it is asked to have, and what it has. @throws DayTradeError `service.unavailable` */
  read(): Promise<{ readonly desired: number; readonly current: number }>;
  /** @throws DayTradeError `service.unavailable` */
  write(replicas: number): Promise<void>;
}

export interface KubernetesScaleOptions extends KubernetesApiOptions {
  readonly deployment: string;
}

/** The Kubernetes API's own form of it. */
interface Scale {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

/**
 * The scale subresource of a Deployment in the namespace of this pod. The ServiceAccount needs `get` and `patch` on
 * `deployments/scale` of that name.
 */
export class KubernetesScale implements DeploymentScale {
  readonly #deployment: string;
  readonly #api: KubernetesApi;

  constructor(options: KubernetesScaleOptions) {
    this.#deployment = options.deployment;
    this.#api = new KubernetesApi(options);
  }

  async read(): Promise<{ readonly desired: number; readonly current: number }> {
    const scale = await this.#ask();
    return { desired: scale.spec?.replicas ?? 0, current: scale.status?.replicas ?? 0 };
  }

  async write(replicas: number): Promise<void> {
    await this.#ask({ spec: { replicas } });
  }

  async #ask(patch?: object): Promise<Scale> {
    try {
      const scale = await this.#api.ask('apps/v1', `deployments/${this.#deployment}/scale`, patch);
      if (scale === undefined) throw new Error('the API server answered 404');
      return scale as Scale;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DayTradeError('service.unavailable', `the scale of ${this.#deployment} cannot be asked: ${reason}`, {
        details: { deployment: this.#deployment },
        cause: error,
      });
    }
  }
}
