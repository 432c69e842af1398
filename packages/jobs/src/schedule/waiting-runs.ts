import { DayTradeError } from '@daytrade/errors';
import { instantOf, japanDate } from '@daytrade/market';
import { type Dependency, hasEnded, type Run, type RunLedger } from '../run.ts';
import { dueTimes, keyPrefix } from './due-times.ts';
import type { SchedulerParts, StartableJob } from './schedule.ts';

interface WaitingRunsOptions extends Pick<SchedulerParts, 'queue' | 'ledger' | 'clock'> {
  readonly jobs: ReadonlyMap<string, StartableJob>;
  /** Returns the instant up to which due times are served; undefined for a job that the clock does not start. */
  readonly servedUntil: (job: string) => number | undefined;
}

/** The state of a run's dependencies: pending, or settled with a record. */
type Verdict = { readonly settled: false } | { readonly settled: true; readonly dependency: Dependency | undefined };

const mostRuns = 500;
/** Status and error are enough of a dependency. */
const longestJson = 2_048;

/**
 * Releases runs after their dependencies have ended in the same session: the newest due time of that job up to their
 * own, or a later run that replaces it. A due time that passed without a run is not waited for.
 *
 * @returns the number of runs that still wait
 */
export async function releaseWaiting(options: WaitingRunsOptions): Promise<number> {
  let waiting = 0;
  for (const run of await options.ledger.list({ status: 'waiting', limit: mostRuns })) {
    if (!(await settle(options, run))) waiting += 1;
  }
  return waiting;
}

async function settle(options: WaitingRunsOptions, run: Run): Promise<boolean> {
  const { queue, jobs } = options;
  const job = jobs.get(run.key.split('/')[0] ?? '');
  const dependencies: Dependency[] = [];
  for (const { job: name } of job?.waitsFor ?? []) {
    const verdict = await verdictOf(options, { job: job!, name, run });
    if (!verdict.settled) return false;
    if (verdict.dependency !== undefined) dependencies.push(verdict.dependency);
  }
  const failed = dependencies.find((dependency) => isFatal(job!, dependency));
  if (failed === undefined) await queue.release(run, dependencies);
  else await queue.skip(run, dependencyFailed(run, failed), dependencies);
  return true;
}

async function verdictOf(
  { clock, jobs, ledger, servedUntil }: WaitingRunsOptions,
  { job, name, run }: { readonly job: StartableJob; readonly name: string; readonly run: Run },
): Promise<Verdict> {
  const upstream = jobs.get(name);
  const dueAt = Date.parse(run.scheduledFor ?? run.queuedAt);
  const served = servedUntil(name);
  const expected = upstream === undefined || served === undefined ? undefined : lastDueOfSession(upstream, dueAt);
  if (expected === undefined) return { settled: true, dependency: undefined };
  const awaited = await runOf(ledger, upstream!, expected);
  if (awaited !== undefined && hasEnded(awaited)) return { settled: true, dependency: ended(name, awaited) };
  // Its due time passed without a run: before the first start of the platform, or during a pause.
  if (awaited === undefined && expected <= served!) return { settled: true, dependency: undefined };
  const waitedMs = clock.now() - Date.parse(run.queuedAt);
  if (waitedMs < job.longestWaitSeconds * 1000) return { settled: false };
  const message = `${name} had not ended after ${job.longestWaitSeconds} s`;
  const dependency = { job: name, run: awaited?.id ?? null, status: awaited?.status ?? null, message };
  return { settled: true, dependency };
}

/** Returns the newest run of a due time of the same day, from the expected one on. */
async function runOf(ledger: RunLedger, upstream: StartableJob, expected: number): Promise<Run | undefined> {
  const session = `${keyPrefix(upstream.name)}${japanDate(expected)}`;
  const query = { job: upstream.queueJob, keyPrefix: session, limit: mostRuns, longestJson };
  let first: { readonly run: Run; readonly dueAt: number } | undefined;
  for (const run of await ledger.list(query)) {
    const dueAt = dueOf(run.scheduledFor);
    if (dueAt >= expected && !(dueAt >= (first?.dueAt ?? Infinity))) first = { run, dueAt };
  }
  return first?.run;
}

function dueOf(scheduledFor: string | null): number {
  return scheduledFor === null ? Number.NaN : Date.parse(scheduledFor);
}

function lastDueOfSession(job: StartableJob, dueAt: number): number | undefined {
  return dueTimes(job.schedule, instantOf(japanDate(dueAt), '00:00') - 1, dueAt).at(-1);
}

function ended(job: string, { id, status, error }: Run): Dependency {
  const message =
    status === 'succeeded' ? null : `${job} ended as ${status}${error === null ? '' : `: ${error.message}`}`;
  return { job, run: id, status, message };
}

/** Returns true for a failed dependency without which the job must not run. A slow one does not count. */
function isFatal(job: StartableJob, { job: name, status }: Dependency): boolean {
  const wait = job.waitsFor.find((candidate) => candidate.job === name);
  return (
    wait?.ifFailed === 'skip' && status !== null && !['succeeded', 'queued', 'running', 'waiting'].includes(status)
  );
}

function dependencyFailed(run: Run, { message }: Dependency): DayTradeError {
  return new DayTradeError('run.dependency-failed', `${run.key} did not run, since ${message}`);
}
