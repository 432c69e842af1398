import type { JobSettings } from '@daytrade/contracts';
import type { JobDefinitionStore } from './job-definition-store.ts';
import type { StartableJob } from './schedule.ts';
import { addedJob, changedJob } from './set-job.ts';

/** Whether a job is as the platform has it, or what was done with it here. */
export type JobOrigin = 'platform' | 'changed' | 'added';

/**
 * The jobs that the clock can start, as they are now: those of the platform, as somebody has changed them, and those
 * that were added.
 */
export class JobList {
  readonly #platform: ReadonlyMap<string, StartableJob>;
  readonly #store: JobDefinitionStore;
  readonly #onError: (error: unknown, job: string) => void;
  #settings: ReadonlyMap<string, JobSettings> = new Map();
  /** What was read last, as text. */
  #read = '[]';
  #jobs: ReadonlyMap<string, StartableJob>;

  /** @param onError takes what is wrong with a job whose settings make none; the others go on */
  constructor(
    platform: readonly StartableJob[],
    store: JobDefinitionStore,
    onError: (error: unknown, job: string) => void,
  ) {
    this.#platform = new Map(platform.map((job) => [job.name, job]));
    this.#store = store;
    this.#onError = onError;
    this.#jobs = this.#platform;
  }

  get all(): ReadonlyMap<string, StartableJob> {
    return this.#jobs;
  }

  get(name: string): StartableJob | undefined {
    return this.#jobs.get(name);
  }

  /** What is set of a job; undefined where nothing is. */
  settings(name: string): JobSettings | undefined {
    return this.#settings.get(name);
  }

  origin(name: string): JobOrigin {
    if (!this.#platform.has(name)) return 'added';
    return this.#settings.has(name) ? 'changed' : 'platform';
  }

  /**
   * The job that some settings would make.
   *
   * @throws DayTradeError `state.damaged` where they make none
   */
  jobOf(name: string, settings: JobSettings | undefined): StartableJob | undefined {
    const platform = this.#platform.get(name);
    if (settings === undefined) return platform;
    if (platform !== undefined) return changedJob(platform, settings);
    const isOfSession = ({ queueJob, ofSession }: StartableJob) => ofSession && queueJob === settings.queueJob;
    return addedJob(name, settings, [...this.#platform.values()].some(isOfSession));
  }

  /** Reads what is set now, whichever process has set it. A job that stays as it was stays the same object. */
  async refresh(): Promise<void> {
    const before = this.#jobs;
    const read = await this.#store.list();
    const text = JSON.stringify(read);
    // At every look at the clock: mostly nothing is other than before.
    if (text === this.#read) return;
    const stored = new Map(read.map(({ job, settings }) => [job, settings]));
    const jobs = new Map(this.#platform);
    for (const [name, settings] of stored) {
      try {
        jobs.set(name, this.jobOf(name, settings)!);
      } catch (error) {
        this.#onError(error, name);
      }
    }
    for (const [name, job] of jobs) {
      const same = before.get(name);
      if (JSON.stringify(same) === JSON.stringify(job)) jobs.set(name, same!);
    }
    this.#read = text;
    this.#settings = stored;
    this.#jobs = jobs;
  }
}
