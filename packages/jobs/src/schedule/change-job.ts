import type { JobChange, JobSettings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import { jobUnknown } from '../queue/queue-errors.ts';
import type { JobQueue } from '../queue.ts';
import type { JobDefinitionStore } from './job-definition-store.ts';
import type { JobList } from './job-list.ts';
import type { ScheduleStore } from './schedule-store.ts';
import { checkJob } from './set-job.ts';

/** Who changes a job, why, and whether only to check it. */
export interface JobChanger {
  readonly by: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

export interface JobChangeParts {
  readonly jobs: JobList;
  readonly queue: Pick<JobQueue, 'definitions'>;
  readonly definitions: JobDefinitionStore;
  readonly schedules: ScheduleStore;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Adds a job that the clock starts from now on.
 *
 * @returns the change; in a dry run it is not kept
 * @throws DayTradeError `input.invalid` naming the field, also for a name that is taken; `job.unknown`
 */
export async function addJob(
  parts: JobChangeParts,
  name: string,
  settings: JobSettings,
  changer: JobChanger,
): Promise<JobChange> {
  await parts.jobs.refresh();
  if (parts.jobs.get(name) !== undefined) {
    throw new DayTradeError('input.invalid', `name: there is a job ${name} already; change it instead`, {
      details: { field: 'name', value: name },
    });
  }
  return await keep(parts, { job: name, action: 'added', before: null, after: settings }, changer);
}

/**
 * Lays settings over those of a job.
 *
 * @returns the change; undefined where the job stays as it is
 * @throws DayTradeError as {@link addJob}
 */
export async function changeJob(
  parts: JobChangeParts,
  name: string,
  settings: JobSettings,
  changer: JobChanger,
): Promise<JobChange | undefined> {
  const { jobs } = parts;
  await jobs.refresh();
  const job = known(jobs, name);
  const before = jobs.settings(name) ?? null;
  const after = { ...before, ...settings };
  if (JSON.stringify(job) === JSON.stringify({ ...job, ...jobs.jobOf(name, after) })) return undefined;
  return await keep(parts, { job: name, action: 'changed', before, after }, changer);
}

/**
 * Removes a job that was added, or makes one of the platform what it was.
 *
 * @returns the change; undefined where a job of the platform was never changed
 * @throws DayTradeError `job.unknown`; `input.invalid` for a job that others wait for
 */
export async function resetJob(
  parts: JobChangeParts,
  name: string,
  changer: JobChanger,
): Promise<JobChange | undefined> {
  const { jobs } = parts;
  await jobs.refresh();
  known(jobs, name);
  const before = jobs.settings(name) ?? null;
  if (before === null) return undefined;
  const action = jobs.origin(name) === 'added' ? 'removed' : 'reset';
  const waiting = [...jobs.all.values()].find((other) => other.waitsFor.some(({ job }) => job === name));
  if (action === 'removed' && waiting !== undefined) {
    throw new DayTradeError('input.invalid', `job ${name}: ${waiting.name} waits for it; change that first`, {
      details: { job: name, waiting: waiting.name },
    });
  }
  return await keep(parts, { job: name, action, before, after: null }, changer);
}

type Difference = Pick<JobChange, 'job' | 'action' | 'before' | 'after'>;

/** Checks what a change makes of a job, then keeps it. Due times of before are not those of the job as it is then. */
async function keep(
  { jobs, queue, definitions, schedules, clock }: JobChangeParts,
  difference: Difference,
  { by, reason, dryRun }: JobChanger,
): Promise<JobChange> {
  const others = new Map([...jobs.all].filter(([name]) => name !== difference.job));
  const job = jobs.jobOf(difference.job, difference.after ?? undefined);
  if (job !== undefined) checkJob(job, others, queue.definitions());
  const at = isoInstant(clock.now());
  const change = { at, by, ...difference, reason };
  if (dryRun) return change;
  await schedules.serve(difference.job, at);
  await definitions.save(change);
  await jobs.refresh();
  return change;
}

function known(jobs: JobList, name: string) {
  const job = jobs.get(name);
  if (job === undefined) throw jobUnknown(name, [...jobs.all.keys()]);
  return job;
}
