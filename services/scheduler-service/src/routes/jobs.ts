import { type Job, jobListSchema, jobRunRequestSchema, plainTextSchema, runAcceptedSchema } from '@daytrade/contracts';
import type { ExecutionScheduler, JobQueue, ScheduledJob } from '@daytrade/jobs';
import type { Service } from '@daytrade/service-kit';
import { z } from 'zod';
import { readableRuns, type WarningLog } from '../readable-run.ts';

const jobParametersSchema = z.object({
  name: plainTextSchema.min(1).max(64).meta({ description: 'Name of a scheduled job or of a job of the queue' }),
});

export interface JobRouteParts {
  readonly scheduler: ExecutionScheduler;
  readonly queue: JobQueue;
  readonly jobs: readonly ScheduledJob[];
}

/** `/v1/jobs`: what there is to run, when it runs, and running it now. */
export function addJobRoutes(service: Service, parts: JobRouteParts): void {
  const { scheduler } = parts;
  service.get(
    '/v1/jobs',
    {
      schema: {
        summary: 'Every job, when it runs and how it last ended',
        tags: ['jobs'],
        response: { 200: jobListSchema },
      },
    },
    async ({ log }) => {
      const missing = missingQueueJobs(parts);
      const jobs = (await scheduler.jobs()).map((job) => withReason(readable(job, log), missing.get(job.name)));
      return { jobs, automaticTrading: scheduler.automaticTrading };
    },
  );

  service.post(
    '/v1/jobs/:name/runs',
    {
      schema: {
        summary: 'Run a job now',
        description: 'While a run of the same job and payload is under way, answers that run.',
        tags: ['jobs'],
        params: jobParametersSchema,
        body: jobRunRequestSchema,
        response: { 202: runAcceptedSchema },
      },
    },
    async (request, reply) => {
      const run = await scheduler.runNow(request.params.name, request.body.payload, request.id);
      return reply.code(202).send({ run });
    },
  );
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
