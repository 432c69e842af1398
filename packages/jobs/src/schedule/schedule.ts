import type { JobName, PayloadOf } from '@daytrade/contracts';

/** Days of the week by the names that a {@link Schedule} uses, Sunday first. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * When a job is due. Every time of day is Japan time, 'HH:MM', whatever the time zone of the process is.
 *
 * - `daily`: once a session (a day on which the exchange trades), at a time of day
 * - `hourly`: every hour of every day, at a minute
 * - `weekly`: once a week, also when the exchange is closed
 * - `market-hours`: every few minutes from the open of each half of a session; never at lunch, at or after the
 *   close
 * - `on-demand`: only when somebody asks
 * - `continuous`: again when the last run has ended, after a pause
 */
export type Schedule =
  | { readonly type: 'daily'; readonly at: string }
  | { readonly type: 'hourly'; readonly minute: number }
  | { readonly type: 'weekly'; readonly day: Weekday; readonly at: string }
  | { readonly type: 'market-hours'; readonly everyMinutes: number }
  | { readonly type: 'on-demand' }
  | { readonly type: 'continuous'; readonly pauseSeconds: number };

export type ScheduleType = Schedule['type'];

/**
 * What to do with due times that nobody served, because the process was down, asleep or late by more than the grace:
 * `skip` them, `run-once` for all of them, or `run-all`.
 */
export type MisfirePolicy = 'skip' | 'run-once' | 'run-all';

/**
 * What a job waits for: the newest due time, in the same session, of another job that is not after its own. When that
 * run fails, it is not run either (`skip`) or nevertheless (`run`); its record says so in both cases.
 */
export interface SessionDependency {
  readonly job: string;
  readonly ifFailed: 'skip' | 'run';
}

/** A job that can be started: which queue job is enqueued, with which payload, when. */
export interface StartableJob {
  /** Unique among the jobs that can be started; the beginning of the run keys. */
  readonly name: string;
  readonly description: string;
  readonly schedule: Schedule;
  /** Name under which the handler is registered with the queue. */
  readonly queueJob: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly misfirePolicy: MisfirePolicy;
  /** A due time this much in the past still counts as on time. */
  readonly misfireGraceSeconds: number;
  /** Whether a run is about the session of its due time, so that one that is made up for later does what was missed. */
  readonly ofSession: boolean;
  readonly waitsFor: readonly SessionDependency[];
  /** It waits no longer than this, and then runs. */
  readonly longestWaitSeconds: number;
  readonly enabled: boolean;
  /** Whether the settings change a job of the platform or add one; undefined: it is as the platform has it. */
  readonly origin?: 'changed' | 'added';
}

/** The queue jobs of the contract, each with a payload that it takes. */
type QueuedWork = {
  [Name in JobName]: { readonly queueJob: Name; readonly payload: NonNullable<PayloadOf<Name>> };
}[JobName];

/** A job that the platform itself has a time for. */
export type ScheduledJob = Omit<StartableJob, keyof QueuedWork> & QueuedWork;

/** What is kept of the schedule of one job, or of all jobs together under the name {@link everyJob}. */
export interface ScheduleState {
  readonly job: string;
  /** The instant up to which its due times are decided, ISO 8601 in UTC; null while none ever was. */
  readonly servedUntil: string | null;
  readonly paused: boolean;
  /** When, by whom and why it was paused or resumed last. */
  readonly changedAt: string | null;
  readonly changedBy: string | null;
  readonly reason: string | null;
}

export type ScheduleSwitch = Pick<ScheduleState, 'paused' | 'changedAt' | 'changedBy' | 'reason'>;

/** The name under which the switch of the whole scheduler is kept; no job can have it. */
export const everyJob = '*';

/** What schedulers share beside the runs. Implemented by `storage`. */
export interface ScheduleStore {
  list(): Promise<readonly ScheduleState[]>;
  /** Writes down that the due times of a job are decided up to an instant, ISO 8601 in UTC. It never goes back. */
  serve(job: string, until: string): Promise<void>;
  /** Pauses or resumes a job. */
  switch(job: string, change: ScheduleSwitch): Promise<ScheduleState>;
}
