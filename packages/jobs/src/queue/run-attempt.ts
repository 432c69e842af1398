import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import type { Clock, TimerHandle } from '../clock.ts';
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
  /** How long the handler may take to obey an abort; default {@link defaultAbortGraceMs}. */
  readonly abortGraceMs?: number | undefined;
}

/** How one attempt ended. After an abort the reason of the abort counts, not what the handler threw because of it. */
export type AttemptOutcome =
  | { readonly succeeded: true; readonly result: JsonObject }
  | {
      readonly succeeded: false;
      readonly error: DayTradeError;
      readonly aborted: boolean;
      readonly leftBehind: boolean;
    };

/** How long a handler may take to obey an abort. */
export const defaultAbortGraceMs = 5_000;

/**
 * Runs the handler once, and aborts its signal when the time of the job is over. Never throws. A handler that has not
 * stopped some seconds after an abort is left behind: the attempt ends without it, and what it does later is not heard
 * of.
 */
export async function runAttempt(options: RunAttemptOptions): Promise<AttemptOutcome> {
  const { definition, run, clock, controller, progress, abortGraceMs = defaultAbortGraceMs } = options;
  const { signal } = controller;
  const timer = clock.setTimeout(() => controller.abort(timedOut(definition)), definition.timeoutSeconds * 1000);
  const patience = patienceAfterAbort(signal, clock, abortGraceMs);
  try {
    signal.throwIfAborted();
    const work = definition.handler({ run, payload: run.payload, signal, progress });
    return { succeeded: true, result: await Promise.race([work, patience.over]) };
  } catch (error) {
    const { aborted } = signal;
    const leftBehind = error === doesNotStop;
    const cause = asDayTradeError(aborted ? signal.reason : error);
    return { succeeded: false, error: leftBehind ? withoutObedience(cause, abortGraceMs) : cause, aborted, leftBehind };
  } finally {
    clock.clearTimeout(timer);
    patience.end();
  }
}

const doesNotStop = Symbol('a handler that does not stop');

/** Rejects when a handler has had its time to obey. */
function patienceAfterAbort(
  signal: AbortSignal,
  clock: Clock,
  abortGraceMs: number,
): { readonly over: Promise<never>; end(): void } {
  const { promise: over, reject } = Promise.withResolvers<never>();
  let timer: TimerHandle | undefined;
  const begin = () => {
    timer = clock.setTimeout(() => reject(doesNotStop), abortGraceMs);
  };
  signal.addEventListener('abort', begin, { once: true });
  const end = () => {
    signal.removeEventListener('abort', begin);
    clock.clearTimeout(timer);
  };
  return { over, end };
}

function withoutObedience({ code, message, details }: DayTradeError, abortGraceMs: number): DayTradeError {
  const words = `${message}; what it was doing did not stop within ${abortGraceMs / 1000} s and was left behind`;
  return new DayTradeError(code, words, { details: { ...details, leftBehind: true } });
}

function timedOut(definition: JobDefinition): DayTradeError {
  const seconds = definition.timeoutSeconds;
  return new DayTradeError('run.timed-out', `job ${definition.name} was stopped after ${seconds} s, its timeout`, {
    details: { job: definition.name, timeoutSeconds: seconds },
  });
}
