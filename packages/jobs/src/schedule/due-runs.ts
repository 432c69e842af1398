import { type Clock, isoInstant } from '../clock.ts';
import { newRun } from '../queue/accept-run.ts';
import type { EnqueueRequest, JobQueue } from '../queue.ts';
import type { RunLedger } from '../run.ts';
import { dueTimes, slotKey } from './due-times.ts';
import type { MisfirePolicy, StartableJob } from './schedule.ts';

export interface DueRunsOptions {
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly ledger: Pick<RunLedger, 'create'>;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Creates the runs of due times. Each has its key, so a second call, here or in another scheduler, changes nothing. */
export class DueRuns {
  readonly #options: DueRunsOptions;

  constructor(options: DueRunsOptions) {
    this.#options = options;
  }

  /** Serves every due time after `from` up to `now` by the misfire policy. */
  async write(job: StartableJob, from: number, now: number): Promise<void> {
    const due = dueTimes(job.schedule, from, now);
    const decisions = decideDue(job.misfirePolicy, job.misfireGraceSeconds * 1000, due, now);
    for (const decision of decisions) {
      if (decision.kind === 'skipped') await this.#writeSkipped(job, decision);
      else await this.#options.queue.enqueue({ ...requestOf(job, decision), waits: job.waitsFor.length > 0 });
    }
  }

  /** Records all missed due times as one skipped run, so that they are not decided again. */
  async #writeSkipped(job: StartableJob, decision: DueDecision): Promise<void> {
    const { ledger, clock, random } = this.#options;
    const run = newRun({ request: requestOf(job, decision), maxAttempts: 1, clock, random });
    const reason = `due more than ${job.misfireGraceSeconds} s ago; misfire policy skip`;
    const result = { missed: decision.missed + 1, reason };
    await ledger.create({ ...run, status: 'skipped', result, finishedAt: run.queuedAt });
  }
}

function requestOf(job: StartableJob, { dueAt, kind, missed }: DueDecision): EnqueueRequest {
  return {
    job: job.queueJob,
    key: slotKey(job.name, job.schedule, dueAt),
    payload: job.payload,
    trigger: kind === 'on-time' ? 'schedule' : 'misfire',
    scheduledFor: isoInstant(dueAt),
    missed,
  };
}

/** Policy `run-all` drops older due times, so that a year of downtime does not flood the queue. */
const mostRuns = 100;

/** The decision about a due time and the earlier ones that it replaces. */
export interface DueDecision {
  readonly dueAt: number;
  /** `late`: run after the grace time. `skipped`: recorded only. */
  readonly kind: 'on-time' | 'late' | 'skipped';
  /** Number of earlier due times without an entry of their own. */
  readonly missed: number;
}

/**
 * Decides about due times; those older than the grace time are misfires. Except under `run-all`, several due times that
 * are on time become one run, for the newest.
 *
 * @param due oldest first, none after `now`
 * @returns oldest first
 */
export function decideDue(
  policy: MisfirePolicy,
  graceMs: number,
  due: readonly number[],
  now: number,
): readonly DueDecision[] {
  const isLate = (dueAt: number) => now - dueAt > graceMs;
  if (policy === 'run-all') {
    const run = due.slice(-mostRuns);
    const leftOut = due.length - run.length;
    return run.map((dueAt, at) => ({
      dueAt,
      kind: isLate(dueAt) ? 'late' : 'on-time',
      missed: at === 0 ? leftOut : 0,
    }));
  }
  if (policy === 'run-once') return newestOf(due, (newest) => (isLate(newest) ? 'late' : 'on-time'));
  const late = due.filter(isLate);
  return [...newestOf(late, () => 'skipped'), ...newestOf(due.slice(late.length), () => 'on-time')];
}

/** Returns one decision for all due times. */
function newestOf(due: readonly number[], kindOf: (newest: number) => DueDecision['kind']): DueDecision[] {
  const newest = due.at(-1);
  return newest === undefined ? [] : [{ dueAt: newest, kind: kindOf(newest), missed: due.length - 1 }];
}
