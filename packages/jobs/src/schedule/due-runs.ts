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

/** Writes down what is due. Doing it again, here or in another scheduler, adds nothing: each due time has its key. */
export class DueRuns {
  readonly #options: DueRunsOptions;

  constructor(options: DueRunsOptions) {
    this.#options = options;
  }

  /** Every due time of the job after `from` and not after `now`, by the misfire policy. */
  async write(job: StartableJob, from: number, now: number): Promise<void> {
    const due = dueTimes(job.schedule, from, now);
    const decisions = decideDue(job.misfirePolicy, job.misfireGraceSeconds * 1000, due, now);
    for (const decision of decisions) {
      if (decision.kind === 'skipped') await this.#writeSkipped(job, decision);
      else await this.#options.queue.enqueue({ ...requestOf(job, decision), waits: job.waitsFor.length > 0 });
    }
  }

  /** One entry for all that was missed, so that the history shows it and the next start does not decide again. */
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

/** With `run-all`, older due times than this many are left out: a year of downtime must not flood the queue. */
const mostRuns = 100;

/** What becomes of one due time, and of those before it for which it stands. */
export interface DueDecision {
  readonly dueAt: number;
  /** `late`: by more than the grace, and run nevertheless. `skipped`: late, and only written down. */
  readonly kind: 'on-time' | 'late' | 'skipped';
  /** Due times before it that have no entry of their own: it stands for them. */
  readonly missed: number;
}

/**
 * What to do with due times, of which those older than the grace are misfires. Each of them is in one of the decisions:
 * as its own, or as one that it stands for. Due times that are late without being misfires are run once, for the newest
 * of them, except under the policy `run-all`.
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

/** One decision for all of them. */
function newestOf(due: readonly number[], kindOf: (newest: number) => DueDecision['kind']): DueDecision[] {
  const newest = due.at(-1);
  return newest === undefined ? [] : [{ dueAt: newest, kind: kindOf(newest), missed: due.length - 1 }];
}
