import { asDayTradeError, DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant, type TimerHandle } from '../clock.ts';
import type { JobDefinition } from '../queue.ts';
import type { JsonObject, Run, RunLedger, RunProgress } from '../run.ts';
import type { TaskProgress } from '../workers/worker-task.ts';
import { changeRun, endRun, type RunEnd, RunTakenOver } from './change-run.ts';
import type { LedgerQueueOptions } from './ledger-queue.ts';

export interface ExecuteRunOptions extends Pick<LedgerQueueOptions, 'clock' | 'random' | 'onStarted'> {
  readonly definition: JobDefinition;
  /** The run as the ledger has it, `queued`. */
  readonly queued: Run;
  readonly ledger: Pick<RunLedger, 'update'>;
  /** Its abort stops the attempt; the reason is the error of the run. */
  readonly controller: AbortController;
  /** Time for a handler to obey an abort; default {@link defaultAbortGraceMs}. */
  readonly abortGraceMs?: number | undefined;
  /** Called with progress that could not be written. */
  readonly onError: (error: unknown, run: Run) => void;
}

/** The state of a run after an attempt, as the ledger has it. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly run: Run }
  | { readonly kind: 'retry'; readonly run: Run; readonly afterMs: number }
  /** The process stops, so the attempt does not count. */
  | { readonly kind: 'given-back'; readonly run: Run };

export const defaultAbortGraceMs = 5_000;

/**
 * Executes one attempt of a run, from its start to its result in the ledger.
 *
 * @throws RunTakenOver; the error of the ledger if it did not take the start or the end of the attempt
 */
export async function executeRun(options: ExecuteRunOptions): Promise<RunOutcome> {
  const { queued, ledger, clock } = options;
  const startedAt = queued.startedAt ?? isoInstant(clock.now());
  const attempt = queued.attempt + 1;
  const run = await changeRun(ledger, queued, { status: 'running', attempt, startedAt, progress: null });
  options.onStarted?.(run);
  const tracker = new ProgressTracker({ clock, write: (progress) => writeProgress(options, run, progress) });
  const outcome = await runHandler(options, run, tracker);
  await tracker.close();
  return await recordOutcome(options, { ...run, progress: tracker.latest }, outcome);
}

/**
 * Returns true if another attempt may succeed: after a transient error and after a bug. An error that a person has to
 * correct is final.
 */
function mayRetry(error: DayTradeError): boolean {
  return error.retryable || error.kind === 'bug';
}

const longestBackoffMs = 3_600_000;

/**
 * Returns the milliseconds before the attempt after `attempt`: `backoffSeconds` doubled with each attempt, at most an
 * hour. The upper half is random, which spreads simultaneous failures.
 */
export function backoffMs(backoffSeconds: number, attempt: number, random: () => number): number {
  const full = Math.min(longestBackoffMs, backoffSeconds * 1000 * 2 ** (attempt - 1));
  return full * (0.5 + random() / 2);
}

async function writeProgress(
  { ledger, controller, onError }: ExecuteRunOptions,
  run: Run,
  progress: NonNullable<Run['progress']>,
): Promise<void> {
  try {
    if ((await ledger.update(run, { progress })) === undefined) controller.abort(new RunTakenOver(run.id));
  } catch (error) {
    onError(error, run);
  }
}

/** The result of a handler. After an abort the error is the reason of the abort. */
type HandlerOutcome =
  | { readonly succeeded: true; readonly result: JsonObject }
  | {
      readonly succeeded: false;
      readonly error: DayTradeError;
      readonly aborted: boolean;
      /** True for a handler that ignored the abort. */
      readonly abandoned: boolean;
    };

/** Calls the handler and aborts its signal after the timeout. A handler that ignores an abort is abandoned. */
async function runHandler(options: ExecuteRunOptions, run: Run, tracker: ProgressTracker): Promise<HandlerOutcome> {
  const { definition, clock, controller, abortGraceMs = defaultAbortGraceMs } = options;
  const { signal } = controller;
  const timeout = clock.setTimeout(() => controller.abort(timedOut(definition)), definition.timeoutSeconds * 1000);
  const { promise: ignored, reject } = Promise.withResolvers<never>();
  let grace: TimerHandle | undefined;
  const startGrace = () => {
    grace = clock.setTimeout(() => reject(abortIgnored), abortGraceMs);
  };
  signal.addEventListener('abort', startGrace, { once: true });
  try {
    signal.throwIfAborted();
    const progress = tracker.report.bind(tracker);
    const work = definition.handler({ run, payload: run.payload, signal, progress });
    return { succeeded: true, result: await Promise.race([work, ignored]) };
  } catch (error) {
    const { aborted } = signal;
    const abandoned = error === abortIgnored;
    const cause = asDayTradeError(aborted ? signal.reason : error);
    return { succeeded: false, error: abandoned ? withAbandonment(cause, abortGraceMs) : cause, aborted, abandoned };
  } finally {
    clock.clearTimeout(timeout);
    clock.clearTimeout(grace);
    signal.removeEventListener('abort', startGrace);
  }
}

const abortIgnored = Symbol('abort ignored');

function withAbandonment({ code, message, details }: DayTradeError, abortGraceMs: number): DayTradeError {
  const full = `${message}; what it was doing did not stop within ${abortGraceMs / 1000} s and was left behind`;
  return new DayTradeError(code, full, { details: { ...details, leftBehind: true } });
}

function timedOut(definition: JobDefinition): DayTradeError {
  const seconds = definition.timeoutSeconds;
  return new DayTradeError('run.timed-out', `job ${definition.name} was stopped after ${seconds} s, its timeout`);
}

async function recordOutcome(options: ExecuteRunOptions, run: Run, outcome: HandlerOutcome): Promise<RunOutcome> {
  const { ledger, definition, random } = options;
  const { progress, attempt } = run;
  const ended = async (end: RunEnd): Promise<RunOutcome> => ({ kind: 'ended', run: await endRun(options, run, end) });
  if (outcome.succeeded) {
    const done = { stage: progress?.stage ?? 'done', fraction: 1, remainingSeconds: 0, message: null };
    return await ended({ status: 'succeeded', result: outcome.result, error: null, progress: done });
  }
  if (outcome.error instanceof RunTakenOver) throw outcome.error;
  const error = serialiseError(outcome.error);
  const isLast = attempt >= run.maxAttempts;
  if (!outcome.aborted) {
    if (isLast || !mayRetry(outcome.error)) return await ended({ status: 'failed', error, progress });
    const afterMs = backoffMs(definition.backoffSeconds, attempt, random);
    return { kind: 'retry', run: await changeRun(ledger, run, { status: 'queued', error, progress }), afterMs };
  }
  if (outcome.error.code === 'run.cancelled') return await ended({ status: 'cancelled', error, progress });
  if (outcome.error.code === 'run.timed-out') return await ended({ status: 'timed-out', error, progress });
  // The process stops. An abandoned attempt counts, since the next one may be abandoned as well.
  if (outcome.abandoned && isLast) return await ended({ status: 'failed', error, progress });
  const counted = outcome.abandoned ? attempt : attempt - 1;
  const change = { status: 'queued', attempt: counted, progress: null } as const;
  return { kind: 'given-back', run: await changeRun(ledger, run, change) };
}

const writeEveryMs = 1000;
/** A pace before this fraction is too inaccurate for an estimate. */
const leastFractionForEstimate = 0.01;

export interface ProgressTrackerOptions {
  readonly clock: Clock;
  /** Writes a state; called at most about once a second, one call at a time. */
  readonly write: (progress: RunProgress) => Promise<void>;
}

/** The progress of one attempt. The fraction never falls; an unreported remaining time is estimated from the pace. */
export class ProgressTracker {
  readonly #clock: Clock;
  readonly #write: (progress: RunProgress) => Promise<void>;
  readonly #startedAt: number;
  #latest: RunProgress | null = null;
  #timer: TimerHandle | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ProgressTrackerOptions) {
    this.#clock = options.clock;
    this.#write = options.write;
    this.#startedAt = options.clock.now();
  }

  /** The newest state, written or not. */
  get latest(): RunProgress | null {
    return this.#latest;
  }

  report(progress: TaskProgress): void {
    if (this.#closed) return;
    const reported = Number.isFinite(progress.fraction) ? Math.min(1, Math.max(0, progress.fraction)) : 0;
    const fraction = Math.max(reported, this.#latest?.fraction ?? 0);
    this.#latest = {
      stage: progress.stage,
      fraction,
      remainingSeconds: progress.remainingSeconds ?? this.#remainingSeconds(fraction),
      message: progress.message ?? null,
    };
    this.#timer ??= this.#clock.setTimeout(() => this.#flush(), writeEveryMs);
  }

  /** Ignores further reports and waits for the last write. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#clock.clearTimeout(this.#timer);
    await this.#writing;
  }

  #remainingSeconds(fraction: number): number | null {
    if (fraction < leastFractionForEstimate) return null;
    const elapsed = (this.#clock.now() - this.#startedAt) / 1000;
    return Math.max(0, (elapsed * (1 - fraction)) / fraction);
  }

  #flush(): void {
    this.#timer = undefined;
    const progress = this.#latest;
    if (progress !== null) this.#writing = this.#writing.then(() => this.#write(progress));
  }
}
