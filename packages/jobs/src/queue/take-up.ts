import { DayTradeError, serialiseError } from '@daytrade/errors';
import type { Run } from '../run.ts';
import { changeRun } from './change-run.ts';
import { type ExecuteRunOptions, endRun } from './execute-run.ts';

/**
 * Makes a run that a dead process left ready to be worked on. One that was running has used up an attempt; when none is
 * left, it ends as failed and says why.
 *
 * @returns the run, queued or ended
 * @throws RunTakenOver when it was cancelled or taken up by another meanwhile
 */
export async function takeUp(options: Pick<ExecuteRunOptions, 'ledger' | 'clock'>, run: Run): Promise<Run> {
  if (run.status === 'queued') return run;
  if (run.attempt < run.maxAttempts) {
    return await changeRun(options.ledger, run, { status: 'queued', progress: null, startedAt: null });
  }
  const attempts = `attempt ${run.attempt} of ${run.maxAttempts}`;
  const message = `the process ended while it ran ${run.job} (${attempts}); ${commonCause}`;
  const error = new DayTradeError('run.failed', message, { details: { attempt: run.attempt } });
  return await endRun(options, run, { status: 'failed', error: serialiseError(error) });
}

/** A process that is killed for its memory cannot say so itself. */
const commonCause = 'when it was killed for its memory (OOMKilled in Kubernetes), raise the memory of the worker';
