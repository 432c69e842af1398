import { type JobName, jobs, parsePayload, type RequestOf, type WorkOf } from '@daytrade/contracts';
import { jobCatalogue } from './job-catalogue.ts';
import type { JobContext, JobDefinition } from './queue.ts';

/** What a job does: it is given its payload with the defaults, and gives the result that its runs report. */
export type JobWork<Name extends JobName> = (
  context: Omit<JobContext, 'payload'> & { readonly payload: RequestOf<Name> },
) => Promise<WorkOf<Name>>;

/**
 * A job of the catalogue with what it does.
 *
 * @param work may run again after a crash: its effect must be the same as once
 * @example
 * queue.register(defineJob('report', async ({ progress }) => judgeSession(progress)));
 */
export function defineJob<Name extends JobName>(name: Name, work: JobWork<Name>): JobDefinition {
  return {
    ...jobCatalogue[name],
    handler: async (context) => {
      const payload = parsePayload(jobs[name].payload, context.payload) as RequestOf<Name>;
      return { ...(await work({ ...context, payload })) };
    },
  };
}
