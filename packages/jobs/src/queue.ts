import type { JobName, PayloadOf, PayloadSchema } from '@daytrade/contracts';
import type { JsonObject, Run, RunTrigger } from './run.ts';
import type { TaskProgress } from './workers/worker-task.ts';

/** The input of a handler, which must stop soon after `signal` aborts. */
export interface JobContext {
  readonly run: Run;
  readonly payload: JsonObject;
  readonly signal: AbortSignal;
  readonly progress: (progress: TaskProgress) => void;
}

/** Does the work and returns the result of the run. It may run again after a crash, so it must be idempotent. */
export type JobHandler = (context: JobContext) => Promise<JsonObject>;

export interface JobDefinition {
  readonly name: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  /** Seconds before the second attempt; doubles with each attempt, with jitter. */
  readonly backoffSeconds: number;
  /** Jobs of one group run one after another, since they write the same data. */
  readonly concurrencyGroup: string;
  /** Schema of the payload; runs with another payload are refused. */
  readonly payload: PayloadSchema;
  /** The routes that start the job and check more than its payload. With it the job cannot be started by its name. */
  readonly startedBy?: string;
  /** Asks a person first, since a run deletes data or replaces the live model. */
  readonly asksFirst?: true;
  readonly handler: JobHandler;
}

/** A request for a run; jobs of the contract have a typed payload. */
export interface EnqueueRequest<Name extends string = string> {
  readonly job: Name;
  readonly key: string;
  readonly payload: Name extends JobName ? PayloadOf<Name> : JsonObject;
  readonly trigger: RunTrigger;
  readonly scheduledFor?: string;
  readonly requestId?: string | undefined;
  /** True for a run that waits for `JobQueue.release`. */
  readonly waits?: boolean;
  /** Number of missed due times that the run replaces. */
  readonly missed?: number | undefined;
  /** Id of the run that this one repeats. */
  readonly replayOf?: string | undefined;
}
