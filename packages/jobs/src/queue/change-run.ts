import { DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import type { Run, RunChange, RunLedger, RunState } from '../run.ts';

interface Parts {
  readonly ledger: Pick<RunLedger, 'update'>;
  readonly clock: Clock;
}

/** Thrown by an attempt whose run was cancelled, ended or taken over meanwhile. */
export class RunTakenOver extends DayTradeError {
  constructor(id: string) {
    super('run.failed', `run ${id} has gone on without this attempt`);
  }
}

/** Writes a change of a run to the ledger. @throws RunTakenOver if the run is not in the state of `run` any more */
export async function changeRun(ledger: Pick<RunLedger, 'update'>, run: RunState, change: RunChange): Promise<Run> {
  const changed = await ledger.update(run, change);
  if (changed === undefined) throw new RunTakenOver(run.id);
  return changed;
}

export type RunEnd = Partial<Pick<Run, 'status' | 'result' | 'error' | 'progress'>>;

/** Writes the end of a run to the ledger. @throws RunTakenOver */
export async function endRun({ ledger, clock }: Parts, run: Run, end: RunEnd): Promise<Run> {
  return await changeRun(ledger, run, { ...end, finishedAt: isoInstant(clock.now()) });
}

/**
 * Queues an orphaned run again. A run that was running has lost an attempt; without another one it ends as failed.
 *
 * @returns the run, queued or ended
 * @throws RunTakenOver
 */
export async function takeUp(parts: Parts, run: Run): Promise<Run> {
  if (run.status === 'queued') return run;
  if (run.attempt < run.maxAttempts) {
    return await changeRun(parts.ledger, run, { status: 'queued', progress: null, startedAt: null });
  }
  const attempts = `attempt ${run.attempt} of ${run.maxAttempts}`;
  // A process that is killed for its memory cannot report it.
  const cause = 'when it was killed for its memory (OOMKilled in Kubernetes), raise the memory of the worker';
  const message = `the process ended while it ran ${run.job} (${attempts}); ${cause}`;
  const error = new DayTradeError('run.failed', message);
  return await endRun(parts, run, { status: 'failed', error: serialiseError(error) });
}
