import type { JobName, PayloadOf, PayloadSchema } from '@daytrade/contracts';
import type { DayTradeError } from '@daytrade/errors';
import type { Dependency, JsonObject, Run, RunTrigger } from './run.ts';
import type { TaskProgress } from './workers/worker-task.ts';

/** What a handler is given. It must stop soon after `signal` is aborted. */
export interface JobContext {
  readonly run: Run;
  readonly payload: JsonObject;
  readonly signal: AbortSignal;
  readonly progress: (progress: TaskProgress) => void;
}

/**
 * Does the work and gives back the result that the ledger keeps. It may run again after a crash: its effect must be the
 * same as once.
 */
export type JobHandler = (context: JobContext) => Promise<JsonObject>;

/** What a job is, whoever starts it. */
export interface JobDefinition {
  readonly name: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  /** Seconds before the second attempt; doubles with each, with jitter. */
  readonly backoffSeconds: number;
  /** Jobs of one group run one after another, since they write the same thing. */
  readonly concurrencyGroup: string;
  /** What its payload must be; a run of another one is not accepted. */
  readonly payload: PayloadSchema;
  /** Set where not everybody may start the job by its name: the ways there are, which check more than the payload. */
  readonly startedBy?: string;
  /** Set where a run removes something or replaces the live model, so that a person is asked first. */
  readonly asksFirst?: true;
  readonly handler: JobHandler;
}

/** Somebody asks for a run; the payload of a job that the contract has is typed by it. */
export interface EnqueueRequest<Name extends string = string> {
  readonly job: Name;
  readonly key: string;
  readonly payload: Name extends JobName ? PayloadOf<Name> : JsonObject;
  readonly trigger: RunTrigger;
  readonly scheduledFor?: string;
  /** Of the request that asks for the run; kept with it. */
  readonly requestId?: string | undefined;
  /** Whether it waits until {@link JobQueue.release} lets it go. */
  readonly waits?: boolean;
  /** Missed due times for which it stands. */
  readonly missed?: number | undefined;
  /** Id of the run that it repeats. */
  readonly replayOf?: string | undefined;
}

/** The port that `InProcessQueue` and `BullMqQueue` fill. */
export interface JobQueue {
  register(definition: JobDefinition): void;
  definitions(): readonly Omit<JobDefinition, 'handler'>[];
  /** Resolves where a worker could take a run now. @throws DayTradeError `service.unavailable` that says why not */
  reachable(): Promise<void>;
  /**
   * Writes the run into the ledger, then queues it. While the same work waits or runs, gives that run.
   *
   * @throws DayTradeError `job.unknown`; `input.invalid`, `input.too-large` for a payload that is not the job's;
   * `queue.full`
   */
  enqueue<Name extends string>(request: EnqueueRequest<Name>): Promise<Run>;
  /** Asks a run to stop. @throws DayTradeError `run.not-found` */
  cancel(id: string): Promise<Run>;
  /** Queues a run that waited, with what it waited for. Undefined when it no longer waits. */
  release(run: Run, dependencies: readonly Dependency[]): Promise<Run | undefined>;
  /** Ends a run that waited without starting it. Undefined when it no longer waits. */
  skip(run: Run, error: DayTradeError, dependencies: readonly Dependency[]): Promise<Run | undefined>;
  /** Waits for the end of a run, also one that has ended. */
  finished(id: string): Promise<Run>;
  /** Calls `listener` with every run that ends in this process, once. Gives back what stops it. */
  onFinished(listener: (run: Run) => void): () => void;
  /** Takes up what a dead process left behind, then begins to work. */
  start(): Promise<void>;
  /**
   * Stops taking work, waits for what runs up to `seconds`, then aborts it; what is left is queued again at the next
   * start.
   */
  stop(seconds: number): Promise<void>;
}
