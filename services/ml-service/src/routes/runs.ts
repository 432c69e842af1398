import { type JobName, routes } from '@daytrade/contracts';
import { type JobQueue, requestKey } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';

/** Long work: 202 with the run, whose progress the scheduler service reports. */
export function addRunRoutes(service: Service, { queue }: MlServiceDependencies): void {
  addRunRoute(service, queue, 'training', routes.startTraining);
  addRunRoute(service, queue, 'evaluation', routes.startEvaluation);
  addRunRoute(service, queue, 'audit', routes.startAudit);
  addRunRoute(service, queue, 'backtest', routes.startBacktest);
}

type RunRoute =
  | typeof routes.startTraining
  | typeof routes.startEvaluation
  | typeof routes.startAudit
  | typeof routes.startBacktest;

function addRunRoute(service: Service, queue: JobQueue, job: JobName, route: RunRoute): void {
  addRoute(service, route, async ({ body: payload, id: requestId }) => {
    // The same request while one is under way is the same work: the caller gets that run.
    const run = await queue.enqueue({ job, key: requestKey(job, payload), payload, trigger: 'request', requestId });
    return { run };
  });
}
