import { isoInstant, type TimerHandle } from '../clock.ts';
import { hasEnded, type Run } from '../run.ts';
import { keyPrefix, slotKey } from './due-times.ts';
import type { SchedulerParts, StartableJob } from './schedule.ts';

interface ContinuousLoopOptions extends Pick<SchedulerParts, 'queue' | 'ledger' | 'clock' | 'onError'> {
  readonly job: StartableJob;
  readonly pauseSeconds: number;
  readonly isPaused: () => Promise<boolean>;
}

/** Repeats a job with a pause after each end, beginning with an orphaned run. */
export class ContinuousLoop {
  readonly #options: ContinuousLoopOptions;
  #timer: TimerHandle | undefined;
  #nextAt: number | undefined;
  #stopped = false;

  constructor(options: ContinuousLoopOptions) {
    this.#options = options;
  }

  /** Time of the next run; undefined during a run. */
  get nextAt(): number | undefined {
    return this.#nextAt;
  }

  start(): void {
    this.#later(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#nextAt = undefined;
    this.#options.clock.clearTimeout(this.#timer);
  }

  #later(milliseconds: number): void {
    if (this.#stopped) return;
    this.#nextAt = this.#options.clock.now() + milliseconds;
    this.#timer = this.#options.clock.setTimeout(() => void this.#once(), milliseconds);
  }

  async #once(): Promise<void> {
    const { job, pauseSeconds, queue, isPaused, onError } = this.#options;
    this.#nextAt = undefined;
    try {
      const run = (await this.#left()) ?? ((await isPaused()) ? undefined : await this.#enqueue());
      if (run !== undefined) await queue.finished(run.id);
    } catch (error) {
      if (!this.#stopped) onError(error, job.name);
    }
    // At least a second, so that a run that fails at once does not spin.
    this.#later(Math.max(1000, pauseSeconds * 1000));
  }

  /** Returns the unfinished run of the job. */
  async #left(): Promise<Run | undefined> {
    const { job, ledger } = this.#options;
    const [newest] = await ledger.list({ job: job.queueJob, keyPrefix: keyPrefix(job.name), limit: 1 });
    return newest === undefined || hasEnded(newest) ? undefined : newest;
  }

  async #enqueue(): Promise<Run> {
    const { job, queue, clock } = this.#options;
    const now = clock.now();
    return await queue.enqueue({
      job: job.queueJob,
      key: slotKey(job.name, job.schedule, now),
      payload: job.payload,
      trigger: 'schedule',
      scheduledFor: isoInstant(now),
    });
  }
}
