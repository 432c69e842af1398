import { type Prediction, type Run, routes } from '@daytrade/contracts';
import { httpTransport, ServiceClient } from '@daytrade/service-kit/client';
import { openPort } from './open-port.ts';
import type { RehearsedRelease } from './rehearsed-release.ts';
import { waitUntil } from './wait-until.ts';

/** The services of a release as their users see them. */
export class Platform {
  readonly token: string;
  /** The beginning of the URLs of the ML service. */
  readonly mlUrl: string;
  readonly #release: RehearsedRelease;
  readonly #clients: Readonly<Record<'ml' | 'data' | 'scheduler', ServiceClient>>;

  private constructor(
    release: RehearsedRelease,
    token: string,
    urls: Readonly<Record<'ml' | 'data' | 'scheduler', string>>,
  ) {
    this.token = token;
    this.mlUrl = urls.ml;
    this.#release = release;
    const client = (baseUrl: string) => new ServiceClient(httpTransport({ baseUrl, fetch, token, startWith: 'helm' }));
    this.#clients = { ml: client(urls.ml), data: client(urls.data), scheduler: client(urls.scheduler) };
  }

  /** Opens ports to the services and waits until they answer there. */
  static async open(release: RehearsedRelease): Promise<Platform> {
    const port = async (part: string) => {
      const url = await openPort(release.kubectl, release.namespace, part);
      const answers = async () => ((await fetch(`${url}/healthz`)).ok ? true : undefined);
      await waitUntil(`${url} to answer: the cluster has to be on this machine`, 60, answers, release.waiting);
      return url;
    };
    const ml = await port('ml-service');
    const urls = { ml, data: await port('data-service'), scheduler: await port('scheduler-service') };
    return new Platform(release, await release.secret('token'), urls);
  }

  /** Fetches synthetic bars, trains a model on them, and publishes its predictions: all that there is to lose. */
  async fill(): Promise<readonly Prediction[]> {
    const fetched = { provider: 'synthetic', symbols: 10, from: '2024-01-04' } as const;
    await this.#succeeds((await this.#clients.data.call(routes.startFetch, { body: fetched })).run);
    await this.#succeeds((await this.#clients.ml.call(routes.startTraining, { body: {} })).run);
    return await this.publish();
  }

  /** Publishes the intervals of the next session, in order of their symbols. */
  async publish(): Promise<readonly Prediction[]> {
    const { predictions } = await this.#clients.ml.call(routes.publishPredictions, { body: {} });
    return predictions.toSorted((a, b) => a.symbol.localeCompare(b.symbol));
  }

  async #succeeds({ id }: Run): Promise<void> {
    const ended = async () => {
      const { run } = await this.#clients.scheduler.call(routes.run, { params: { id } });
      return run.status === 'queued' || run.status === 'running' ? undefined : run;
    };
    const { job, status, error } = await waitUntil(`run ${id} to end`, 600, ended, this.#release.waiting);
    if (status !== 'succeeded') throw new Error(`${job} ${status}: ${JSON.stringify(error)}`);
  }
}
