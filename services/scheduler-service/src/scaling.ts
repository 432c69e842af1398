import { workerScaling } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Clock, TimerHandle } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from './app.ts';
import { askKubernetes } from './kubernetes-api.ts';

/** Scales the workers with the queue while the service listens, until it drains. */
export function scaleWorkers(service: Service, { settings, stores, queue, clock }: SchedulerServiceDependencies): void {
  const scaling = workerScaling(settings.DAYTRADE_WORKER_SCALING ?? '');
  if (scaling === undefined) return;
  const { deployment, min, max, runs } = scaling;
  const scaler = new WorkerScaler({
    scale: kubernetesScale(deployment),
    unfinished: async () => (await stores.runs.unfinished()).length,
    reachable: () => queue.reachable(),
    clock,
    min,
    max,
    runsPerReplica: runs,
    onScaled: (change) => service.log.info(change, `workers: ${change.from} to ${change.to}`),
    onError: (error) => service.log.warn({ err: error }, 'the workers could not be scaled'),
  });
  service.addHook('onListen', async () => scaler.start());
  service.addHook('preClose', async () => scaler.stop());
}

export interface WorkerScalerOptions {
  readonly scale: DeploymentScale;
  /** Returns the number of unfinished runs. */
  readonly unfinished: () => Promise<number>;
  /** Rejects while no worker could receive a run. */
  readonly reachable: () => Promise<void>;
  readonly clock: Clock;
  readonly min: number;
  readonly max: number;
  /** Unfinished runs per worker. */
  readonly runsPerReplica: number;
  /** Called with each requested change. */
  readonly onScaled: (change: { readonly from: number; readonly to: number; readonly unfinished: number }) => void;
  /** Called with errors of the queue or the API server; the next look tries again. */
  readonly onError: (error: unknown) => void;
}

const lookEveryMs = 5_000;
/** Delay before scaling down, since a removed worker gives its run back. */
const calmMs = 60_000;

/**
 * Scales workers with the queue: up at once, down to the maximum need of the last minute. Several schedulers request
 * the same number.
 *
 * @example
 * const scale = kubernetesScale('worker');
 * const scaler = new WorkerScaler({ scale, unfinished, clock, min: 1, max: 8, … });
 * scaler.start();
 */
export class WorkerScaler {
  readonly #options: WorkerScalerOptions;
  #needs: { readonly at: number; readonly replicas: number }[] = [];
  #timer: TimerHandle | undefined;
  #running = false;

  constructor(options: WorkerScalerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    void this.#look();
  }

  stop(): void {
    this.#running = false;
    this.#options.clock.clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      await this.#adjust();
    } catch (error) {
      this.#options.onError(error);
    }
    if (this.#running) this.#timer = this.#options.clock.setTimeout(() => void this.#look(), lookEveryMs);
  }

  async #adjust(): Promise<void> {
    const { scale, clock, onScaled, reachable } = this.#options;
    const unfinished = await this.#options.unfinished();
    // Without Redis workers are useless, and on a full cluster Redis may need their room.
    const need = await reachable().then(
      () => this.#replicasFor(unfinished),
      () => this.#replicasFor(0),
    );
    const desired = await scale.read();
    const now = clock.now();
    // The first look has no history, so the current number counts as needed.
    if (this.#needs.length === 0) this.#needs.push({ at: now, replicas: desired });
    this.#needs = [...this.#needs.filter(({ at }) => now - at < calmMs), { at: now, replicas: need }];
    const lately = Math.max(...this.#needs.map(({ replicas }) => replicas));
    const to = need > desired ? need : Math.min(desired, lately);
    if (to === desired) return;
    await scale.write(to);
    onScaled({ from: desired, to, unfinished });
  }

  #replicasFor(unfinished: number): number {
    const { min, max, runsPerReplica } = this.#options;
    return Math.min(max, Math.max(min, Math.ceil(unfinished / runsPerReplica)));
  }
}

/** The number of replicas of a Deployment. */
export interface DeploymentScale {
  /** Returns the requested number. @throws DayTradeError `service.unavailable` */
  read(): Promise<number>;
  /** @throws DayTradeError `service.unavailable` */
  write(replicas: number): Promise<void>;
}

/**
 * Returns the scale subresource of a Deployment in this pod's namespace. The ServiceAccount needs `get` and `patch` on
 * `deployments/scale`.
 */
function kubernetesScale(deployment: string): DeploymentScale {
  const ask = async (patch?: object) => {
    try {
      const scale = await askKubernetes('apps/v1', `deployments/${deployment}/scale`, patch);
      if (scale === undefined) throw new Error('the API server answered 404');
      return scale as { readonly spec?: { readonly replicas?: number } };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DayTradeError('service.unavailable', `the scale of ${deployment} cannot be asked: ${reason}`, {
        details: { deployment },
        cause: error,
      });
    }
  };
  return {
    read: async () => (await ask()).spec?.replicas ?? 0,
    write: async (replicas) => void (await ask({ spec: { replicas } })),
  };
}
