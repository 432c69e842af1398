import { workerScaling } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from './app.ts';
import { askKubernetes } from './kubernetes-api.ts';
import { repeatWhileListening } from './while-listening.ts';

const lookEveryMs = 5_000;
/** Delay before scaling down, since a removed worker gives its run back. */
const calmMs = 60_000;

/** Scales the workers with the queue while the service listens, until it drains. */
export function scaleWorkers(service: Service, { settings, stores, queue, clock }: SchedulerServiceDependencies): void {
  const scaling = workerScaling(settings.DAYTRADE_WORKER_SCALING ?? '');
  if (scaling === undefined) return;
  const { deployment, min, max, runs } = scaling;
  const adjust = workerScaler({
    scale: kubernetesScale(deployment),
    unfinished: async () => (await stores.runs.unfinished()).length,
    reachable: () => queue.reachable(),
    now: () => clock.now(),
    min,
    max,
    runsPerReplica: runs,
    onScaled: (change) => service.log.info(change, `workers: ${change.from} to ${change.to}`),
  });
  repeatWhileListening(service, clock, lookEveryMs, adjust, 'the workers could not be scaled');
}

export interface WorkerScalerOptions {
  readonly scale: DeploymentScale;
  readonly unfinished: () => Promise<number>;
  /** Rejects while no worker could receive a run. */
  readonly reachable: () => Promise<void>;
  readonly now: () => number;
  readonly min: number;
  readonly max: number;
  readonly runsPerReplica: number;
  readonly onScaled: (change: { readonly from: number; readonly to: number; readonly unfinished: number }) => void;
}

/**
 * Returns what scales workers with the queue at each call: up at once, down to the maximum need of the last minute.
 * Several schedulers request the same number.
 */
export function workerScaler(options: WorkerScalerOptions): () => Promise<void> {
  const { scale, unfinished, reachable, min, max, runsPerReplica, onScaled } = options;
  const replicasFor = (runs: number) => Math.min(max, Math.max(min, Math.ceil(runs / runsPerReplica)));
  let needs: readonly { readonly at: number; readonly replicas: number }[] = [];
  return async () => {
    const runs = await unfinished();
    // Without Redis workers are useless, and on a full cluster Redis may need their room.
    const need = await reachable().then(
      () => replicasFor(runs),
      () => replicasFor(0),
    );
    const desired = await scale.read();
    const now = options.now();
    // The first look has no history, so the current number counts as needed.
    if (needs.length === 0) needs = [{ at: now, replicas: desired }];
    needs = [...needs.filter(({ at }) => now - at < calmMs), { at: now, replicas: need }];
    const lately = Math.max(...needs.map(({ replicas }) => replicas));
    const to = need > desired ? need : Math.min(desired, lately);
    if (to === desired) return;
    await scale.write(to);
    onScaled({ from: desired, to, unfinished: runs });
  };
}

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
        cause: error,
      });
    }
  };
  return {
    read: async () => (await ask()).spec?.replicas ?? 0,
    write: async (replicas) => void (await ask({ spec: { replicas } })),
  };
}
