import { parsePayload } from '@daytrade/contracts';
import type { Clock } from '../clock.ts';
import type { JobOutline } from '../job-catalogue.ts';
import type { EnqueueRequest } from '../queue.ts';
import type { Run, RunLedger } from '../run.ts';
import { newRun } from './new-run.ts';
import { mostUnfinished, queueFull } from './queue-errors.ts';

export interface AcceptRunOptions {
  readonly ledger: Pick<RunLedger, 'create'>;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Writes a run down that somebody asks for; what every queue does before it promises anything.
 *
 * @returns the run that stands for the work, and whether it is a new one
 * @throws DayTradeError `input.invalid`, `input.too-large`, `queue.full`
 */
export async function acceptRun(
  { ledger, clock, random }: AcceptRunOptions,
  { payload, maxAttempts }: JobOutline,
  request: EnqueueRequest,
): Promise<{ readonly run: Run; readonly created: boolean }> {
  const checked = { ...request, payload: parsePayload(payload, request.payload) };
  const accepted = await ledger.create(newRun({ request: checked, maxAttempts, clock, random }), mostUnfinished);
  if (accepted === undefined) throw queueFull(request.job);
  return accepted;
}
