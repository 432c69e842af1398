import { isoInstant, type TimerHandle } from '../clock.ts';
import { ContinuousLoop } from './continuous-loop.ts';
import { pauseOf } from './describe-job.ts';
import { dueTimes, keyPrefix, nextDueTime, slotKey } from './due-times.ts';
import type { SchedulerParts, ScheduleState, StartableJob } from './schedule.ts';
import { releaseWaiting } from './waiting-runs.ts';

interface ClockWatchOptions extends SchedulerParts {
  readonly jobs: ReadonlyMap<string, StartableJob>;
}

/** Waiting runs are checked this often, since their dependency may end in another process. */
const lookAtWaitingMs = 2_000;
const defaultLongestSleepMs = 30_000;
/** A due time of this age still counts as on time. */
const graceMs = 300_000;

/** Starts jobs at their due times and releases waiting runs. */
export class ClockWatch {
  readonly #options: ClockWatchOptions;
  /** For each watched job, the instant up to which its due times are served. */
  readonly #servedUntil = new Map<string, number>();
  /** For each watched job, its first due time after that. */
  readonly #nextDue = new Map<string, number>();
  readonly #loops = new Map<string, ContinuousLoop>();
  readonly #followed = new Set<string>();
  #waiting = 0;
  #lastLook = -Infinity;
  #timer: TimerHandle | undefined;
  #stopListening: (() => void) | undefined;
  #running = false;
  #ticking = false;

  constructor(options: ClockWatchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#watchAll();
    this.#stopListening ??= this.#options.queue.onFinished(() => this.#lookSoon());
    await this.#tick();
  }

  stop(): void {
    this.#running = false;
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#options.clock.clearTimeout(this.#timer);
    for (const name of this.#followed) this.#unwatch(name);
  }

  /** Returns true for an enabled job whose handler some process of the queue has. */
  isEnabled(name: string): boolean {
    const job = this.#options.jobs.get(name);
    return job?.enabled === true && this.#isRunnable(job);
  }

  #isRunnable({ queueJob }: StartableJob): boolean {
    return this.#options.queue.definitions().some((definition) => definition.name === queueJob);
  }

  /** Returns the next start by the clock; otherwise undefined. */
  nextAt({ name, schedule }: StartableJob): number | undefined {
    if (!this.#running || !this.isEnabled(name)) return undefined;
    return this.#loops.get(name)?.nextAt ?? nextDueTime(schedule, this.#options.clock.now());
  }

  /** Due times of disabled jobs are served as well, so that enabling one does not find missed runs. */
  async #watchAll(): Promise<void> {
    const runnable = [...this.#options.jobs.values()].filter((job) => this.#isRunnable(job));
    const missing = runnable.filter(({ name }) => !this.#followed.has(name));
    if (missing.length === 0) return;
    const states = await this.#options.schedules.list();
    for (const job of missing) {
      await this.#watch(job, states);
      if (!this.#running) return this.stop();
    }
  }

  #job(name: string): StartableJob {
    return this.#options.jobs.get(name) as StartableJob;
  }

  /** Records the start of watching for a new job before it is first due. */
  async #watch(job: StartableJob, states: readonly ScheduleState[]): Promise<void> {
    const { ledger, schedules, clock } = this.#options;
    const query = { job: job.queueJob, keyPrefix: keyPrefix(job.name), scheduledOnly: true, limit: 1 };
    const newest = (await ledger.list(query))[0]?.scheduledFor ?? null;
    const known = [newest, stateOf(job, states)?.servedUntil].flatMap((at) => (at == null ? [] : [Date.parse(at)]));
    if (known.length === 0) await schedules.serve(job.name, isoInstant(clock.now()));
    this.#follow(job, known.length === 0 ? clock.now() : Math.max(...known));
  }

  #follow(job: StartableJob, servedUntil: number): void {
    this.#followed.add(job.name);
    if (job.schedule.type !== 'continuous') {
      this.#servedUntil.set(job.name, servedUntil);
      this.#setNextDue(job, servedUntil);
      return;
    }
    if (!job.enabled) return;
    const isPaused = async () => pauseOf(job.name, await this.#options.schedules.list()) !== null;
    const loop = new ContinuousLoop({ ...this.#options, job, pauseSeconds: job.schedule.pauseSeconds, isPaused });
    this.#loops.set(job.name, loop);
    loop.start();
  }

  #unwatch(name: string): void {
    this.#followed.delete(name);
    this.#servedUntil.delete(name);
    this.#nextDue.delete(name);
    this.#loops.get(name)?.stop();
    this.#loops.delete(name);
  }

  #setNextDue(job: StartableJob, after: number): void {
    this.#nextDue.set(job.name, nextDueTime(job.schedule, after) ?? Infinity);
  }

  async #tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    const now = this.#options.clock.now();
    // The clock was set back. Keys of past runs keep them from running again.
    if (now < this.#lastLook) for (const name of this.#servedUntil.keys()) this.#setNextDue(this.#job(name), now);
    this.#lastLook = now;
    const due: string[] = [];
    for (const [name, at] of this.#nextDue) if (at <= now) due.push(name);
    await this.#attempt('scheduler', async () => {
      const states = due.length === 0 ? [] : await this.#options.schedules.list();
      for (const name of due) {
        if (this.#followed.has(name)) await this.#attempt(name, () => this.#serve(this.#job(name), states, now));
      }
      const servedUntil = (job: string) => (this.isEnabled(job) ? this.#servedUntil.get(job) : undefined);
      this.#waiting = await releaseWaiting({ ...this.#options, servedUntil });
    });
    this.#ticking = false;
    this.#arm();
  }

  async #attempt(job: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.onError(error, job);
    }
  }

  /** Serves the due times since the last call. After a failure the next call starts at the same instant. */
  async #serve(job: StartableJob, states: readonly ScheduleState[], now: number): Promise<void> {
    const shared = stateOf(job, states)?.servedUntil;
    const known = Math.max(this.#servedUntil.get(job.name) ?? now, shared == null ? 0 : Date.parse(shared));
    if (job.enabled && pauseOf(job.name, states) === null) await this.#startDue(job, Math.min(known, now), now);
    await this.#options.schedules.serve(job.name, isoInstant(now));
    if (!this.#servedUntil.has(job.name)) return;
    this.#servedUntil.set(job.name, now);
    this.#setNextDue(job, now);
  }

  /** Starts one run for all due times after `from` up to `now`, under the key of the newest. */
  async #startDue(job: StartableJob, from: number, now: number): Promise<void> {
    const due = dueTimes(job.schedule, from, now);
    const newest = due.at(-1);
    if (newest === undefined) return;
    await this.#options.queue.enqueue({
      job: job.queueJob,
      key: slotKey(job.name, job.schedule, newest),
      payload: job.payload,
      trigger: now - newest > graceMs ? 'misfire' : 'schedule',
      scheduledFor: isoInstant(newest),
      missed: due.length - 1,
      waits: job.waitsFor.length > 0,
    });
  }

  /** Looks at once, since the ended run may be a dependency. */
  #lookSoon(): void {
    if (!this.#running || this.#ticking || this.#waiting === 0) return;
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => void this.#tick(), 0);
  }

  /** Sets the timer for the next due time or the next look at the clock. */
  #arm(): void {
    if (!this.#running || this.#ticking) return;
    const { clock, longestSleepMs = defaultLongestSleepMs } = this.#options;
    clock.clearTimeout(this.#timer);
    const now = clock.now();
    let sleep = Math.min(longestSleepMs, this.#waiting > 0 ? lookAtWaitingMs : Infinity);
    for (const at of this.#nextDue.values()) sleep = Math.min(sleep, at > now ? at - now : failedAgainMs);
    this.#timer = clock.setTimeout(() => void this.#tick(), sleep);
  }
}

/** Retry delay of a failed due time. */
const failedAgainMs = 5_000;

function stateOf({ name }: StartableJob, states: readonly ScheduleState[]): ScheduleState | undefined {
  return states.find(({ job }) => job === name);
}
