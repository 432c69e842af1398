import { type AnswerOf, type Job, routes } from '@daytrade/contracts';
import type { ExecutionScheduler } from '@daytrade/jobs';
import { addRoute, recordedAs, type Service } from '@daytrade/service';
import { readableRuns, type WarningLog } from './runs.ts';

export function addJobRoutes(service: Service, scheduler: ExecutionScheduler): void {
  addRoute(service, routes.jobs, async ({ log }) => await jobList(scheduler, log));

  for (const change of ['pause', 'resume'] as const) {
    const [ofJob, ofAll] =
      change === 'pause' ? [routes.pauseJob, routes.pauseScheduler] : [routes.resumeJob, routes.resumeScheduler];
    addRoute(service, ofJob, async ({ params, body, log, caller }) => {
      await scheduler[change](params.name, { changedBy: recordedAs(caller, body.by), reason: body.reason });
      return await jobList(scheduler, log);
    });
    addRoute(service, ofAll, async ({ body, log, caller }) => {
      await scheduler[change](undefined, { changedBy: recordedAs(caller, body.by), reason: body.reason });
      return await jobList(scheduler, log);
    });
  }

  addRoute(service, routes.runJob, async (request) => {
    const run = await scheduler.runNow(request.params.name, request.body.payload, request.id);
    return { run };
  });
}

async function jobList(scheduler: ExecutionScheduler, log: WarningLog): Promise<AnswerOf<typeof routes.jobs>> {
  return { jobs: (await scheduler.jobs()).map((job) => readable(job, log)) };
}

function readable(job: Job, log: WarningLog): Job {
  return { ...job, lastRun: job.lastRun === null ? null : (readableRuns([job.lastRun], log)[0] ?? null) };
}
