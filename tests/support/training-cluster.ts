import { type Run, routes } from '@daytrade/contracts';
import { expect, vi } from 'vitest';
import { DistributedPlatform, type Part, type PartName, untilReadiness } from './distributed-platform.ts';

/** Services on PostgreSQL and Redis, with workers that compute with one thread each. */
export class TrainingCluster {
  readonly platform: DistributedPlatform;
  readonly workers: Part[] = [];
  readonly #parts = new Map<PartName, Part>();

  private constructor(platform: DistributedPlatform) {
    this.platform = platform;
  }

  /** Starts the services and one worker, and makes synthetic bars. */
  static async start(bars: {
    readonly symbols: number;
    readonly from: string;
    readonly to: string;
    readonly seed: number;
    readonly fiveMinuteSessions: number;
  }): Promise<TrainingCluster> {
    const platform = await DistributedPlatform.start();
    const cluster = new TrainingCluster(platform);
    expect((await platform.run('database', 'migrate')).code).toBe(0);
    for (const name of ['ml-service', 'data-service', 'scheduler-service'] as const) {
      cluster.#parts.set(name, await platform.serve(name));
    }
    await cluster.addWorker();
    const body = { provider: 'synthetic', ...bars } as const;
    const { run } = await cluster.#client('data-service').call(routes.startFetch, { body });
    expect(await cluster.ended(run)).toMatchObject({ status: 'succeeded' });
    return cluster;
  }

  async addWorker(): Promise<Part> {
    const worker = await this.platform.serve('worker', { DAYTRADE_WORKERS: '1' });
    this.workers.push(worker);
    await untilReadiness(worker, true);
    return worker;
  }

  async startTraining(): Promise<Run> {
    const body = { seed: 11, promote: false };
    return (await this.#client('ml-service').call(routes.startTraining, { body })).run;
  }

  /** The run once it has ended. */
  async ended({ id }: Run): Promise<Run> {
    return await vi.waitFor(
      async () => {
        const { run } = await this.#client('scheduler-service').call(routes.run, { params: { id } });
        expect(['queued', 'running']).not.toContain(run.status);
        return run;
      },
      { timeout: 400_000, interval: 100 },
    );
  }

  /** Runs of the parts of a training. */
  async partsOf(training: Run): Promise<readonly Run[]> {
    const query = { job: 'training-part', limit: 100 } as const;
    const { runs } = await this.#client('scheduler-service').call(routes.runs, { query });
    return runs.filter(({ payload }) => payload.of === training.id);
  }

  async close(): Promise<void> {
    await this.platform.close();
  }

  #client(name: PartName): Part['client'] {
    return (this.#parts.get(name) as Part).client;
  }
}
