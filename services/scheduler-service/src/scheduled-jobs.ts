import { defaultJobs, type ScheduledJob } from '@daytrade/jobs';

/** Where a service has a job of that very name, the clock starts it in place of the general one. */
const own: Readonly<Record<string, Pick<ScheduledJob, 'queueJob' | 'description'>>> = {
  'data-update': { queueJob: 'data-update', description: 'Fetches what is new from every source that was fetched before' },
  'market-preparation': {
    queueJob: 'market-preparation',
    description: 'Updates the bars, selects the symbols of the day and starts their prediction',
  },
  report: { queueJob: 'report', description: 'Judges the published predictions after the close' },
};

/** What the clock starts unless a process says otherwise. */
export const scheduledJobs: readonly ScheduledJob[] = defaultJobs.map((job) => ({ ...job, ...own[job.name] }));
