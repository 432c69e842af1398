import { type Job, routes } from '@daytrade/contracts';
import type { ExecutionScheduler, JobQueue, ScheduledJob } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service-kit';
import { readableRuns, type WarningLog } from '../readable-run.ts';

export interface JobRouteParts {
  readonly scheduler: ExecutionScheduler;
  readonly queue: JobQueue;
  readonly jobs: readonly ScheduledJob[];
}

/** What there is to run, when it runs, and running it now. */
export function addJobRoutes(service: Service, parts: JobRouteParts): void {
  const { scheduler } = parts;
  addRoute(service, routes.jobs, async ({ log }) => {
    const missing = missingQueueJobs(parts);
    const jobs = (await scheduler.jobs()).map((job) => withReason(readable(job, log), missing.get(job.name)));
    return { jobs, automaticTrading: scheduler.automaticTrading };
  });

  addRoute(service, routes.runJob, async (request) => {
    const run = await scheduler.runNow(request.params.name, request.body.payload, request.id);
    return { run };
  });
}

/** The scheduled jobs whose queue job no service of this process has registered: job name → queue job. */
function missingQueueJobs({ queue, jobs }: JobRouteParts): ReadonlyMap<string, string> {
  const registered = new Set(queue.definitions().map(({ name }) => name));
  return new Map(jobs.filter((job) => !registered.has(job.queueJob)).map((job) => [job.name, job.queueJob]));
}

function readable(job: Job, log: WarningLog): Job {
  return { ...job, lastRun: job.lastRun === null ? null : (readableRuns([job.lastRun], log)[0] ?? null) };
}

function withReason(job: Job, missing: string | undefined): Job {
  if (missing === undefined) return job;
  const description = `${job.description} (disabled: no service of this process runs the job "${missing}")`;
  return { ...job, description, enabled: false, nextRunAt: null };
}
