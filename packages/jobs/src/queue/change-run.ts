import { DayTradeError } from '@daytrade/errors';
import type { Run, RunChange, RunLedger, RunState } from '../run.ts';

/**
 * Thrown where an attempt has nothing more to say: the run was cancelled, ended or taken up again by another meanwhile.
 */
export class RunTakenOver extends DayTradeError {
  constructor(id: string) {
    super('run.failed', `run ${id} has gone on without this attempt`, { details: { id } });
  }
}

/** Writes a change of a run down. @throws RunTakenOver when the run is no longer as `run` says */
export async function changeRun(ledger: Pick<RunLedger, 'update'>, run: RunState, change: RunChange): Promise<Run> {
  const changed = await ledger.update(run, change);
  if (changed === undefined) throw new RunTakenOver(run.id);
  return changed;
}
