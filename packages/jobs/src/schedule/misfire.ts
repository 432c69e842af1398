import type { MisfirePolicy } from './schedule.ts';

/** With `all`, older due times than this many are left out: a year of downtime must not flood the queue. */
const mostRuns = 100;

export interface DueDecision {
  /** Due times to run, oldest first, and whether they are late enough to count as misfires. */
  readonly run: readonly { readonly dueAt: number; readonly misfire: boolean }[];
  /** The newest due time that is left out for being late; undefined when none is. */
  readonly skipped: number | undefined;
  /** How many due times were late. */
  readonly missed: number;
}

/**
 * What to do with due times, of which those older than the grace are misfires. Due times that are late without being
 * misfires are run once, for the newest of them, except under the policy `all`.
 *
 * @param due oldest first, none after `now`
 */
export function decideDue(policy: MisfirePolicy, graceMs: number, due: readonly number[], now: number): DueDecision {
  const isLate = (dueAt: number) => now - dueAt > graceMs;
  const late = due.filter(isLate);
  const missed = late.length;
  if (policy === 'all') {
    const run = due.slice(-mostRuns).map((dueAt) => ({ dueAt, misfire: isLate(dueAt) }));
    return { run, skipped: undefined, missed };
  }
  const newest = due.at(-1);
  if (newest === undefined) return { run: [], skipped: undefined, missed };
  if (!isLate(newest)) {
    return { run: [{ dueAt: newest, misfire: false }], skipped: policy === 'skip' ? late.at(-1) : undefined, missed };
  }
  return policy === 'once'
    ? { run: [{ dueAt: newest, misfire: true }], skipped: undefined, missed }
    : { run: [], skipped: newest, missed };
}
