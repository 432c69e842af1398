import { readFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';

/** The number of replicas of one Deployment. */
export interface DeploymentScale {
  /** What it is asked to have, and what it has. @throws DayTradeError `service.unavailable` */
  read(): Promise<{ readonly desired: number; readonly current: number }>;
  /** @throws DayTradeError `service.unavailable` */
  write(replicas: number): Promise<void>;
}

export interface KubernetesScaleOptions {
  readonly deployment: string;
  /** Folder with `token`, `ca.crt` and `namespace`, as the kubelet mounts it for a ServiceAccount. */
  readonly account?: string;
  /** Address of the API server; default: its name within the cluster. */
  readonly server?: string;
}

const timeoutMs = 5_000;

/**
 * The scale subresource of a Deployment in the namespace of this pod. The ServiceAccount needs `get` and `patch` on
 * `deployments/scale` of that name and nothing else. The token is read for each request, since the kubelet renews it.
 */
export class KubernetesScale implements DeploymentScale {
  readonly #deployment: string;
  readonly #account: string;
  readonly #server: string;

  constructor(options: KubernetesScaleOptions) {
    this.#deployment = options.deployment;
    this.#account = options.account ?? '/var/run/secrets/kubernetes.io/serviceaccount';
    this.#server = options.server ?? 'https://kubernetes.default.svc';
  }

  async read(): Promise<{ readonly desired: number; readonly current: number }> {
    const scale = (await this.#ask('GET')) as {
      spec?: { replicas?: number };
      status?: { replicas?: number };
    };
    return { desired: scale.spec?.replicas ?? 0, current: scale.status?.replicas ?? 0 };
  }

  async write(replicas: number): Promise<void> {
    await this.#ask('PATCH', { spec: { replicas } });
  }

  async #ask(method: 'GET' | 'PATCH', body?: object): Promise<unknown> {
    try {
      const [token, ca, namespace] = await Promise.all(
        ['token', 'ca.crt', 'namespace'].map((name) => readFile(join(this.#account, name), 'utf8')),
      );
      const path = `/apis/apps/v1/namespaces/${namespace?.trim()}/deployments/${this.#deployment}/scale`;
      const headers = {
        authorization: `Bearer ${token?.trim()}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/merge-patch+json' }),
      };
      return JSON.parse(await send(new URL(path, this.#server), { method, ca, headers, timeout: timeoutMs }, body));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DayTradeError('service.unavailable', `the scale of ${this.#deployment} cannot be asked: ${reason}`, {
        details: { deployment: this.#deployment },
        cause: error,
      });
    }
  }
}

/** One request; rejects unless the answer is a success. */
function send(url: URL, options: RequestOptions, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(Buffer.concat(parts).toString('utf8'));
        else reject(new Error(`the API server answered ${status}`));
      });
    });
    asking.on('timeout', () => asking.destroy(new Error(`no answer in ${timeoutMs / 1_000} s`)));
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
