import { type DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import type { JobDefinition } from '../queue.ts';
import type { Run, RunLedger } from '../run.ts';
import { changeRun, RunTakenOver } from './change-run.ts';
import { ProgressTracker } from './progress-tracker.ts';
import { backoffMs, mayRetry } from './retry.ts';
import { type AttemptOutcome, runAttempt } from './run-attempt.ts';

export interface ExecuteRunOptions {
  readonly definition: JobDefinition;
  /** The run as the ledger has it, `queued`. */
  readonly queued: Run;
  readonly ledger: Pick<RunLedger, 'update'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Its abort stops the attempt; the reason says why. */
  readonly controller: AbortController;
  /** Told when the ledger knows that an attempt has begun. */
  readonly onStarted?: ((run: Run) => void) | undefined;
  /** How long a handler may take to obey an abort; default 5 s. */
  readonly abortGraceMs?: number | undefined;
  /** Called with progress that could not be written down. */
  readonly onError: (error: unknown, run: Run) => void;
}

/** What is to be done with a run after an attempt. The ledger has it already. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly run: Run }
  /** Failed, and is to be tried again after this many milliseconds. */
  | { readonly kind: 'retry'; readonly run: Run; readonly afterMs: number }
  /** The process stops: the attempt does not count. */
  | { readonly kind: 'given-back'; readonly run: Run };

type End = Partial<Pick<Run, 'status' | 'result' | 'error' | 'progress'>>;

/**
 * One attempt of a run from its start to its record in the ledger; what every queue does, whatever brought the run
 * here.
 *
 * @throws RunTakenOver when the run was cancelled, ended or taken up by another meanwhile; what the ledger threw, when
 * the start or the end of the attempt could not be written to it
 */
export async function executeRun(options: ExecuteRunOptions): Promise<RunOutcome> {
  const { definition, queued, ledger, clock, controller, abortGraceMs } = options;
  const startedAt = queued.startedAt ?? isoInstant(clock.now());
  const attempt = queued.attempt + 1;
  const run = await changeRun(ledger, queued, { status: 'running', attempt, startedAt, progress: null });
  options.onStarted?.(run);
  const tracker = new ProgressTracker({ clock, write: (progress) => writeProgress(options, run, progress) });
  const progress = tracker.report.bind(tracker);
  const outcome = await runAttempt({ definition, run, clock, controller, progress, abortGraceMs });
  await tracker.close();
  return await settle(options, { ...run, progress: tracker.latest }, outcome);
}

/** Writes the end of a run down. @throws RunTakenOver */
export async function endRun(
  { ledger, clock }: Pick<ExecuteRunOptions, 'ledger' | 'clock'>,
  run: Run,
  change: End,
): Promise<Run> {
  return await changeRun(ledger, run, { ...change, finishedAt: isoInstant(clock.now()) });
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

async function settle(options: ExecuteRunOptions, run: Run, outcome: AttemptOutcome): Promise<RunOutcome> {
  const { ledger, definition, random } = options;
  const { progress } = run;
  const end = async (change: End): Promise<RunOutcome> => ({ kind: 'ended', run: await endRun(options, run, change) });
  if (outcome.succeeded) {
    const done = { stage: progress?.stage ?? 'done', fraction: 1, remainingSeconds: 0, message: null };
    return await end({ status: 'succeeded', result: outcome.result, error: null, progress: done });
  }
  const error = serialiseError(outcome.error);
  if (outcome.error instanceof RunTakenOver) throw outcome.error;
  if (outcome.aborted) {
    const status = statusOfAbort(outcome.error);
    if (status !== undefined) return await end({ status, error, progress });
    return await giveBack(options, run, outcome.leftBehind ? outcome.error : undefined);
  }
  if (!mayRetry(outcome.error) || run.attempt >= run.maxAttempts)
    return await end({ status: 'failed', error, progress });
  const afterMs = backoffMs(definition.backoffSeconds, run.attempt, random);
  return { kind: 'retry', run: await changeRun(ledger, run, { status: 'queued', error, progress }), afterMs };
}

/**
 * The process stops: the attempt does not count, unless its handler had to be left behind, as it would be again and
 * again.
 */
async function giveBack(
  { ledger, clock }: ExecuteRunOptions,
  run: Run,
  stuck: DayTradeError | undefined,
): Promise<RunOutcome> {
  if (stuck !== undefined && run.attempt >= run.maxAttempts) {
    return {
      kind: 'ended',
      run: await endRun({ ledger, clock }, run, { status: 'failed', error: serialiseError(stuck) }),
    };
  }
  const attempt = stuck === undefined ? run.attempt - 1 : run.attempt;
  return { kind: 'given-back', run: await changeRun(ledger, run, { status: 'queued', attempt, progress: null }) };
}

/** Undefined when the process stops: then the attempt did not fail. */
function statusOfAbort({ code }: DayTradeError): 'cancelled' | 'timed-out' | undefined {
  if (code === 'run.cancelled') return 'cancelled';
  return code === 'run.timed-out' ? 'timed-out' : undefined;
}
