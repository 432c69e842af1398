import type { Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../dependencies.ts';
import { KubernetesScale } from './deployment-scale.ts';
import { WorkerScaler } from './worker-scaler.ts';

/** Scales the workers with the queue from the moment the service listens until it drains. */
export function scaleWorkers(service: Service, { settings, stores, queue, clock }: SchedulerServiceDependencies): void {
  const scaler = new WorkerScaler({
    scale: new KubernetesScale({ deployment: settings.DAYTRADE_WORKER_DEPLOYMENT }),
    unfinished: async () => (await stores.runs.unfinished()).length,
    reachable: () => queue.reachable(),
    clock,
    min: settings.DAYTRADE_WORKER_MIN,
    max: settings.DAYTRADE_WORKER_MAX,
    runsPerReplica: settings.DAYTRADE_WORKER_RUNS_PER_REPLICA,
    onScaled: (change) => service.log.info(change, `workers: ${change.from} to ${change.to}`),
    onError: (error) => service.log.warn({ err: error }, 'the workers could not be scaled'),
  });
  service.addHook('onListen', async () => scaler.start());
  service.addHook('preClose', async () => scaler.stop());
}
