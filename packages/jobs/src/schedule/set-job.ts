import { type JobSettings, parsePayload } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { JobOutline } from '../job-catalogue.ts';
import type { StartableJob } from './schedule.ts';

const ofAdded = {
  payload: {},
  waitsFor: [],
  longestWaitSeconds: 3_600,
  enabled: true,
  origin: 'added',
} as const satisfies Partial<StartableJob>;

type Jobs = ReadonlyMap<string, StartableJob>;

/**
 * Returns the platform's jobs with the changes of the settings, followed by the added jobs.
 *
 * @param settings the setting `DAYTRADE_JOBS`, by name of the job
 * @throws DayTradeError `settings.invalid` naming the job, the field and the expected value
 */
export function jobsAsSet(
  platform: readonly StartableJob[],
  settings: Readonly<Record<string, JobSettings>>,
  outlines: readonly JobOutline[],
): readonly StartableJob[] {
  const jobs = new Map(platform.map((job) => [job.name, job]));
  for (const [name, own] of Object.entries(settings)) {
    const job = jobs.get(name);
    jobs.set(name, job === undefined ? addedJob(name, own) : changedJob(job, own));
  }
  for (const job of jobs.values()) checkJob(job, jobs, outlines);
  return [...jobs.values()];
}

function changedJob(job: StartableJob, settings: JobSettings): StartableJob {
  if (settings.queueJob !== undefined && settings.queueJob !== job.queueJob)
    throw invalid(job, 'queueJob', `a job of the platform starts ${job.queueJob} and nothing else`);
  return { ...job, ...given(settings), origin: 'changed' };
}

function addedJob(name: string, settings: JobSettings): StartableJob {
  const { queueJob, schedule } = settings;
  if (queueJob === undefined) throw invalid({ name }, 'queueJob', 'expected the job that it starts, as data-update');
  if (schedule === undefined) throw invalid({ name }, 'schedule', 'expected when it runs');
  return { ...ofAdded, name, description: `Starts ${queueJob}`, ...given(settings), schedule, queueJob };
}

function given(settings: JobSettings): Partial<StartableJob> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function checkJob(job: StartableJob, jobs: Jobs, outlines: readonly JobOutline[]): void {
  const outline = outlines.find(({ name }) => name === job.queueJob);
  if (outline === undefined) {
    const names = outlines.filter(({ startedBy }) => startedBy === undefined).map(({ name }) => name);
    throw invalid(job, 'queueJob', `expected one of ${names.join(', ')}, got ${JSON.stringify(job.queueJob)}`);
  }
  if (outline.startedBy !== undefined)
    throw invalid(job, 'queueJob', `${job.queueJob} is started by ${outline.startedBy} alone, not by the clock`);
  if (job.name !== job.queueJob && outlines.some(({ name }) => name === job.name))
    throw invalid(job, 'queueJob', `expected ${job.name}, since that is a job of the queue, got ${job.queueJob}`);
  try {
    parsePayload(outline.payload, job.payload);
  } catch (error) {
    throw isDayTradeError(error) ? invalid(job, 'payload', error.message) : error;
  }
  for (const { job: name } of job.waitsFor) {
    if (!jobs.has(name)) throw invalid(job, 'waitsFor', `expected one of ${[...jobs.keys()].join(', ')}, got ${name}`);
  }
}

function invalid({ name }: Pick<StartableJob, 'name'>, field: string, message: string): DayTradeError {
  const text = `setting jobs.${name}: ${field}: ${message}`;
  return new DayTradeError('settings.invalid', text);
}
