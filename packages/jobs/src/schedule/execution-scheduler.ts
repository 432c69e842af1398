import { type Job, parsePayload } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { isoInstant } from '../clock.ts';
import { jobUnknown } from '../queue/queue-errors.ts';
import type { JsonObject, Run } from '../run.ts';
import { ClockWatch } from './clock-watch.ts';
import { describeSchedule, onDemandJob, pauseOf } from './describe-job.ts';
import { keyPrefix, manualKey } from './due-times.ts';
import { everyJob, type SchedulerParts, type ScheduleSwitch, type StartableJob } from './schedule.ts';

export interface ExecutionSchedulerOptions extends SchedulerParts {
  readonly jobs: readonly StartableJob[];
}

/** Longer JSON is left out of a history. */
const longestJson = 2_048;

/**
 * Starts jobs by the clock, in Japan time. Each due time has a run key that the ledger admits once, so several
 * schedulers never run it twice. One run stands for all due times that were missed.
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

  /** Serves missed due times, then follows the clock. May be called again after an error of the ledger. */
  async start(): Promise<void> {
    await this.#watch.start();
  }

  /** Starts no more runs. Current ones belong to the queue. */
  stop(): void {
    this.#watch.stop();
  }

  /**
   * Pauses one job, or all of them, in every scheduler until they are resumed. Current runs continue; due times of the
   * pause are not missed.
   *
   * @param name undefined: all jobs
   * @throws DayTradeError `job.unknown`; `input.invalid` for a job without a schedule
   */
  async pause(name: string | undefined, change: Pick<ScheduleSwitch, 'changedBy' | 'reason'>): Promise<void> {
    await this.#switch(name, { ...change, paused: true });
  }

  /** Ends a pause; resuming all jobs keeps the pauses of single jobs. @throws DayTradeError `job.unknown` */
  async resume(name: string | undefined, change: Pick<ScheduleSwitch, 'changedBy' | 'reason'>): Promise<void> {
    const { schedules, clock } = this.#options;
    const now = isoInstant(clock.now());
    // First, so that due times of the pause are not missed, also without a running scheduler.
    for (const job of name === undefined ? this.#jobs.keys() : [this.#job(name).name]) await schedules.serve(job, now);
    await this.#switch(name, { ...change, paused: false });
  }

  scheduled(): readonly StartableJob[] {
    return [...this.#jobs.values()];
  }

  /** Returns the next start by the clock; otherwise null. @throws DayTradeError `job.unknown` */
  nextRunAt(name: string): string | null {
    const next = this.#watch.nextAt(this.#job(name));
    return next === undefined ? null : isoInstant(next);
  }

  /** Returns the runs of a job, newest first, without long JSON. @throws DayTradeError `job.unknown` */
  async history(name: string, limit: number): Promise<readonly Run[]> {
    const query = { job: this.#job(name).queueJob, keyPrefix: keyPrefix(name), limit, longestJson };
    return await this.#options.ledger.list(query);
  }

  /** Returns every scheduled job with its next and last run, then the jobs that start only on demand. */
  async jobs(): Promise<Job[]> {
    const { queue, schedules } = this.#options;
    const states = await schedules.list();
    const definitions = queue.definitions();
    const onDemand = definitions.filter(({ name }) => !this.#jobs.has(name)).map(({ name }) => this.#job(name));
    const all = [...this.#jobs.values(), ...onDemand];
    return await Promise.all(
      all.map(async (job) => {
        const { name, description, schedule, origin = 'platform' } = job;
        const { type } = schedule;
        const outline = definitions.find((definition) => definition.name === job.queueJob);
        const paused = type === 'on-demand' ? null : pauseOf(name, states);
        return {
          name,
          description,
          schedule: { type, description: describeSchedule(schedule) },
          origin,
          enabled: type === 'on-demand' || this.#watch.isEnabled(name),
          paused,
          waitsFor: job.waitsFor.map((wait) => wait.job),
          timeoutSeconds: outline?.timeoutSeconds ?? 0,
          maxAttempts: outline?.maxAttempts ?? 0,
          asksFirst: outline?.asksFirst ?? false,
          nextRunAt: paused === null ? this.nextRunAt(name) : null,
          lastRun: (await this.history(name, 1))[0] ?? null,
        };
      }),
    );
  }

  /**
   * Starts a job now. Returns the unfinished run of the same job and payload if there is one.
   *
   * @param payload overrides fields of the scheduled payload
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
    // With defaults, so that an omitted and an explicit default give the same key.
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

  /** Returns a scheduled job, or a job of the queue that starts only on demand. */
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
  return new DayTradeError('input.invalid', message);
}

function hasAWayOfItsOwn(job: string, startedBy: string): DayTradeError {
  return new DayTradeError('input.invalid', `job ${job} is not started by its name: use ${startedBy}`);
}
