import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import type { Clock } from '../clock.ts';
import type { JobDefinition } from '../queue.ts';
import type { JsonObject, Run } from '../run.ts';
import type { TaskProgress } from '../workers/worker-task.ts';

export interface RunAttemptOptions {
  readonly definition: JobDefinition;
  readonly run: Run;
  readonly clock: Clock;
  /** Aborted by the timeout here, by a cancellation or by the end of the process; its reason says which. */
  readonly controller: AbortController;
  readonly progress: (progress: TaskProgress) => void;
}

/** How one attempt ended. After an abort the reason of the abort counts, not what the handler threw because of it. */
export type AttemptOutcome =
  | { readonly succeeded: true; readonly result: JsonObject }
  | { readonly succeeded: false; readonly error: DayTradeError; readonly aborted: boolean };

/** Runs the handler once, and aborts its signal when the time of the job is over. Never throws. */
export async function runAttempt(options: RunAttemptOptions): Promise<AttemptOutcome> {
  const { definition, run, clock, controller, progress } = options;
  const { signal } = controller;
  const timer = clock.setTimeout(() => controller.abort(timedOut(definition)), definition.timeoutSeconds * 1000);
  try {
    signal.throwIfAborted();
    return { succeeded: true, result: await definition.handler({ run, payload: run.payload, signal, progress }) };
  } catch (error) {
    return {
      succeeded: false,
      error: asDayTradeError(signal.aborted ? signal.reason : error),
      aborted: signal.aborted,
    };
  } finally {
    clock.clearTimeout(timer);
  }
}

function timedOut(definition: JobDefinition): DayTradeError {
  const seconds = definition.timeoutSeconds;
  return new DayTradeError('run.timed-out', `job ${definition.name} was stopped after ${seconds} s, its timeout`, {
    details: { job: definition.name, timeoutSeconds: seconds },
  });
}
