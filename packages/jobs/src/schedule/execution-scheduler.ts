import { type BackfillEntry, type Job, parsePayload } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import { jobUnknown } from '../queue/queue-errors.ts';
import type { JobQueue } from '../queue.ts';
import type { JsonObject, Run, RunLedger } from '../run.ts';
import { type BackfillRange, backfill } from './backfill.ts';
import { ClockWatch } from './clock-watch.ts';
import { describeJob, onDemandJob, pauseOf } from './describe-job.ts';
import { keyPrefix, manualKey } from './due-times.ts';
import { everyJob, type ScheduleStore, type ScheduleSwitch, type StartableJob } from './schedule.ts';

export interface ExecutionSchedulerOptions {
  readonly queue: JobQueue;
  readonly ledger: RunLedger;
  readonly schedules: ScheduleStore;
  readonly clock: Clock;
  /** Uniform in [0, 1), for run ids. */
  readonly random: () => number;
  readonly jobs: readonly StartableJob[];
  /** The clock is looked at this often at least, so that a jump of it is noticed; default 30 s. */
  readonly longestSleepMs?: number | undefined;
  /** Told when a due run could not be enqueued; it is tried again. */
  readonly onError: (error: unknown, job: string) => void;
}

/** Bytes of the JSON in a history; what is longer is read run by run. */
const longestJson = 2_048;

/**
 * Starts jobs by the clock, in Japan time. Each due time has a run key that the ledger lets in once, so that two
 * schedulers, or one that is started again, never run the same due time twice. Due times that were missed while nothing
 * ran, or while the machine slept, are handled by the misfire policy of the job.
 *
 * @example
 * const options = { queue, ledger, schedules, clock, random, jobs: defaultJobs, onError };
 * const scheduler = new ExecutionScheduler(options);
 * await scheduler.start();
 */
export class ExecutionScheduler {
  readonly #options: ExecutionSchedulerOptions;
  readonly #jobs: ReadonlyMap<string, StartableJob>;
  readonly #watch: ClockWatch;

  constructor(options: ExecutionSchedulerOptions) {
    this.#options = options;
    this.#jobs = new Map(options.jobs.map((job) => [job.name, job]));
    this.#watch = new ClockWatch({ ...options, jobs: this.#jobs });
  }

  /**
   * Decides about the due times that were missed since those of each job were decided last, then follows the clock.
   * When the ledger cannot be asked, it may be called again.
   */
  async start(): Promise<void> {
    await this.#watch.start();
  }

  /** Starts nothing more. What runs is the queue's affair. */
  stop(): void {
    this.#watch.stop();
  }

  /**
   * Switches the clock of one job on or off until the process ends; due times of the time it was off are not made up.
   *
   * @throws DayTradeError `job.unknown`
   */
  setEnabled(name: string, enabled: boolean): void {
    this.#watch.setEnabled(this.#job(name), enabled);
  }

  /**
   * Pauses one job, or all of them, in every scheduler and beyond the end of this process: nothing is started by the
   * clock, and what has begun goes on. Due times of the pause are not made up.
   *
   * @param name undefined: all jobs
   * @throws DayTradeError `job.unknown`; `input.invalid` for a job that the clock never starts
   */
  async pause(name: string | undefined, change: Pick<ScheduleSwitch, 'changedBy' | 'reason'>): Promise<void> {
    await this.#switch(name, { ...change, paused: true });
  }

  /** Ends a pause; one job that all jobs are paused with stays paused. @throws DayTradeError `job.unknown` */
  async resume(name: string | undefined, change: Pick<ScheduleSwitch, 'changedBy' | 'reason'>): Promise<void> {
    const { schedules, clock } = this.#options;
    const now = isoInstant(clock.now());
    // First: nothing of the pause is due any more when it ends, also when no scheduler ran meanwhile.
    for (const job of name === undefined ? this.#jobs.keys() : [this.#job(name).name]) await schedules.serve(job, now);
    await this.#switch(name, { ...change, paused: false });
  }

  /** The jobs that have a schedule. */
  scheduled(): readonly StartableJob[] {
    return [...this.#jobs.values()];
  }

  /**
   * Makes up for the due times of a job in a range of days; see {@link backfill}.
   *
   * @throws DayTradeError `job.unknown`, `input.invalid`; as {@link JobQueue.enqueue}
   */
  async backfill(name: string, range: BackfillRange): Promise<BackfillEntry[]> {
    return await backfill(this.#options, this.#job(name), range);
  }

  /** When the job starts next by the clock; null when it does not. @throws DayTradeError `job.unknown` */
  nextRunAt(name: string): string | null {
    const next = this.#watch.nextAt(this.#job(name));
    return next === undefined ? null : isoInstant(next);
  }

  /** The runs of one job, newest first, without what makes a run large. @throws DayTradeError `job.unknown` */
  async history(name: string, limit: number): Promise<readonly Run[]> {
    const query = { job: this.#job(name).queueJob, keyPrefix: keyPrefix(name), limit, longestJson };
    return await this.#options.ledger.list(query);
  }

  /** Every scheduled job with its next and last run, then the jobs of the queue that start only on demand. */
  async jobs(): Promise<Job[]> {
    const { queue, schedules } = this.#options;
    const states = await schedules.list();
    const definitions = queue.definitions();
    const onDemand = definitions.filter(({ name }) => !this.#jobs.has(name)).map(({ name }) => this.#job(name));
    return await Promise.all(
      [...this.#jobs.values(), ...onDemand].map(async (job) =>
        describeJob(job, {
          outline: definitions.find(({ name }) => name === job.queueJob),
          enabled: this.#watch.isEnabled(job.name),
          paused: job.schedule.type === 'on-demand' ? null : pauseOf(job.name, states),
          nextRunAt: this.nextRunAt(job.name),
          lastRun: (await this.history(job.name, 1))[0] ?? null,
        }),
      ),
    );
  }

  /**
   * Starts a job now, whatever its schedule. While a run of the same job and payload has not ended, gives that one
   * back.
   *
   * @param payload is laid over the payload of the schedule
   * @param requestId of the request that asks
   * @throws DayTradeError `job.unknown`; as {@link JobQueue.enqueue}
   */
  async runNow(name: string, payload: JsonObject = {}, requestId?: string): Promise<Run> {
    const { queue } = this.#options;
    const { queueJob, payload: scheduled } = this.#job(name);
    const outline = queue.definitions().find((definition) => definition.name === queueJob);
    if (outline === undefined) {
      throw jobUnknown(
        queueJob,
        queue.definitions().map((definition) => definition.name),
      );
    }
    if (outline.startedBy !== undefined) throw hasAWayOfItsOwn(name, outline.startedBy);
    // As the job reads it, so that what is left out and what is said in full are the same work.
    const whole = parsePayload(outline.payload, { ...scheduled, ...payload });
    const key = manualKey(name, whole);
    return await queue.enqueue({ job: queueJob, key, payload: whole, trigger: 'manual', requestId });
  }

  async #switch(name: string | undefined, change: Omit<ScheduleSwitch, 'changedAt'>): Promise<void> {
    const { schedules, clock } = this.#options;
    const job = name === undefined ? everyJob : this.#job(name).name;
    if (name !== undefined && this.#jobs.get(name) === undefined) throw notByTheClock(name);
    await schedules.switch(job, { ...change, changedAt: isoInstant(clock.now()) });
  }

  /** A scheduled job, or a job of the queue as one that starts only on demand. */
  #job(name: string): StartableJob {
    const scheduled = this.#jobs.get(name);
    if (scheduled !== undefined) return scheduled;
    const definitions = this.#options.queue.definitions();
    const definition = definitions.find((candidate) => candidate.name === name);
    if (definition !== undefined) return onDemandJob(definition);
    throw jobUnknown(name, [...new Set([...this.#jobs.keys(), ...definitions.map((known) => known.name)])]);
  }
}

function notByTheClock(job: string): DayTradeError {
  const message = `job ${job} is started only on demand, so there is nothing to pause`;
  return new DayTradeError('input.invalid', message, { details: { field: 'job', value: job } });
}

function hasAWayOfItsOwn(job: string, startedBy: string): DayTradeError {
  return new DayTradeError('input.invalid', `job ${job} is not started by its name: use ${startedBy}`, {
    details: { job, startedBy },
  });
}
