import type { Run, RunStatus } from '@daytrade/contracts';

export type { Dependency, Run, RunProgress, RunStatus } from '@daytrade/contracts';
export type RunTrigger = Run['trigger'];
export type JsonObject = Record<string, unknown>;

export const unfinishedStatuses: readonly RunStatus[] = ['waiting', 'queued', 'running'];

export function hasEnded(run: Pick<Run, 'status'>): boolean {
  return !unfinishedStatuses.includes(run.status);
}

/**
 * Returns the key that only one run may ever have: the key of a due time, or of the replay of a run. Undefined for work
 * that may be requested again.
 */
export function claimOf({ trigger, key, replayOf }: Pick<Run, 'trigger' | 'key' | 'replayOf'>): string | undefined {
  if (replayOf !== null) return `replay/${replayOf}`;
  return trigger === 'schedule' || trigger === 'misfire' ? key : undefined;
}

export interface RunQuery {
  readonly job?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** Only runs whose key has this prefix, which selects those of one scheduled job. */
  readonly keyPrefix?: string | undefined;
  /** Only runs queued from `from` until before `to`, ISO 8601 in UTC. */
  readonly queuedBetween?: { readonly from: string; readonly to: string } | undefined;
  /** Only runs of due times. */
  readonly scheduledOnly?: boolean | undefined;
  /** Only runs that failed, or were skipped after a failed dependency, and that have no replay yet. */
  readonly dead?: boolean | undefined;
  /** Excludes dry runs. */
  readonly withoutDryRuns?: boolean | undefined;
  readonly limit: number;
  /** Longer payloads, results and errors are replaced by a note of their length. Default: no limit. */
  readonly longestJson?: number | undefined;
}

/** The maximum of unfinished runs. */
export interface RunRoom {
  readonly ofJob: number;
  readonly inAll: number;
}

/** The columns of a run that a queue needs. */
export type UnfinishedRun = Pick<Run, 'id' | 'job' | 'status' | 'attempt' | 'queuedAt'>;

/** The state that a change expects. A run that was cancelled, ended or taken over has another one. */
export type RunState = Pick<Run, 'id' | 'attempt' | 'status'>;

/** The columns of a run that may change. */
export type RunChange = Partial<Omit<Run, 'id' | 'job' | 'key' | 'payload'>>;

/** The record of every run, and the truth about it for every queue. `storage` implements it. */
export interface RunLedger {
  /**
   * Writes a new run. An unfinished run of the same (job, key) is returned instead, with `created: false`. So is the
   * earlier run, finished or not, of the same due time or of the same replay: a transaction claims their keys.
   *
   * @param most unfinished runs allowed; at the limit the result is undefined
   */
  create(run: Run, most?: RunRoom): Promise<{ readonly run: Run; readonly created: boolean } | undefined>;
  find(id: string): Promise<Run | undefined>;
  list(query: RunQuery): Promise<readonly Run[]>;
  /**
   * Changes an unfinished run in one statement, provided that attempt and status are still those of `run`. Otherwise
   * writes nothing and returns undefined.
   */
  update(run: RunState, change: RunChange): Promise<Run | undefined>;
  /** Returns every queued or running run, oldest first, with few columns. */
  unfinished(): Promise<readonly UnfinishedRun[]>;
}
