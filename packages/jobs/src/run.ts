import type { Run, RunStatus } from '@daytrade/contracts';

export type { Dependency, Run, RunProgress, RunStatus } from '@daytrade/contracts';
export type RunTrigger = Run['trigger'];
export type JsonObject = Record<string, unknown>;

/** What a run is until it ends. */
export const unfinishedStatuses: readonly RunStatus[] = ['waiting', 'queued', 'running'];

/**
 * The key that only one run may ever have: that of a due time, and that of the repetition of one run. Undefined for
 * what may be done as often as somebody asks.
 */
export function claimOf({ trigger, key, replayOf }: Pick<Run, 'trigger' | 'key' | 'replayOf'>): string | undefined {
  if (replayOf !== null) return `replay/${replayOf}`;
  return trigger === 'schedule' || trigger === 'misfire' || trigger === 'backfill' ? key : undefined;
}

export interface RunQuery {
  readonly job?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** Only runs whose key begins so: those of one scheduled job. */
  readonly keyPrefix?: string | undefined;
  /** Only runs that were queued from one instant to before another, ISO 8601 in UTC. */
  readonly queuedBetween?: { readonly from: string; readonly to: string } | undefined;
  /** Only runs that belong to a due time of a schedule. */
  readonly scheduledOnly?: boolean | undefined;
  /** Only runs that failed at last, or were skipped for another one that did, and that no run repeats yet. */
  readonly dead?: boolean | undefined;
  /** Only runs that were to do something, not those that only say what they would do. */
  readonly withoutDryRuns?: boolean | undefined;
  readonly limit: number;
  /** Payloads, results and errors that are longer come as a note of their length. Default: whole. */
  readonly longestJson?: number | undefined;
}

/** How many unfinished runs there may be of one job, and of all jobs together. */
export interface RunRoom {
  readonly ofJob: number;
  readonly inAll: number;
}

/** Enough of a run to bring it to whoever works on it. */
export type UnfinishedRun = Pick<Run, 'id' | 'job' | 'status' | 'attempt' | 'queuedAt'>;

/** What a change of a run goes by: a run that was cancelled, ended or taken up again meanwhile is in another state. */
export type RunState = Pick<Run, 'id' | 'attempt' | 'status'>;

/** What of a run may change; what it is and what it was asked for do not. */
export type RunChange = Partial<Omit<Run, 'id' | 'job' | 'key' | 'payload'>>;

/** The record of every run; the truth about what ran, whatever the queue is. Implemented by `storage`. */
export interface RunLedger {
  /**
   * Writes a queued run down before it is queued. When an unfinished run of the same (job, key) exists, gives that one
   * back with `created: false`. For a run of a due time a finished one of the same key counts as well, and for a replay
   * the one that has repeated the same run: their keys are claimed for ever, in the transaction that writes the run.
   *
   * @param most unfinished runs that there may be; undefined comes back where there is no room
   */
  create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined>;
  find(id: string): Promise<Run | undefined>;
  list(query: RunQuery): Promise<readonly Run[]>;
  /**
   * Changes an unfinished run, in one step that looks and writes: only while its attempt and its status are still those
   * of `run`, as whoever asks has read them. Undefined when they are not: another was first, and nothing was written.
   */
  update(run: RunState, change: RunChange): Promise<Run | undefined>;
  /** Every run that is queued or running, oldest first, without what makes a run large. A waiting one is neither. */
  unfinished(): Promise<readonly UnfinishedRun[]>;
}
