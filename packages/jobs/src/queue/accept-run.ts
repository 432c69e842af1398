import { hash } from 'node:crypto';
import { parsePayload } from '@daytrade/contracts';
import { isoInstant } from '../clock.ts';
import type { JobOutline } from '../job-catalogue.ts';
import type { EnqueueRequest } from '../queue.ts';
import type { Run } from '../run.ts';
import type { LedgerQueueOptions } from './ledger-queue.ts';
import { mostUnfinished, queueFull } from './queue-errors.ts';

/**
 * Validates a request and writes its run to the ledger.
 *
 * @returns the run that stands for the work; `created` is false for one that existed
 * @throws DayTradeError `input.invalid`, `input.too-large`, `queue.full`
 */
export async function acceptRun(
  { ledger, clock, random }: Pick<LedgerQueueOptions, 'ledger' | 'clock' | 'random'>,
  { payload, maxAttempts }: JobOutline,
  request: EnqueueRequest,
): Promise<{ readonly run: Run; readonly created: boolean }> {
  const queuedAt = isoInstant(clock.now());
  const run: Run = {
    id: newRunId(queuedAt, random),
    job: request.job,
    key: request.key,
    trigger: request.trigger,
    requestId: request.requestId ?? null,
    status: request.waits === true ? 'waiting' : 'queued',
    attempt: 0,
    maxAttempts,
    payload: parsePayload(payload, request.payload),
    progress: null,
    result: null,
    error: null,
    scheduledFor: request.scheduledFor ?? null,
    queuedAt,
    startedAt: null,
    finishedAt: null,
    replayOf: request.replayOf ?? null,
    missed: request.missed ?? null,
    dependencies: null,
  };
  const accepted = await ledger.create(run, mostUnfinished);
  if (accepted === undefined) throw queueFull(request.job);
  return accepted;
}

/**
 * Returns the run key of requested work: equal requests share a run while it is unfinished. The key begins with the
 * job's name, as keys of the scheduler do, so the history of the job includes the run.
 */
export function requestKey(job: string, payload: object): string {
  return `${job}/request-${hash('sha256', JSON.stringify(payload)).slice(0, 12)}`;
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Returns an id that sorts by time and can be read aloud: r20261124-091500-4k2m9x7q. */
function newRunId(queuedAt: string, random: () => number): string {
  const [date, time] = queuedAt.slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  const suffix = Array.from({ length: 8 }, () => letters[Math.floor(random() * letters.length)]);
  return `r${date}-${time}-${suffix.join('')}`;
}
