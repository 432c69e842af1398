import { type Run, type RunStatus, routes } from '@daytrade/contracts';
import { httpTransport, ServiceClient } from '@daytrade/service/client';
import { waitFor } from '../../support/steps.ts';
import { kubectl } from '../cluster/kubectl.ts';

const ports = { 'ml-service': 8000, 'data-service': 8001, 'scheduler-service': 8002, dashboard: 8080 } as const;

/** A service that others ask. */
export type ServiceName = keyof typeof ports;

/** The one that the chart makes where no other is named. */
const ownSecret = 'day-trade-secrets';
const unfinished: readonly RunStatus[] = ['queued', 'running'];

/** An installed release as its users see it: the services behind their cluster addresses, and the token. */
export class Installation {
  readonly namespace: string;
  readonly token: string;
  readonly #clients = new Map<ServiceName, ServiceClient>();
  readonly #urls = new Map<ServiceName, string>();

  private constructor(namespace: string, token: string) {
    this.namespace = namespace;
    this.token = token;
  }

  /** @param secret the Secret with its token */
  static async open(namespace: string, secret = ownSecret): Promise<Installation> {
    const token = await secretOf(namespace, 'token', secret);
    const installation = new Installation(namespace, token);
    for (const [name, port] of Object.entries(ports) as [ServiceName, number][]) {
      const address = await clusterAddress(namespace, name);
      const baseUrl = `http://${address}:${port}`;
      const transport = httpTransport({ baseUrl, fetch, token, startWith: 'helm' });
      installation.#urls.set(name, baseUrl);
      installation.#clients.set(name, new ServiceClient(transport));
    }
    return installation;
  }

  client(name: ServiceName): ServiceClient {
    return this.#clients.get(name) as ServiceClient;
  }

  /** Returns the beginning of a service's URLs. */
  addressOf(name: ServiceName): string {
    return this.#urls.get(name) as string;
  }

  /** Asks for a run, which is promised once it was answered with 202. */
  async start(name: 'startFetch' | 'startTraining', body: object): Promise<Run> {
    const route = routes[name];
    return (await this.client(`${route.service}-service`).call(route, { body: body as never })).run;
  }

  async find(id: string): Promise<Run> {
    return (await this.client('scheduler-service').call(routes.run, { params: { id } })).run;
  }

  /** Waits until a run has ended, however it did. */
  async ended(id: string, timeoutSeconds = 180): Promise<Run> {
    return await waitFor(`run ${id} to end`, timeoutSeconds, async () => {
      const run = await this.find(id);
      return unfinished.includes(run.status) ? null : run;
    });
  }

  /** Runs something to its end. @throws Error unless it succeeded */
  async succeeds(name: 'startFetch' | 'startTraining', body: object): Promise<Run> {
    const run = await this.ended((await this.start(name, body)).id);
    if (run.status !== 'succeeded') throw new Error(`${run.job} ${run.status}: ${JSON.stringify(run.error)}`);
    return run;
  }
}

/** A value of the release's Secret. */
export async function secretOf(namespace: string, key: string, secret = ownSecret): Promise<string> {
  const path = `--output=jsonpath={.data.${key}}`;
  const text = await kubectl(['get', 'secret', secret, '--namespace', namespace, path]);
  return Buffer.from(text, 'base64').toString('utf8');
}

async function clusterAddress(namespace: string, service: string): Promise<string> {
  return await kubectl(['get', 'service', service, '--namespace', namespace, '--output=jsonpath={.spec.clusterIP}']);
}
