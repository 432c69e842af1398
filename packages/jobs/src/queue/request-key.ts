import { createHash } from 'node:crypto';

/**
 * Run key of work that somebody asked for: the same request while one is under way is the same work. Begins with the
 * job's name, as the keys of the scheduler do, so that the job's history has the run.
 */
export function requestKey(job: string, payload: object): string {
  return `${job}/request-${createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 12)}`;
}
