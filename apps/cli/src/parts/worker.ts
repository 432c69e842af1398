import { registerDataJobs } from '@daytrade/data-service';
import { registerMlJobs } from '@daytrade/ml-service';
import { addRunEndMetrics } from '@daytrade/scheduler-service';
import { createService, edgeOf } from '@daytrade/service';
import { type CreatePart, databaseCheck, type Shared } from '@daytrade/service/host';
import { openComputations } from './ml.ts';

/** Works on the runs of all services; over HTTP it serves its health and its metrics, and nothing else. */
export const createWorker: CreatePart<Shared> = async (context) => {
  const { settings, version, logger, stores, queue } = context;
  const computations = openComputations(context);
  const service = await createService({
    name: 'worker',
    description: 'Works on the runs that the services queue',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseCheck(stores), { name: 'queue', check: () => queue.reachable() }],
  });
  addRunEndMetrics(service, queue);
  registerDataJobs(context);
  registerMlJobs(service, { ...context, computations });
  return service;
};
