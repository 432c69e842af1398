import type { JobChange, JobFile } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { isoInstant } from '../clock.ts';
import type { JobChangeParts, JobChanger } from './change-job.ts';
import type { JobList } from './job-list.ts';
import type { StartableJob } from './schedule.ts';
import { checkJob } from './set-job.ts';

/** What is done with what is set of other jobs than those of the file. */
export interface JobImporter extends JobChanger {
  /** Whether a job that the file does not name becomes what the platform has, or is removed. */
  readonly replace: boolean;
}

type Difference = Pick<JobChange, 'job' | 'action' | 'before' | 'after'>;

/** In this order no job waits for one that is not there yet. */
const order: readonly JobChange['action'][] = ['added', 'changed', 'reset', 'removed'];

/**
 * Makes what is set of jobs what a file says of them. All of it is checked, as it is together, before the first change
 * is kept; each change is kept as one that was made by hand.
 *
 * @returns the changes; in a dry run they are not kept
 * @throws DayTradeError `input.invalid` naming the job and the field; `job.unknown`
 */
export async function importJobs(
  { jobs, queue, definitions, schedules, clock }: JobChangeParts,
  wanted: JobFile['jobs'],
  { by, reason, dryRun, replace }: JobImporter,
): Promise<readonly JobChange[]> {
  await jobs.refresh();
  const differences = differencesOf(jobs, wanted, replace);
  check(jobs, differences, queue.definitions());
  const at = isoInstant(clock.now());
  const changes = differences.map((difference): JobChange => ({ at, by, ...difference, reason }));
  if (dryRun) return changes;
  for (const change of changes) {
    await schedules.serve(change.job, at);
    await definitions.save(change);
  }
  await jobs.refresh();
  return changes;
}

function differencesOf(jobs: JobList, wanted: JobFile['jobs'], replace: boolean): readonly Difference[] {
  const named = Object.keys(wanted);
  const others = replace ? [...jobs.all.keys()].filter((name) => !named.includes(name)) : [];
  const differences = [...named, ...others].flatMap((job): readonly Difference[] => {
    const before = jobs.settings(job) ?? null;
    const isPlatform = jobs.get(job) !== undefined && jobs.origin(job) !== 'added';
    const given = Object.hasOwn(wanted, job) ? wanted[job] : undefined;
    if (given !== undefined) checkFields(job, given, isPlatform);
    const after = given === undefined || Object.keys(given).length === 0 ? null : given;
    if (sorted(before) === sorted(after)) return [];
    if (after === null) return [{ job, action: isPlatform ? 'reset' : 'removed', before, after }];
    return [{ job, action: jobs.get(job) === undefined ? 'added' : 'changed', before, after }];
  });
  return differences.toSorted((one, other) => order.indexOf(one.action) - order.indexOf(other.action));
}

/** What a job is by itself is the platform's; what it is not, a new one has to say. */
function checkFields(job: string, given: JobFile['jobs'][string], isPlatform: boolean): void {
  const wrong = (field: string, message: string) =>
    new DayTradeError('input.invalid', `job ${job}: ${field}: ${message}`, { details: { job, field } });
  if (isPlatform && given.queueJob !== undefined)
    throw wrong('queueJob', 'a job of the platform starts what it starts');
  if (isPlatform) return;
  if (given.queueJob === undefined) throw wrong('queueJob', 'expected the job that it starts, as data-update');
  if (given.schedule === undefined) throw wrong('schedule', 'expected when it runs');
}

/** Checks each job that changes among the jobs as they will be, and those that wait for one. */
function check(jobs: JobList, differences: readonly Difference[], outlines: Parameters<typeof checkJob>[2]): void {
  const all = new Map<string, StartableJob>(jobs.all);
  for (const { job, after } of differences) {
    const changed = jobs.jobOf(job, after ?? undefined);
    if (changed === undefined) all.delete(job);
    else all.set(job, changed);
  }
  const touched = new Set(differences.map(({ job }) => job));
  for (const [name, job] of all) {
    const waits = job.waitsFor.some((wait) => touched.has(wait.job));
    if (touched.has(name) || waits) checkJob(job, new Map([...all].filter(([other]) => other !== name)), outlines);
  }
}

/** As text, whatever the order of the fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
