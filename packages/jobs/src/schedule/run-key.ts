import { createHash } from 'node:crypto';
import { japanDate, japanTime } from '@daytrade/market';
import type { Schedule } from './schedule.ts';

/** The beginning of the key of every run of a scheduled job. */
export function keyPrefix(job: string): string {
  return `${job}/`;
}

/**
 * The identity of one due time of a job: (job, session) for one that is due once a day, (job, time slot) for the
 * others. Two schedulers that see the same due time make the same key, so the ledger lets one of them in.
 */
export function slotKey(job: string, schedule: Schedule, dueAt: number): string {
  const day = japanDate(dueAt);
  const isOncePerDay = schedule.type === 'daily' || schedule.type === 'weekly';
  return keyPrefix(job) + (isOncePerDay ? day : `${day}T${japanTime(dueAt)}`);
}

/** The identity of a run that somebody asks for: asking twice for the same work while it runs gives the same run. */
export function manualKey(job: string, payload: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(Object.entries(payload).sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${keyPrefix(job)}manual-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}
