import { type Job, parsePayload } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type Clock, isoInstant, type TimerHandle } from '../clock.ts';
import { newRun } from '../queue/new-run.ts';
import { jobUnknown } from '../queue/queue-errors.ts';
import type { JobQueue } from '../queue.ts';
import type { JsonObject, Run, RunLedger } from '../run.ts';
import { checkSchedule } from './check-schedule.ts';
import { ContinuousLoop } from './continuous-loop.ts';
import { describeSchedule } from './describe-schedule.ts';
import { dueTimes, nextDueTime } from './due-times.ts';
import { decideDue } from './misfire.ts';
import { keyPrefix, manualKey, slotKey } from './run-key.ts';
import type { ScheduledJob, StartableJob } from './schedule.ts';

export interface ExecutionSchedulerOptions {
  readonly queue: JobQueue;
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** Uniform in [0, 1), for run ids. */
  readonly random: () => number;
  readonly jobs: readonly ScheduledJob[];
  /** Whether the setting allows automatic trading. Nothing in this version trades, so it is only shown. */
  readonly automaticTrading: boolean;
  /** Told when a due run could not be enqueued; it is tried again. */
  readonly onError: (error: unknown, job: string) => void;
}

/** Bytes of the JSON in a history; what is longer is read run by run. */
const longestJson = 2_048;

/** The clock is looked at this often at least, so that a jump of it (a machine that slept) is noticed. */
const longestSleepMs = 30_000;

/**
 * Starts jobs by the clock, in Japan time. Each due time has a run key that the ledger lets in once, so that two
 * schedulers, or one that is started again, never run the same due time twice. Due times that were missed while nothing
 * ran, or while the machine slept, are handled by the misfire policy of the job.
 *
 * @example
 * const options = { queue, ledger, clock, random, jobs: defaultJobs, automaticTrading: false, onError };
 * const scheduler = new ExecutionScheduler(options);
 * await scheduler.start();
 */
export class ExecutionScheduler {
  readonly #options: ExecutionSchedulerOptions;
  readonly #jobs: ReadonlyMap<string, ScheduledJob>;
  readonly #enabled: Set<string>;
  /** For each job that is watched: the instant up to which its due times are served. */
  readonly #servedUntil = new Map<string, number>();
  readonly #loops = new Map<string, ContinuousLoop>();
  #timer: TimerHandle | undefined;
  #running = false;
  #ticking = false;

  /** @throws DayTradeError `input.invalid` for a schedule that is not valid */
  constructor(options: ExecutionSchedulerOptions) {
    for (const job of options.jobs) checkSchedule(job);
    this.#options = options;
    this.#jobs = new Map(options.jobs.map((job) => [job.name, job]));
    this.#enabled = new Set(options.jobs.filter((job) => job.enabled).map((job) => job.name));
  }

  /** Whether the setting allows automatic trading; off unless it was switched on. */
  get automaticTrading(): boolean {
    return this.#options.automaticTrading;
  }

  /**
   * Decides about the due times that were missed since the last scheduled run of each job, then follows the clock. When
   * the ledger cannot be asked, it may be called again.
   */
  async start(): Promise<void> {
    this.#running = true;
    for (const name of this.#enabled) {
      if (!this.#servedUntil.has(name) && !this.#loops.has(name)) await this.#watch(this.#job(name));
    }
    await this.#tick();
  }

  /** Starts nothing more. What runs is the queue's affair. */
  stop(): void {
    this.#running = false;
    this.#options.clock.clearTimeout(this.#timer);
    for (const name of this.#loops.keys()) this.#unwatch(name);
    this.#servedUntil.clear();
  }

  /**
   * Switches the clock of one job on or off until the process ends; due times of the time it was off are not made up.
   *
   * @throws DayTradeError `job.unknown`
   */
  setEnabled(name: string, enabled: boolean): void {
    const job = this.#job(name);
    if (enabled === this.#enabled.has(name)) return;
    if (enabled) this.#enabled.add(name);
    else this.#enabled.delete(name);
    if (!this.#running) return;
    if (enabled) this.#follow(job, this.#options.clock.now());
    else this.#unwatch(name);
    this.#arm();
  }

  /** When the job starts next by the clock; null when it does not. @throws DayTradeError `job.unknown` */
  nextRunAt(name: string): string | null {
    const job = this.#job(name);
    if (!this.#running || !this.#enabled.has(name)) return null;
    const next = this.#loops.get(name)?.nextAt ?? nextDueTime(job.schedule, this.#options.clock.now());
    return next === undefined ? null : isoInstant(next);
  }

  /** The runs of one job, newest first, without what makes a run large. @throws DayTradeError `job.unknown` */
  async history(name: string, limit: number): Promise<readonly Run[]> {
    const query = { job: this.#job(name).queueJob, keyPrefix: keyPrefix(name), limit, longestJson };
    return await this.#options.ledger.list(query);
  }

  /** Every scheduled job with its next and last run, then the jobs of the queue that start only on demand. */
  async jobs(): Promise<Job[]> {
    const definitions = this.#options.queue.definitions();
    const onDemand = definitions.filter(({ name }) => !this.#jobs.has(name)).map(({ name }) => this.#job(name));
    return await Promise.all(
      [...this.#jobs.values(), ...onDemand].map(async (job) => {
        const definition = definitions.find(({ name }) => name === job.queueJob);
        return {
          name: job.name,
          description: job.description,
          schedule: { type: job.schedule.type, description: describeSchedule(job.schedule) },
          enabled: job.schedule.type === 'on-demand' || this.#enabled.has(job.name),
          misfirePolicy: job.misfirePolicy,
          timeoutSeconds: definition?.timeoutSeconds ?? 0,
          maxAttempts: definition?.maxAttempts ?? 0,
          nextRunAt: this.nextRunAt(job.name),
          lastRun: (await this.history(job.name, 1))[0] ?? null,
        };
      }),
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

  /** A scheduled job, or a job of the queue as one that starts only on demand. */
  #job(name: string): StartableJob {
    const scheduled = this.#jobs.get(name);
    if (scheduled !== undefined) return scheduled;
    const definition = this.#options.queue.definitions().find((candidate) => candidate.name === name);
    if (definition !== undefined) return onDemandJob(name, definition.description);
    throw jobUnknown(name, [...this.#jobs.keys()]);
  }

  async #watch(job: StartableJob): Promise<void> {
    const { ledger, clock } = this.#options;
    const query = { job: job.queueJob, keyPrefix: keyPrefix(job.name), scheduledOnly: true, limit: 1 };
    const newest = (await ledger.list(query))[0]?.scheduledFor;
    this.#follow(job, newest == null ? clock.now() : Date.parse(newest));
  }

  #follow(job: StartableJob, servedUntil: number): void {
    if (job.schedule.type !== 'continuous') {
      this.#servedUntil.set(job.name, servedUntil);
      return;
    }
    const { queue, ledger, clock, onError } = this.#options;
    const loop = new ContinuousLoop({ job, pauseSeconds: job.schedule.pauseSeconds, queue, ledger, clock, onError });
    this.#loops.set(job.name, loop);
    loop.start();
  }

  #unwatch(name: string): void {
    this.#servedUntil.delete(name);
    this.#loops.get(name)?.stop();
    this.#loops.delete(name);
  }

  async #tick(): Promise<void> {
    this.#ticking = true;
    for (const name of this.#servedUntil.keys()) {
      try {
        await this.#serve(this.#job(name));
      } catch (error) {
        this.#options.onError(error, name);
      }
    }
    this.#ticking = false;
    this.#arm();
  }

  /** Enqueues what is due since the last look. When that fails, the next look begins at the same instant. */
  async #serve(job: StartableJob): Promise<void> {
    const now = this.#options.clock.now();
    // A clock that was put back: from here it goes on; what ran already is known by its key.
    const from = Math.min(this.#servedUntil.get(job.name) ?? now, now);
    const due = dueTimes(job.schedule, from, now);
    const decision = decideDue(job.misfirePolicy, job.misfireGraceSeconds * 1000, due, now);
    for (const { dueAt, misfire } of decision.run) await this.#enqueue(job, dueAt, misfire);
    if (decision.skipped !== undefined) await this.#recordSkipped(job, decision.skipped, decision.missed);
    if (this.#servedUntil.has(job.name)) this.#servedUntil.set(job.name, now);
  }

  async #enqueue(job: StartableJob, dueAt: number, misfire: boolean): Promise<void> {
    await this.#options.queue.enqueue({
      job: job.queueJob,
      key: slotKey(job.name, job.schedule, dueAt),
      payload: job.payload,
      trigger: misfire ? 'misfire' : 'schedule',
      scheduledFor: isoInstant(dueAt),
    });
  }

  /** One entry for all that was missed, so that the history shows it and the next start does not decide again. */
  async #recordSkipped(job: StartableJob, dueAt: number, missed: number): Promise<void> {
    const { ledger, clock, random } = this.#options;
    const key = slotKey(job.name, job.schedule, dueAt);
    const request = { job: job.queueJob, key, payload: job.payload, trigger: 'misfire' } as const;
    const run = newRun({ request: { ...request, scheduledFor: isoInstant(dueAt) }, maxAttempts: 1, clock, random });
    const result = { missed, reason: `due more than ${job.misfireGraceSeconds} s ago; misfire policy skip` };
    await ledger.create({ ...run, status: 'skipped', result, finishedAt: run.queuedAt });
  }

  /** Sets the timer for the next due time of any job, or for the next look at the clock. */
  #arm(): void {
    if (!this.#running || this.#ticking) return;
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    const now = clock.now();
    const next = [...this.#servedUntil.keys()].map((name) => nextDueTime(this.#job(name).schedule, now) ?? Infinity);
    const sleep = Math.min(longestSleepMs, ...next.map((time) => time - now));
    this.#timer = clock.setTimeout(() => void this.#tick(), sleep);
  }
}

function hasAWayOfItsOwn(job: string, startedBy: string): DayTradeError {
  return new DayTradeError('input.invalid', `job ${job} is not started by its name: use ${startedBy}`, {
    details: { job, startedBy },
  });
}

function onDemandJob(name: string, description: string): StartableJob {
  return {
    name,
    description,
    schedule: { type: 'on-demand' },
    queueJob: name,
    payload: {},
    misfirePolicy: 'skip',
    misfireGraceSeconds: 0,
    enabled: true,
  };
}
