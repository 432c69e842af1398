import { type AnswerOf, type Job, routes } from '@daytrade/contracts';
import type { ExecutionScheduler, JobQueue } from '@daytrade/jobs';
import { addRoute, recordedAs, type Service } from '@daytrade/service';
import { readableRuns, type WarningLog } from './runs.ts';

export interface JobRouteParts {
  readonly scheduler: ExecutionScheduler;
  readonly queue: JobQueue;
}

/** Adds the routes of jobs. */
export function addJobRoutes(service: Service, parts: JobRouteParts): void {
  const { scheduler } = parts;
  addRoute(service, routes.jobs, async ({ log }) => await jobList(parts, log));

  addRoute(service, routes.pauseJob, async ({ params, body, log, caller }) => {
    await scheduler.pause(params.name, { changedBy: recordedAs(caller, body.by), reason: body.reason });
    return await jobList(parts, log);
  });

  addRoute(service, routes.resumeJob, async ({ params, body, log, caller }) => {
    await scheduler.resume(params.name, { changedBy: recordedAs(caller, body.by), reason: body.reason });
    return await jobList(parts, log);
  });

  addRoute(service, routes.pauseScheduler, async ({ body, log, caller }) => {
    await scheduler.pause(undefined, { changedBy: recordedAs(caller, body.by), reason: body.reason });
    return await jobList(parts, log);
  });

  addRoute(service, routes.resumeScheduler, async ({ body, log, caller }) => {
    await scheduler.resume(undefined, { changedBy: recordedAs(caller, body.by), reason: body.reason });
    return await jobList(parts, log);
  });

  addRoute(service, routes.backfill, async ({ params, body, id }) => {
    const entries = await scheduler.backfill(params.name, { ...body, requestId: id });
    const left = entries.filter(({ action }) => action === 'start' || (body.replays && action === 'replay')).length;
    return { entries, left };
  });

  addRoute(service, routes.runJob, async (request) => {
    const run = await scheduler.runNow(request.params.name, request.body.payload, request.id);
    return { run };
  });
}

async function jobList(parts: JobRouteParts, log: WarningLog): Promise<AnswerOf<typeof routes.jobs>> {
  const { scheduler } = parts;
  const listed = await scheduler.jobs();
  const missing = missingQueueJobs(parts);
  const jobs = listed.map((job) => withReason(readable(job, log), missing.get(job.name)));
  return { jobs };
}

/** Returns the scheduled jobs without a handler in this process: job name to queue job. */
function missingQueueJobs({ queue, scheduler }: JobRouteParts): ReadonlyMap<string, string> {
  const registered = new Set(queue.definitions().map(({ name }) => name));
  const jobs = scheduler.scheduled();
  return new Map(jobs.filter((job) => !registered.has(job.queueJob)).map((job) => [job.name, job.queueJob]));
}

function readable(job: Job, log: WarningLog): Job {
  return { ...job, lastRun: job.lastRun === null ? null : (readableRuns([job.lastRun], log)[0] ?? null) };
}

function withReason(job: Job, missing: string | undefined): Job {
  if (missing === undefined) return job;
  const description = `${job.description} (disabled: no service of this process runs the job "${missing}")`;
  return { ...job, description };
}
