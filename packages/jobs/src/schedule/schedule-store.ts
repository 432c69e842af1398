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
