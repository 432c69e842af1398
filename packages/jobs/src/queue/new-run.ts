import { createHash } from 'node:crypto';
import { type Clock, isoInstant } from '../clock.ts';
import type { EnqueueRequest } from '../queue.ts';
import { type Run, unfinishedStatuses } from '../run.ts';

export interface NewRunOptions {
  readonly request: EnqueueRequest;
  readonly maxAttempts: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** A run that was never started: queued, or waiting for what it depends on. */
export function newRun({ request, maxAttempts, clock, random }: NewRunOptions): Run {
  const queuedAt = isoInstant(clock.now());
  return {
    id: newRunId(queuedAt, random),
    job: request.job,
    key: boundedKey(request.key),
    trigger: request.trigger,
    requestId: request.requestId ?? null,
    status: request.waits === true ? 'waiting' : 'queued',
    attempt: 0,
    maxAttempts,
    payload: request.payload,
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
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id that sorts by time and can be read aloud: r20261124-091500-4k2m9x7q. */
function newRunId(queuedAt: string, random: () => number): string {
  const [year, month, day] = [queuedAt.slice(0, 4), queuedAt.slice(5, 7), queuedAt.slice(8, 10)];
  const [hour, minute, second] = [queuedAt.slice(11, 13), queuedAt.slice(14, 16), queuedAt.slice(17, 19)];
  let suffix = '';
  while (suffix.length < 8) suffix += letters[Math.floor(random() * letters.length)];
  return `r${year}${month}${day}-${hour}${minute}${second}-${suffix}`;
}

/** More characters than this no ledger has to index. */
const longestKey = 200;

/** The key itself, or where it is long its beginning and its SHA-256: equal for equal keys only. */
function boundedKey(key: string): string {
  if (key.length <= longestKey) return key;
  const hash = createHash('sha256').update(key).digest('hex');
  return `${key.slice(0, longestKey - hash.length - 1)}-${hash}`;
}

/** True when nothing more will happen to the run. */
export function hasEnded(run: Run): boolean {
  return !unfinishedStatuses.includes(run.status);
}
