import { type Clock, isoInstant } from '../clock.ts';
import { newRun } from '../queue/accept-run.ts';
import type { EnqueueRequest, JobQueue } from '../queue.ts';
import type { RunLedger } from '../run.ts';
import { dueTimes } from './due-times.ts';
import { type DueDecision, decideDue } from './misfire.ts';
import { slotKey } from './run-key.ts';
import type { StartableJob } from './schedule.ts';

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
