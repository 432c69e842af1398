import { type JobSettings, parsePayload } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { JobOutline } from '../job-catalogue.ts';
import { jobUnknown } from '../queue/queue-errors.ts';
import { checkSchedule } from './check-schedule.ts';
import type { StartableJob } from './schedule.ts';

/** What a job that was added has where nothing else is said of it. */
const ofAdded = {
  payload: {},
  misfirePolicy: 'run-once',
  misfireGraceSeconds: 300,
  ofSession: false,
  waitsFor: [],
  longestWaitSeconds: 3_600,
  enabled: true,
} as const satisfies Partial<StartableJob>;

/** A job of the platform with what was set of it laid over it. */
export function changedJob(job: StartableJob, settings: JobSettings): StartableJob {
  return { ...job, ...given(settings), queueJob: job.queueJob };
}

/**
 * A job of what was set of it alone.
 *
 * @param ofSession whether the job of the queue is one of a session
 * @throws DayTradeError `state.damaged` where the schedule or the job of the queue is missing
 */
export function addedJob(name: string, settings: JobSettings, ofSession: boolean): StartableJob {
  const { queueJob, schedule, description = `Starts ${queueJob}` } = settings;
  if (queueJob !== undefined && schedule !== undefined) {
    return { ...ofAdded, ...given(settings), name, description, schedule, queueJob, ofSession };
  }
  throw new DayTradeError('state.damaged', `job ${name}: its schedule or what it starts is not kept`, {
    details: { job: name },
  });
}

function given(settings: JobSettings): Partial<StartableJob> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/**
 * Checks a job before it is kept: its schedule, that its job of the queue is one that the clock may start and takes the
 * payload, and that what it waits for exists and does not wait for it.
 *
 * @param others every other job by its name
 * @throws DayTradeError `input.invalid` naming the job, the field and what is expected; `job.unknown`
 */
export function checkJob(
  job: StartableJob,
  others: ReadonlyMap<string, StartableJob>,
  outlines: readonly JobOutline[],
): void {
  checkSchedule(job);
  const outline = outlines.find(({ name }) => name === job.queueJob);
  if (outline === undefined)
    throw jobUnknown(
      job.queueJob,
      outlines.filter(isForTheClock).map(({ name }) => name),
    );
  if (!isForTheClock(outline)) {
    throw invalid(job, 'queueJob', `${job.queueJob} is started by ${outline.startedBy} alone, not by the clock`);
  }
  if (job.name !== job.queueJob && outlines.some(({ name }) => name === job.name)) {
    throw invalid(job, 'name', `${job.name} is a job of the queue, and this one starts ${job.queueJob}`);
  }
  parsePayload(outline.payload, job.payload);
  checkWaits(job, others);
}

function isForTheClock({ startedBy }: JobOutline): boolean {
  return startedBy === undefined;
}

function checkWaits(job: StartableJob, others: ReadonlyMap<string, StartableJob>): void {
  for (const { job: name } of job.waitsFor) {
    if (name === job.name) throw invalid(job, 'waitsFor', 'a job cannot wait for itself');
    if (!others.has(name)) {
      throw invalid(job, 'waitsFor', `there is no scheduled job ${name}; there are ${[...others.keys()].join(', ')}`);
    }
    const way = wayTo(job.name, name, others);
    if (way !== undefined) throw invalid(job, 'waitsFor', `${[job.name, ...way].join(' waits for ')}, without end`);
  }
}

/** The jobs by which one waits for another, itself first; undefined where it does not. */
function wayTo(
  wanted: string,
  from: string,
  jobs: ReadonlyMap<string, StartableJob>,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  if (from === wanted) return [from];
  if (seen.has(from)) return undefined;
  for (const { job } of jobs.get(from)?.waitsFor ?? []) {
    const way = wayTo(wanted, job, jobs, new Set([...seen, from]));
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

function invalid({ name }: StartableJob, field: string, message: string): DayTradeError {
  return new DayTradeError('input.invalid', `job ${name}: ${field}: ${message}`, { details: { job: name, field } });
}
