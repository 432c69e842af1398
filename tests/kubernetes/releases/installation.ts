import { type Run, type RunStatus, routes } from '@daytrade/contracts';
import { httpTransport, ServiceClient } from '@daytrade/service/client';
import { waitFor } from '../../support/steps.ts';
import { kubectl } from '../cluster/kubectl.ts';

const ports = { 'ml-service': 8000, 'data-service': 8001, 'scheduler-service': 8002, dashboard: 8080 } as const;

/** A service that others ask. */
export type ServiceName = keyof typeof ports;

const unfinished: readonly RunStatus[] = ['queued', 'running'];

/** An installed release as its users see it: the services behind their cluster addresses, and the token. */
export class Installation {
  readonly token: string;
  readonly #clients = new Map<ServiceName, ServiceClient>();
  readonly #urls = new Map<ServiceName, string>();

  private constructor(token: string) {
    this.token = token;
  }

  static async open(namespace: string): Promise<Installation> {
    const installation = new Installation(await tokenOf(namespace));
    for (const [name, port] of Object.entries(ports) as [ServiceName, number][]) {
      const address = await clusterAddress(namespace, name);
      const baseUrl = `http://${address}:${port}`;
      const transport = httpTransport({ baseUrl, fetch, token: installation.token, startWith: 'helm' });
      installation.#urls.set(name, baseUrl);
      installation.#clients.set(name, new ServiceClient(transport));
    }
    return installation;
  }

  client(name: ServiceName): ServiceClient {
    return this.#clients.get(name) as ServiceClient;
  }

  addressOf(name: ServiceName): string {
    return this.#urls.get(name) as string;
  }

  /** Asks for a run, which is promised once it was answered with 202. */
  async start(name: 'startFetch' | 'startTraining', body: object): Promise<Run> {
    const route = routes[name];
    return (await this.client(`${route.service}-service`).call(route, { body: body as never })).run;
  }

  /** Waits until a run has ended, however it did. */
  async ended(id: string, timeoutSeconds = 180): Promise<Run> {
    return await waitFor(`run ${id} to end`, timeoutSeconds, async () => {
      const { run } = await this.client('scheduler-service').call(routes.run, { params: { id } });
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

/** The token of the Secret that the chart makes. */
async function tokenOf(namespace: string): Promise<string> {
  const path = '--output=jsonpath={.data.token}';
  const text = await kubectl(['get', 'secret', 'day-trade-secrets', '--namespace', namespace, path]);
  return Buffer.from(text, 'base64').toString('utf8');
}

async function clusterAddress(namespace: string, service: string): Promise<string> {
  return await kubectl(['get', 'service', service, '--namespace', namespace, '--output=jsonpath={.spec.clusterIP}']);
}
