import { availableParallelism } from 'node:os';
import { registerDataJobs } from '@daytrade/data-service';
import type { BullMqQueue } from '@daytrade/jobs';
import { Computations, registerMlJobs } from '@daytrade/ml-service';
import { addRunEndMetrics } from '@daytrade/scheduler-service';
import { databaseCheck, hostProcess, openSharedParts, type SharedParts, traceRuns } from '@daytrade/service-host';
import { createService, edgeOf, type Service } from '@daytrade/service-kit';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';
import type { ServeOptions, ServePart } from './serve-options.ts';

/** Works on the runs of all services; over HTTP it tells its health and its metrics, and nothing else. */
export const serveWorker: ServePart = async (options) => {
  const { settings } = options;
  const shared = { ...options, version, clock: systemClock, random: Math.random, works: true };
  let queue: BullMqQueue | undefined;
  await hostProcess(
    {
      ...shared,
      portSetting: 'DAYTRADE_WORKER_PORT',
      open: async (opening) => {
        const parts = await openSharedParts(shared, opening);
        queue = parts.queue;
        const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
        opening.defer(() => computations.close());
        const service = await createWorkerService(options, parts);
        opening.defer(traceRuns(queue));
        registerDataJobs({ ...shared, ...parts });
        registerMlJobs(service, { ...shared, ...parts, computations });
        return service;
      },
      start: async () => queue?.start(),
      stop: async (seconds) => queue?.stop(seconds),
    },
    options.signal,
  );
};

async function createWorkerService(
  { settings, logger }: ServeOptions,
  { stores, queue }: SharedParts,
): Promise<Service> {
  const service = await createService({
    name: 'worker',
    description: 'Works on the runs that the services queue',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseCheck(stores), { name: 'queue', check: () => queue.reachable() }],
  });
  addRunEndMetrics(service, queue);
  return service;
}
