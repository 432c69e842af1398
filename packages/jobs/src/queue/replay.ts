import { DayTradeError } from '@daytrade/errors';
import { hasEnded, type Run, type RunLedger } from '../run.ts';
import type { JobQueue } from './ledger-queue.ts';
import { runNotFound } from './queue-errors.ts';

/**
 * Repeats a run that ended without success. A run is repeated once; a second call returns its replay, or the unfinished
 * run of the same work.
 *
 * @throws DayTradeError `run.not-found`, `run.not-dead`; as {@link JobQueue.enqueue}
 */
export async function replayRun(
  { queue, ledger }: { readonly queue: Pick<JobQueue, 'enqueue'>; readonly ledger: Pick<RunLedger, 'find'> },
  id: string,
  requestId?: string,
): Promise<Run> {
  const dead = await ledger.find(id);
  if (dead === undefined) throw runNotFound(id);
  if (!hasEnded(dead) || dead.status === 'succeeded') {
    const message = `run ${id} is ${dead.status}; only one that ended without success can be replayed`;
    throw new DayTradeError('run.not-dead', message);
  }
  const { job, key, payload, scheduledFor } = dead;
  const when = scheduledFor === null ? {} : { scheduledFor };
  return await queue.enqueue({ job, key, payload, trigger: 'replay', replayOf: id, ...when, requestId });
}
