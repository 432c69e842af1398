import type { JobName, PayloadOf } from '@daytrade/contracts';
import type { Clock } from '../clock.ts';
import type { JobQueue } from '../queue/ledger-queue.ts';
import type { RunLedger } from '../run.ts';

/** Days of the week as a {@link Schedule} names them, Sunday first. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * The due times of a job. Times of day are 'HH:MM' in Japan time, in any time zone of the process.
 *
 * - `daily`: once a session, at a time of day
 * - `hourly`: every hour of every day, at a minute
 * - `weekly`: once a week, on trading days or not
 * - `market-hours`: every few minutes from the open of each half of a session, not at lunch nor from the close on
 * - `on-demand`: only on request
 * - `continuous`: again after the end of the last run and a pause
 */
export type Schedule =
  | { readonly type: 'daily'; readonly at: string }
  | { readonly type: 'hourly'; readonly minute: number }
  | { readonly type: 'weekly'; readonly day: Weekday; readonly at: string }
  | { readonly type: 'market-hours'; readonly everyMinutes: number }
  | { readonly type: 'on-demand' }
  | { readonly type: 'continuous'; readonly pauseSeconds: number };

/**
 * A dependency on the newest due time of another job in the same session, not after its own. If that run fails, the
 * dependent one is skipped (`skip`) or runs anyway (`run`), and its record says so.
 */
export interface SessionDependency {
  readonly job: string;
  readonly ifFailed: 'skip' | 'run';
}

/** A job with its schedule and the payload of its runs. */
export interface StartableJob {
  /** Unique; the prefix of the run keys. */
  readonly name: string;
  readonly description: string;
  readonly schedule: Schedule;
  /** Name of the handler in the queue. */
  readonly queueJob: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly waitsFor: readonly SessionDependency[];
  /** Maximum wait for dependencies, after which the job runs. */
  readonly longestWaitSeconds: number;
  readonly enabled: boolean;
  /** The origin in the settings; undefined for an unchanged job of the platform. */
  readonly origin?: 'changed' | 'added';
}

/** The jobs of the contract, each with its payload. */
type QueuedWork = {
  [Name in JobName]: { readonly queueJob: Name; readonly payload: NonNullable<PayloadOf<Name>> };
}[JobName];

export type ScheduledJob = Omit<StartableJob, keyof QueuedWork> & QueuedWork;

/** The persistent state of one job's schedule, or of all jobs under the name {@link everyJob}. */
export interface ScheduleState {
  readonly job: string;
  /** The instant up to which due times are served, ISO 8601 in UTC; null for a new job. */
  readonly servedUntil: string | null;
  readonly paused: boolean;
  /** The last pause or resume: time, author, reason. */
  readonly changedAt: string | null;
  readonly changedBy: string | null;
  readonly reason: string | null;
}

export type ScheduleSwitch = Pick<ScheduleState, 'paused' | 'changedAt' | 'changedBy' | 'reason'>;

/** Name of the switch for all jobs; no job can have it. */
export const everyJob = '*';

/** The state that schedulers share besides the runs. `storage` implements it. */
export interface ScheduleStore {
  list(): Promise<readonly ScheduleState[]>;
  /** Records that the due times of a job are served up to an instant, ISO 8601 in UTC. It never moves back. */
  serve(job: string, until: string): Promise<void>;
  switch(job: string, change: ScheduleSwitch): Promise<void>;
}

export interface SchedulerParts {
  readonly queue: JobQueue;
  readonly ledger: RunLedger;
  readonly schedules: ScheduleStore;
  readonly clock: Clock;
  /** Maximum sleep, so that a jump of the clock is noticed; default 30 s. */
  readonly longestSleepMs?: number | undefined;
  /** Called with the error of a due run that will be retried. */
  readonly onError: (error: unknown, job: string) => void;
}
