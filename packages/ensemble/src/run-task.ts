import { DayTradeError } from '@daytrade/errors';

/** The computations that can run in another thread. */
export type TaskName = 'features' | 'fold' | 'judgement';

/**
 * Runs {@link executeTask} with a name and an input somewhere: here, or in a worker thread. Inputs and outputs cross by structured
 * clone; what is large in them lies on SharedArrayBuffers, so it is not copied. The results do not depend on where or in which order
 * tasks run.
 */
export type RunTask = (name: TaskName, input: unknown) => Promise<unknown>;

/** What a training or an evaluation is doing. */
export type EnsembleStage = 'features' | 'training' | 'intervals';

/** What a training or an evaluation is handed from outside. */
export interface EnsembleRun {
  readonly runTask: RunTask;
  /** `fraction` is the share of the whole run that is done, 0 to 1, never falling. */
  readonly progress: (stage: EnsembleStage, fraction: number, message?: string) => void;
  readonly signal?: AbortSignal;
  /** A clock in milliseconds, for the seconds of each stage in the report. */
  readonly now: () => number;
}

/** @throws DayTradeError `run.cancelled` when the run was asked to stop */
export function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DayTradeError('run.cancelled', 'the run was cancelled before it was done');
}
